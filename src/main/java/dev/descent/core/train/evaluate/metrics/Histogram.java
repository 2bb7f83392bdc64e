package dev.descent.core.train.evaluate.metrics;

import dev.descent.core.Name;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How many values are in each of some bins of equal width; the last one has its upper edge too. */
public record Histogram(@Name("bins") List<Bin> bins) {

    private static final int BINS = 20;

    /** @param count the weight of the rows in it */
    public record Bin(
            @Name("from") double from,
            @Name("to") double to,
            @Name("count") double count) {}

    static Histogram of(double[] values, double @Nullable [] weights) {
        double min = Arrays.stream(values).min().orElse(0);
        double max = Arrays.stream(values).max().orElse(0);
        if (min == max) {
            double all =
                    weights == null ? values.length : Arrays.stream(weights).sum();
            return new Histogram(List.of(new Bin(min, max, all)));
        }
        double[] edges = new double[BINS + 1];
        Arrays.setAll(edges, i -> i == BINS ? max : min + i * ((max - min) / BINS) + 0.0);
        double[] counts = new double[BINS];
        for (int row = 0; row < values.length; row++) {
            // For a search, −0 would be less than 0.
            int found = Arrays.binarySearch(edges, values[row] + 0.0);
            int bin = Math.min(BINS - 1, found < 0 ? -found - 2 : found);
            counts[bin] += weights == null ? 1 : weights[row];
        }
        return new Histogram(IntStream.range(0, BINS)
                .mapToObj(bin -> new Bin(edges[bin], edges[bin + 1], counts[bin]))
                .toList());
    }
}
