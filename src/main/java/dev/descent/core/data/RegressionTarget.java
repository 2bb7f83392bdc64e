package dev.descent.core.data;

import dev.descent.core.Name;
import dev.descent.core.data.encode.KnownNumbers;
import dev.descent.core.data.encode.Scaling;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, standardized internally, or as the specification asks.
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
    public static RegressionTarget fit(List<Column> columns, int[] rows, PreprocessingSpec spec) {
        return new RegressionTarget(
                columns.stream().map(Column::name).toList(),
                columns.stream()
                        .map(column -> Scale.fit((Column.Numbers) column, rows, spec.targetTransform()))
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
     * How one number is transformed: unless {@code transform} says otherwise, the output o stands for mean + deviation ·
     * o in the target's own unit.
     *
     * @param mean of the training part
     * @param deviation standard deviation of the training part (divided by n); 1 for a constant target
     * @param transform null for mean and deviation
     */
    public record Scale(
            @Name("mean") double mean,
            @Name("deviation") double deviation,
            @Name("transform") @Nullable Scaling transform) {

        /** Standardizes. */
        public Scale(double mean, double deviation) {
            this(mean, deviation, null);
        }

        /** Fits to the training part of a target column. */
        static Scale fit(Column.Numbers column, int[] rows, PreprocessingSpec.Target target) {
            KnownNumbers numbers = NumberEncoder.known(column, rows);
            KnownNumbers.Moments moments = numbers.moments(numbers.median());
            return new Scale(
                    moments.mean(),
                    moments.deviation(),
                    switch (target) {
                        case STANDARDIZE -> null;
                        case LOG -> Scaling.Log1p.fit(numbers, numbers.median());
                        case QUANTILE -> Scaling.Quantile.fit(numbers, true, false);
                        case NONE -> new Scaling.None();
                    });
        }

        /** How a number is transformed. */
        public Scaling transformed() {
            return transform == null ? new Scaling.Standardize(mean, deviation) : transform;
        }

        /** The targets of all rows of a column; NaN where the cell is missing. */
        public double[] encode(Column.Numbers column) {
            return IntStream.range(0, column.rows())
                    .mapToDouble(row -> column.isMissing(row) ? Double.NaN : encode(column.value(row)))
                    .toArray();
        }

        private double encode(double value) {
            return transform == null ? (value - mean) / deviation : transform.apply(value);
        }

        /** Converts an output to the target's own unit. */
        public double decode(double output) {
            return transform == null ? mean + deviation * output : transform.invert(output);
        }

        /** Converts an output to deviations from the mean in the target's own unit, in which scores add up. */
        public double standardized(double output) {
            return transform == null ? output : (transform.invert(output) - mean) / deviation;
        }
    }
}
