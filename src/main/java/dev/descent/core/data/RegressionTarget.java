package dev.descent.core.data;

import dev.descent.core.Name;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Numbers, standardized internally.
 *
 * @param names of the target columns, in output order
 * @param scales one per target column
 */
@Name("amounts")
public record RegressionTarget(
        @Name("names") List<String> names, @Name("amounts") List<Scale> scales) implements TargetEncoder {

    public RegressionTarget {
        names = List.copyOf(names);
        scales = List.copyOf(scales);
    }

    /** Fits to the training part of the target columns. */
    public static RegressionTarget fit(List<Column> columns, int[] rows) {
        return new RegressionTarget(
                columns.stream().map(Column::name).toList(),
                columns.stream()
                        .map(column -> Scale.fit((Column.Numbers) column, rows))
                        .toList());
    }

    @Override
    public int outputs() {
        return scales.size();
    }

    @Override
    public int columns() {
        return scales.size();
    }

    @Override
    public <T> T match(
            Function<ClassificationTarget, T> classification,
            Function<RegressionTarget, T> regression,
            Function<ReconstructionTarget, T> reconstruction) {
        return regression.apply(this);
    }

    @Override
    public List<double[]> encode(List<Column> columns) {
        return IntStream.range(0, scales.size())
                .mapToObj(target -> scales.get(target).encode((Column.Numbers) columns.get(target)))
                .toList();
    }

    /**
     * How one number is standardized: the output o stands for mean + deviation · o in the target's own unit.
     *
     * @param mean of the training part
     * @param deviation standard deviation of the training part (divided by n); 1 for a constant target
     */
    public record Scale(
            @Name("mean") double mean, @Name("deviation") double deviation) {

        /** Fits to the training part of a target column. */
        public static Scale fit(Column.Numbers column, int[] rows) {
            NumberEncoder encoder = NumberEncoder.fit(column, rows);
            return new Scale(encoder.mean(), encoder.deviation());
        }

        /** The targets of all rows of a column; NaN where the cell is missing. */
        public double[] encode(Column.Numbers column) {
            return IntStream.range(0, column.rows())
                    .mapToDouble(row -> (column.value(row) - mean) / deviation)
                    .toArray();
        }

        /** Converts an output to the target's own unit. */
        public double decode(double output) {
            return mean + deviation * output;
        }
    }
}
