package dev.descent.core.train.evaluate.metrics;

import dev.descent.core.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured of predicted numbers, in the target's own unit. A figure that does not exist for these
 * rows is null, and {@code undefined} says why, by its name.
 *
 * @param rmse root of the mean squared error
 * @param mae mean absolute error
 * @param r2 1 − squared error / squared deviation from the mean
 * @param mape mean absolute error relative to the true number
 * @param residuals the histogram of predicted − true
 * @param predictedAgainstTrue bins with equally many rows, by prediction
 */
public record RegressionReport(
        @Name("target") String target,
        @Name("rmse") @Nullable Double rmse,
        @Name("mae") @Nullable Double mae,
        @Name("r2") @Nullable Double r2,
        @Name("mape") @Nullable Double mape,
        @Name("median_absolute_error") @Nullable Double medianAbsoluteError,
        @Name("residuals") Histogram residuals,
        @Name("predicted_against_true") List<Bin> predictedAgainstTrue,
        @Name("largest_errors") List<RowError> largestErrors,
        @Name("undefined") Map<String, String> undefined) {

    private static final int BINS = 20;

    /**
     * Rows of similar predictions.
     *
     * @param from the least prediction
     * @param to the largest one
     * @param predicted the mean prediction
     * @param actual the mean of the true numbers
     */
    public record Bin(
            @Name("from") double from,
            @Name("to") double to,
            @Name("rows") int rows,
            @Name("predicted") double predicted,
            @Name("actual") double actual) {}

    /**
     * A row with a large error.
     *
     * @param row its number in the dataset, from 0
     * @param error predicted − true
     */
    public record RowError(
            @Name("row") int row,
            @Name("actual") double actual,
            @Name("predicted") double predicted,
            @Name("error") double error) {}

    /**
     * Measures predictions of at least one row.
     *
     * @param rows the number of each row in the dataset
     */
    public static RegressionReport of(String target, ValuePredictions predictions, int[] rows) {
        Undefined undefined = new Undefined();
        String weightless = "The weights of the rows are 0";
        double[] errors = IntStream.range(0, predictions.rows())
                .mapToDouble(predictions::error)
                .toArray();
        return new RegressionReport(
                target,
                undefined.known("rmse", predictions.rmse(), weightless),
                undefined.known("mae", predictions.mae(), weightless),
                undefined.known("r2", predictions.r2(), "The target is the same in all rows"),
                undefined.known("mape", predictions.mape(), "The target is 0 in some row"),
                undefined.known("median_absolute_error", predictions.medianAbsoluteError(), weightless),
                Histogram.of(errors, predictions.weights()),
                bins(predictions),
                LargestErrors.of(predictions.rows(), row -> Math.abs(predictions.error(row))).stream()
                        .map(row -> new RowError(
                                rows[row],
                                predictions.truth()[row],
                                predictions.predicted()[row],
                                predictions.error(row)))
                        .toList(),
                undefined.reasons());
    }

    /** Rows of equal predictions are in one bin. */
    private static List<Bin> bins(ValuePredictions predictions) {
        double[] predicted = predictions.predicted();
        int[] order = IntStream.range(0, predictions.rows())
                .boxed()
                .sorted(Comparator.comparingDouble(row -> predicted[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Bin> bins = new ArrayList<>();
        int from = 0;
        while (from < order.length) {
            int to = Math.max(from + 1, (int) ((long) order.length * (bins.size() + 1) / BINS));
            while (to < order.length && predicted[order[to]] == predicted[order[to - 1]]) {
                to++;
            }
            bins.add(bin(predictions, order, from, Math.min(to, order.length)));
            from = to;
        }
        return bins;
    }

    private static Bin bin(ValuePredictions predictions, int[] order, int from, int to) {
        double weightSum = 0;
        double predicted = 0;
        double actual = 0;
        for (int i = from; i < to; i++) {
            // Rows without weight are shown where they are, and move no mean.
            double weight = predictions.weight(order[i]);
            weightSum += weight;
            predicted += weight * predictions.predicted()[order[i]];
            actual += weight * predictions.truth()[order[i]];
        }
        int middle = order[from + (to - from) / 2];
        return new Bin(
                predictions.predicted()[order[from]],
                predictions.predicted()[order[to - 1]],
                to - from,
                weightSum > 0 ? predicted / weightSum : predictions.predicted()[middle],
                weightSum > 0 ? actual / weightSum : predictions.truth()[middle]);
    }
}
