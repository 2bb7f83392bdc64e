package dev.descent.core.train.evaluate.metrics;

import dev.descent.core.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether probabilities are frequencies: the rows are put into ten bins of equal width by probability. A probability on
 * an edge belongs to the lower bin.
 *
 * <p>Source: Guo, Pleiss, Sun, Weinberger, "On calibration of modern neural networks" (2017), section 2.
 *
 * @param error Σ w |mean probability − frequency| / Σ w over the bins, w the weight of a bin: the expected calibration
 *     error
 * @param points of the bins that have rows
 */
public record Calibration(
        @Name("error") double error, @Name("points") List<Point> points) {

    private static final int BINS = 10;
    private static final double WIDTH = 1.0 / BINS;

    /**
     * A bin.
     *
     * @param rows in it
     * @param predicted the mean probability
     * @param observed the share of rows for which it came true
     */
    public record Point(
            @Name("from") double from,
            @Name("to") double to,
            @Name("rows") int rows,
            @Name("predicted") double predicted,
            @Name("observed") double observed) {}

    /** @param cameTrue whether what the probability is of is so in a row */
    static Calibration of(double[] probabilities, IntPredicate cameTrue, double @Nullable [] weights) {
        int[] rows = new int[BINS];
        double[] weightSums = new double[BINS];
        double[] predicted = new double[BINS];
        double[] observed = new double[BINS];
        for (int row = 0; row < probabilities.length; row++) {
            double weight = weights == null ? 1 : weights[row];
            int bin = bin(probabilities[row]);
            rows[bin]++;
            weightSums[bin] += weight;
            predicted[bin] += weight * probabilities[row];
            observed[bin] += cameTrue.test(row) ? weight : 0;
        }
        List<Point> points = new ArrayList<>();
        double error = 0;
        double all = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (weightSums[bin] > 0) {
                points.add(new Point(
                        bin * WIDTH,
                        (bin + 1) * WIDTH,
                        rows[bin],
                        predicted[bin] / weightSums[bin],
                        observed[bin] / weightSums[bin]));
                error += Math.abs(predicted[bin] - observed[bin]);
                all += weightSums[bin];
            }
        }
        return new Calibration(error / all, points);
    }

    private static int bin(double probability) {
        int bin = 0;
        while (bin < BINS - 1 && probability > (bin + 1) * WIDTH) {
            bin++;
        }
        return bin;
    }
}
