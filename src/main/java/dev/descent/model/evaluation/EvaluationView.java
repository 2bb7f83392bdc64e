package dev.descent.model.evaluation;

import dev.descent.core.Name;
import dev.descent.core.train.evaluate.PredictedPart;
import dev.descent.core.train.evaluate.metrics.ClassificationReport;
import dev.descent.core.train.evaluate.metrics.Histogram;
import dev.descent.core.train.evaluate.metrics.ReconstructionReport;
import dev.descent.core.train.evaluate.metrics.RegressionReport;
import dev.descent.core.train.evaluate.metrics.ThresholdTable;
import dev.descent.core.train.examples.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;

/** An evaluation as clients see it: of what, then the figures. */
final class EvaluationView {

    /** What counts rows, which are whole as long as each counts equally. */
    private static final Set<String> COUNTS = Set.of(
            "count", "counts", "support", "true_positives", "false_positives", "false_negatives", "true_negatives");

    private EvaluationView() {}

    /** @param rows the number of rows of the part */
    private record Head(
            @Name("object") String object,
            @Name("job") String job,
            @Name("model") ModelReference model,
            @Name("dataset") String dataset,
            @Name("split") Part split,
            @Name("task") Task task,
            @Name("rows") int rows) {}

    private record ModelReference(
            @Name("name") String name, @Name("version") int version) {}

    /**
     * Of several targets.
     *
     * @param rmse the mean over the targets, as the other figures are
     * @param residuals of the only target
     */
    private record Regression(
            @Name("rmse") @Nullable Double rmse,
            @Name("mae") @Nullable Double mae,
            @Name("r2") @Nullable Double r2,
            @Name("mape") @Nullable Double mape,
            @Name("median_absolute_error") @Nullable Double medianAbsoluteError,
            @Name("residuals") @Nullable Histogram residuals,
            @Name("targets") List<RegressionReport> targets,
            @Name("undefined") Map<String, String> undefined) {

        static Regression of(List<RegressionReport> targets) {
            Map<String, String> undefined = new LinkedHashMap<>();
            targets.forEach(target -> target.undefined().forEach(undefined::putIfAbsent));
            if (targets.size() > 1) {
                undefined.put("residuals", "There are several targets; each has its own");
            }
            return new Regression(
                    mean(targets, RegressionReport::rmse),
                    mean(targets, RegressionReport::mae),
                    mean(targets, RegressionReport::r2),
                    mean(targets, RegressionReport::mape),
                    mean(targets, RegressionReport::medianAbsoluteError),
                    targets.size() == 1 ? targets.get(0).residuals() : null,
                    targets,
                    undefined);
        }

        private static @Nullable Double mean(
                List<RegressionReport> targets, Function<RegressionReport, @Nullable Double> figure) {
            double sum = 0;
            for (RegressionReport target : targets) {
                Double value = figure.apply(target);
                if (value == null) {
                    return null;
                }
                sum += value;
            }
            return sum / targets.size();
        }
    }

    static ObjectNode head(EvaluatedPart part, String object, JsonMapper json) {
        return json.valueToTree(new Head(
                object,
                part.jobId(),
                new ModelReference(part.model().name(), part.model().version()),
                part.specification().dataset(),
                part.part(),
                part.specification().task(),
                part.predicted().rows().length));
    }

    static ObjectNode of(EvaluatedPart part, ThresholdTable.Costs costs, JsonMapper json, Runnable cancellationCheck) {
        ObjectNode answer = head(part, "evaluation", json);
        Object report = part.predicted()
                .<Object>match(
                        classes -> ClassificationReport.of(
                                classes.predictions(), classes.labels(), costs, cancellationCheck),
                        EvaluationView::regression,
                        inputs -> ReconstructionReport.of(inputs.errors(), inputs.threshold(), inputs.rows()));
        answer.setAll((ObjectNode) json.<JsonNode>valueToTree(report));
        return (ObjectNode) withWholeCounts(answer, false);
    }

    private static Regression regression(PredictedPart.Values values) {
        return Regression.of(IntStream.range(0, values.targets().size())
                .mapToObj(i -> RegressionReport.of(
                        values.targets().get(i), values.predictions().get(i), values.rows()))
                .toList());
    }

    /** 12 instead of 12.0. */
    private static JsonNode withWholeCounts(JsonNode node, boolean counts) {
        if (node instanceof ObjectNode object) {
            object.propertyNames().stream()
                    .toList()
                    .forEach(name -> object.set(
                            name, withWholeCounts(Objects.requireNonNull(object.get(name)), COUNTS.contains(name))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withWholeCounts(array.get(i), counts));
            }
        } else if (counts && node.isNumber() && node.asDouble() == Math.rint(node.asDouble())) {
            return LongNode.valueOf((long) node.asDouble());
        }
        return node;
    }
}
