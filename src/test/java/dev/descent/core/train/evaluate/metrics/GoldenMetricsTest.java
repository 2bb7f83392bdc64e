package dev.descent.core.train.evaluate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The figures agree with scikit-learn's: with ties, weights, rows of one class alone, and classes without rows. */
class GoldenMetricsTest {

    private static final double TOLERANCE = 1e-9;

    private static Stream<JsonNode> cases(String kind) {
        return JsonMapper.shared()
                .readTree(Path.of("src/test/resources/evaluation/metrics.json"))
                .path(kind)
                .valueStream();
    }

    static Stream<JsonNode> classifications() {
        return cases("classification");
    }

    static Stream<JsonNode> regressions() {
        return cases("regression");
    }

    @ParameterizedTest
    @MethodSource("classifications")
    void classesAreMeasuredAsThere(JsonNode golden) {
        ClassPredictions predictions = predictions(golden);
        List<String> labels = IntStream.range(0, predictions.classes())
                .mapToObj(Integer::toString)
                .toList();

        ClassificationReport report =
                ClassificationReport.of(predictions, labels, ThresholdTable.Costs.EQUAL, () -> {});

        JsonNode figures = golden.path("figures");
        figure(golden, "accuracy", report.accuracy(), report.undefined().keySet());
        figure(
                golden,
                "balanced_accuracy",
                report.balancedAccuracy(),
                report.undefined().keySet());
        close(figures.path("f1_macro"), report.f1().macro());
        close(figures.path("f1_micro"), report.f1().micro());
        close(figures.path("f1_weighted"), report.f1().weighted());
        figure(golden, "cohen_kappa", report.kappa(), report.undefined().keySet());
        figure(golden, "matthews", report.matthews(), report.undefined().keySet());
        figure(golden, "log_loss", report.logLoss(), report.undefined().keySet());
        figure(golden, "brier_score", report.brier(), report.undefined().keySet());
        figure(golden, "roc_auc", report.rocAuc(), report.undefined().keySet());
        figure(
                golden,
                "average_precision",
                report.averagePrecision(),
                report.undefined().keySet());
        assertThat(report.topK()).hasSize(golden.path("top_k").size());
        report.topK().forEach(top -> close(golden.path("top_k").path(Integer.toString(top.k())), top.accuracy()));
        for (int actual = 0; actual < labels.size(); actual++) {
            for (int predicted = 0; predicted < labels.size(); predicted++) {
                assertThat(report.confusionMatrix()).isNotNull();
                close(
                        golden.path("confusion_matrix").path(actual).path(predicted),
                        report.confusionMatrix().counts().get(actual).get(predicted));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("classifications")
    void eachClassIsMeasuredAsThere(JsonNode golden) {
        ClassPredictions predictions = predictions(golden);
        List<String> labels = IntStream.range(0, predictions.classes())
                .mapToObj(Integer::toString)
                .toList();

        ClassificationReport report =
                ClassificationReport.of(predictions, labels, ThresholdTable.Costs.EQUAL, () -> {});

        for (int label = 0; label < labels.size(); label++) {
            JsonNode expected = golden.path("per_class").path(label);
            ClassificationReport.ClassFigures found = report.perClass().get(label);
            close(expected.path("precision"), found.precision());
            close(expected.path("recall"), found.recall());
            close(expected.path("f1"), found.f1());
            close(expected.path("support"), found.support());
            close(expected.path("roc_auc"), found.rocAuc());
            close(expected.path("average_precision"), found.averagePrecision());
        }
    }

    @ParameterizedTest
    @MethodSource("classifications")
    void everyPointOfTheCurvesIsThere(JsonNode golden) {
        ClassPredictions predictions = predictions(golden);
        for (int label = 0; label < predictions.classes(); label++) {
            int positive = label;
            double[] scores = predictions.scores(label);
            ScoreCurve curve =
                    ScoreCurve.of(scores, row -> predictions.truth()[row] == positive, predictions.weights());
            JsonNode roc = golden.path("roc").path(label);
            JsonNode precisionRecall = golden.path("precision_recall").path(label);
            if (!roc.isNull()) {
                assertThat(curve.size()).isEqualTo(roc.size());
            }
            for (int point = 0; point < curve.size(); point++) {
                if (!roc.isNull()) {
                    close(roc.path(point).path(0), curve.falsePositiveRate(point));
                    close(roc.path(point).path(1), curve.truePositiveRate(point));
                    close(roc.path(point).path(2), Undefined.orNull(curve.threshold(point)));
                }
                if (!precisionRecall.isNull()) {
                    close(precisionRecall.path(point).path(0), curve.precision(point));
                    close(precisionRecall.path(point).path(1), curve.truePositiveRate(point));
                }
            }
            JsonNode calibration = golden.path("calibration").path(label);
            if (calibration.isArray()) {
                List<Calibration.Point> points = Calibration.of(
                                scores, row -> predictions.truth()[row] == positive, null)
                        .points();
                assertThat(points).hasSize(calibration.size());
                for (int bin = 0; bin < points.size(); bin++) {
                    close(calibration.path(bin).path(0), points.get(bin).observed());
                    close(calibration.path(bin).path(1), points.get(bin).predicted());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("regressions")
    void numbersAreMeasuredAsThere(JsonNode golden) {
        double[] truth = numbers(golden.path("truth"));
        ValuePredictions predictions = new ValuePredictions(truth, numbers(golden.path("predicted")), weights(golden));

        RegressionReport report = RegressionReport.of(
                "y", predictions, IntStream.range(0, truth.length).toArray());

        figure(golden, "rmse", report.rmse(), report.undefined().keySet());
        figure(golden, "mae", report.mae(), report.undefined().keySet());
        figure(golden, "r2", report.r2(), report.undefined().keySet());
        figure(golden, "mape", report.mape(), report.undefined().keySet());
        figure(
                golden,
                "median_absolute_error",
                report.medianAbsoluteError(),
                report.undefined().keySet());
        JsonNode residuals = golden.path("residuals");
        for (int bin = 0; bin < residuals.path("counts").size(); bin++) {
            Histogram.Bin found = report.residuals().bins().get(bin);
            close(residuals.path("counts").path(bin), found.count());
            close(residuals.path("edges").path(bin), found.from());
            close(residuals.path("edges").path(bin + 1), found.to());
        }
    }

    private static void figure(JsonNode golden, String name, @Nullable Double actual, Set<String> undefined) {
        assertThat(golden.path("figures").has(name)).isTrue();
        close(golden.path("figures").path(name), actual);
        assertThat(undefined.contains(name)).as(name).isEqualTo(actual == null);
    }

    private static void close(JsonNode expected, @Nullable Double actual) {
        if (expected.isNull()) {
            assertThat(actual).isNull();
        } else {
            assertThat(expected.isNumber()).isTrue();
            assertThat(actual).isNotNull();
            double value = expected.asDouble();
            assertThat(actual).isCloseTo(value, within(TOLERANCE * Math.max(1, Math.abs(value))));
        }
    }

    private static ClassPredictions predictions(JsonNode golden) {
        return new ClassPredictions(
                golden.path("classes").asInt(),
                golden.path("truth").valueStream().mapToInt(JsonNode::asInt).toArray(),
                numbers(golden.path("probabilities")),
                weights(golden));
    }

    private static double @Nullable [] weights(JsonNode golden) {
        return golden.path("weights").isNull() ? null : numbers(golden.path("weights"));
    }

    private static double[] numbers(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }
}
