package dev.descent.core.train.evaluate.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The number that half of the weight is at or below; where a number and the next one both are, their mean.
 *
 * <p>Source: Hyndman, Fan, "Sample quantiles in statistical packages" (1996), definition 2.
 */
final class WeightedMedian {

    private WeightedMedian() {}

    static double of(double[] values, double @Nullable [] weights) {
        if (weights == null) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
        int[] order = IntStream.range(0, values.length)
                .filter(row -> weights[row] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> values[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        if (order.length == 0) {
            return Double.NaN;
        }
        double[] upTo = new double[order.length];
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            sum += weights[order[i]];
            upTo[i] = sum;
        }
        double half = sum / 2;
        int at = 0;
        while (at < order.length - 1 && upTo[at] < half) {
            at++;
        }
        boolean exactly = upTo[at] - half <= Math.ulp(1.0);
        int next = Math.min(at + 1, order.length - 1);
        return exactly ? (values[order[at]] + values[order[next]]) / 2 : values[order[at]];
    }
}
