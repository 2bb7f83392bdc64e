package dev.descent.model.evaluation;

import dev.descent.core.Name;
import dev.descent.core.data.Column;
import dev.descent.core.data.Table;
import dev.descent.core.train.evaluate.PredictedPart;
import dev.descent.core.train.evaluate.metrics.ClassPredictions;
import dev.descent.problem.ProblemException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows behind a cell of a confusion matrix, those first of which the model is surest.
 *
 * @param total the number of such rows
 */
record ConfusedRows(
        @Name("object") String object,
        @Name("data") List<Row> data,
        @Name("total") int total,
        @Name("has_more") boolean hasMore) {

    private static final int MOST_LABELS_NAMED = 20;

    /** The number of inputs that are shown of a row. */
    private static final int MOST_CELLS = 100;

    /**
     * @param row its number in the dataset, from 0
     * @param probability of the predicted class
     * @param probabilityOfActual of the true class
     * @param cells its inputs, the first hundred of them
     */
    record Row(
            @Name("row") int row,
            @Name("actual") String actual,
            @Name("predicted") String predicted,
            @Name("probability") double probability,
            @Name("probability_of_actual") double probabilityOfActual,
            @Name("cells") Map<String, @Nullable Object> cells) {}

    /**
     * Which rows.
     *
     * @param actual the true class; null for any
     * @param predicted the predicted class; null for any
     * @param offset how many to leave out at the start
     * @param limit how many to show at most
     */
    record Wanted(@Nullable String actual, @Nullable String predicted, int offset, int limit) {}

    /** @throws ProblemException 422 for a class that the model does not know, or a model without classes */
    static ConfusedRows of(EvaluatedPart part, Table table, Wanted wanted) {
        PredictedPart.Classes classes =
                part.predicted().match(found -> found, values -> refuse(part), inputs -> refuse(part));
        int actual = index("?actual", wanted.actual, classes.labels());
        int predicted = index("?predicted", wanted.predicted, classes.labels());
        ClassPredictions predictions = classes.predictions();
        List<Integer> found = IntStream.range(0, predictions.rows())
                .filter(i -> actual < 0 || predictions.truth()[i] == actual)
                .filter(i -> predicted < 0 || predictions.predicted(i) == predicted)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -predictions.probability(i, predictions.predicted(i)))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        List<Column> inputs = part.specification().features().stream()
                .limit(MOST_CELLS)
                .map(name -> table.column(name).orElseThrow())
                .toList();
        return new ConfusedRows(
                "list",
                found.stream()
                        .skip(wanted.offset)
                        .limit(wanted.limit)
                        .map(i -> row(classes, inputs, i))
                        .toList(),
                found.size(),
                wanted.offset + (long) wanted.limit < found.size());
    }

    private static Row row(PredictedPart.Classes classes, List<Column> inputs, int i) {
        ClassPredictions predictions = classes.predictions();
        int actual = predictions.truth()[i];
        int predicted = predictions.predicted(i);
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        inputs.forEach(column -> cells.put(column.name(), CellView.of(column, classes.rows()[i])));
        return new Row(
                classes.rows()[i],
                classes.labels().get(actual),
                classes.labels().get(predicted),
                predictions.probability(i, predicted),
                predictions.probability(i, actual),
                cells);
    }

    private static int index(String pointer, @Nullable String label, List<String> labels) {
        if (label == null) {
            return -1;
        }
        int index = labels.indexOf(label);
        if (index < 0) {
            throw ProblemException.invalid(
                    pointer,
                    "%s is \"%.80s\"; accepted: %s%s"
                            .formatted(
                                    pointer.substring(1),
                                    label,
                                    String.join(
                                            ", ",
                                            labels.stream()
                                                    .limit(MOST_LABELS_NAMED)
                                                    .toList()),
                                    labels.size() > MOST_LABELS_NAMED ? " …" : ""));
        }
        return index;
    }

    private static PredictedPart.Classes refuse(EvaluatedPart part) {
        throw ProblemException.conflict("The task of job %s is %s; only a classification has confused rows"
                .formatted(part.jobId(), part.specification().task().label()));
    }
}
