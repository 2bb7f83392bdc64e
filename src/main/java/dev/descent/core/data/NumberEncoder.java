package dev.descent.core.data;

import dev.descent.core.Name;
import java.util.Arrays;

/**
 * Imputes, then standardizes: (x − mean) / deviation, so that the training part has mean 0 and standard deviation 1.
 *
 * <p>Inputs are clamped to ±{@value #LARGEST}: in single precision an absurd cell would become infinite, and every
 * output with it.
 *
 * <p>If the training part has missing cells, a second input is 1 for an imputed cell and 0 for a known one.
 *
 * @param median replaces an empty cell
 * @param mean, deviation of the training part, after imputing (divided by n); a constant column has deviation 1
 * @param min the smallest value of the training part
 * @param max the largest value of the training part
 * @param indicator whether the second input exists
 */
@Name("number_encoder")
public record NumberEncoder(
        @Name("name") String name,
        @Name("column_type") ColumnType columnType,
        @Name("median") double median,
        @Name("mean") double mean,
        @Name("deviation") double deviation,
        @Name("min") double min,
        @Name("max") double max,
        @Name("indicator") boolean indicator)
        implements ColumnEncoder {

    /** The largest input. */
    public static final double LARGEST = 1e15;

    static NumberEncoder fit(Column.Numbers column, int[] rows, PreprocessingSpec.Numeric numeric) {
        double[] known = known(column, rows);
        int missing = rows.length - known.length;
        double median = median(known);
        double min = known.length == 0 ? 0 : known[0];
        double max = known.length == 0 ? 0 : known[known.length - 1];
        double mean = 0;
        double deviation = 1;
        boolean standardize = numeric == PreprocessingSpec.Numeric.STANDARDIZE;
        if (standardize && min < max) {
            // In a unit close to the values' own magnitude, so that no sum or square overflows; a power of two, so that
            // scaling does not round.
            double unit = Math.scalb(1.0, Math.getExponent(Math.max(Math.abs(min), Math.abs(max))));
            double middle = median / unit;
            // An imputed cell equals the median, so it adds nothing to the sum of differences from it.
            double center =
                    middle + Arrays.stream(known).map(x -> x / unit - middle).sum() / rows.length;
            double squares = missing * square(middle - center)
                    + Arrays.stream(known).map(x -> square(x / unit - center)).sum();
            mean = center * unit;
            deviation = positiveOrOne(Math.sqrt(squares / rows.length) * unit);
        } else if (standardize) {
            mean = median;
        }
        return new NumberEncoder(column.name(), column.type(), median, mean, deviation, min, max, missing > 0);
    }

    /** In ascending order. A plain array, because a stream would hold three. */
    private static double[] known(Column.Numbers column, int[] rows) {
        double[] known = new double[rows.length];
        int count = 0;
        for (int row : rows) {
            double value = column.value(row);
            if (!Double.isNaN(value)) {
                known[count++] = value;
            }
        }
        double[] all = count == known.length ? known : Arrays.copyOf(known, count);
        Arrays.sort(all);
        return all;
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
        return deviation > 0 ? deviation : 1;
    }

    @Override
    public int width() {
        return indicator ? 2 : 1;
    }

    @Override
    public CellEncoder bind(Column column) {
        PackedNumbers values = ((Column.Numbers) column).values();
        return (row, inputs, at) -> {
            double value = values.get(row);
            boolean missing = Double.isNaN(value);
            double input = ((missing ? median : value) - mean) / deviation;
            inputs[at] = Math.max(-LARGEST, Math.min(LARGEST, input));
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
