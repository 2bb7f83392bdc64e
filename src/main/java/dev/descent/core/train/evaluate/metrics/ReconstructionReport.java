package dev.descent.core.train.evaluate.metrics;

import dev.descent.core.Name;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is measured of an autoencoder; an error is the mean squared difference between a row's encoded inputs and their
 * reconstruction.
 *
 * @param quantiles of the errors, linearly interpolated, by share
 * @param threshold the smallest error that makes a row an anomaly, learnt on the training part
 * @param anomalies the share of rows at or above the threshold
 */
public record ReconstructionReport(
        @Name("mean_error") double meanError,
        @Name("quantiles") Map<String, Double> quantiles,
        @Name("errors") Histogram errors,
        @Name("threshold") double threshold,
        @Name("anomalies") double anomalies,
        @Name("largest_errors") List<RowError> largestErrors) {

    private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

    /** @param row its number in the dataset, from 0 */
    public record RowError(
            @Name("row") int row, @Name("error") double error) {}

    /**
     * Measures the errors of at least one row.
     *
     * @param rows the number of each row in the dataset
     */
    public static ReconstructionReport of(double[] errors, double threshold, int[] rows) {
        double[] sorted = errors.clone();
        Arrays.sort(sorted);
        Map<String, Double> quantiles = new TreeMap<>();
        for (double share : SHARES) {
            quantiles.put(Double.toString(share), quantile(sorted, share));
        }
        long anomalies =
                Arrays.stream(errors).filter(error -> error >= threshold).count();
        return new ReconstructionReport(
                Arrays.stream(errors).average().orElseThrow(),
                quantiles,
                Histogram.of(errors, null),
                threshold,
                (double) anomalies / errors.length,
                LargestErrors.of(errors.length, row -> errors[row]).stream()
                        .map(row -> new RowError(rows[row], errors[row]))
                        .toList());
    }

    /** The quantile of sorted values, linearly interpolated (Hyndman and Fan's definition 7). */
    static double quantile(double[] sorted, double share) {
        double index = share * (sorted.length - 1);
        int below = (int) index;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (index - below) * (sorted[above] - sorted[below]);
    }
}
