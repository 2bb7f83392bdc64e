package dev.descent.core.data;

import java.util.Arrays;

/**
 * Imputes, then standardizes: (x − mean) / deviation, so that the training part has mean 0 and standard deviation 1.
 *
 * <p>Where the training part misses some cells, a second input says 1 for an imputed cell and 0 for a known one.
 *
 * @param median what an empty cell becomes
 * @param mean, deviation of the training part, after imputing (divided by n); a constant column has deviation 1
 * @param min the least value of the training part
 * @param max the largest value of the training part
 * @param indicator whether the second input exists
 */
public record NumberEncoder(
        String name,
        ColumnType columnType,
        double median,
        double mean,
        double deviation,
        double min,
        double max,
        boolean indicator)
        implements ColumnEncoder {

    static NumberEncoder fit(Column.Numbers column, int[] rows, PreprocessingSpec.Numeric numeric) {
        double[] known = Arrays.stream(rows)
                .mapToDouble(row -> column.values()[row])
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        int missing = rows.length - known.length;
        double median = median(known);
        double min = known.length == 0 ? 0 : known[0];
        double max = known.length == 0 ? 0 : known[known.length - 1];
        double mean = 0;
        double deviation = 1;
        if (numeric == PreprocessingSpec.Numeric.STANDARDIZE) {
            // Sums of quotients: the sum of large values could overflow.
            double count = Math.max(1, rows.length);
            mean = missing / count * median
                    + Arrays.stream(known).map(x -> x / count).sum();
            double center = mean;
            double variance = missing / count * square(median - center)
                    + Arrays.stream(known).map(x -> square(x - center) / count).sum();
            deviation = positiveOrOne(Math.sqrt(variance));
        }
        return new NumberEncoder(column.name(), column.type(), median, mean, deviation, min, max, missing > 0);
    }

    private static double median(double[] sorted) {
        if (sorted.length == 0) {
            return 0;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
    }

    private static double square(double x) {
        return x * x;
    }

    private static double positiveOrOne(double deviation) {
        return deviation > 0 && deviation < Double.POSITIVE_INFINITY ? deviation : 1;
    }

    @Override
    public int width() {
        return indicator ? 2 : 1;
    }

    @Override
    public CellEncoder bind(Column column) {
        double[] values = ((Column.Numbers) column).values();
        return (row, inputs, at) -> {
            double value = values[row];
            boolean missing = Double.isNaN(value);
            inputs[at] = ((missing ? median : value) - mean) / deviation;
            if (indicator) {
                inputs[at + 1] = missing ? 1 : 0;
            }
            if (missing) {
                return Finding.IMPUTED;
            }
            return value < min || value > max ? Finding.OUT_OF_RANGE : Finding.NOTHING;
        };
    }
}
