package dev.descent.core.data;

import dev.descent.core.Name;
import dev.descent.core.data.encode.Impute;
import dev.descent.core.data.encode.KnownNumbers;
import dev.descent.core.data.encode.NumberImputation;
import dev.descent.core.data.encode.Scaling;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Imputes, then scales: by default to (x − mean) / deviation, so that the training part has mean 0 and standard
 * deviation 1.
 *
 * <p>Inputs are clamped to ±{@value #LARGEST}: in single precision an absurd cell would become infinite, and every
 * output with it.
 *
 * <p>By default, if the training part has missing cells, a second input is 1 for an imputed cell and 0 for a known one.
 *
 * @param median replaces an empty cell unless {@code imputation} says otherwise
 * @param mean, deviation of the training part, after imputing (divided by n); a constant column has deviation 1, and one
 *     that is not scaled 0 and 1
 * @param min the smallest value of the training part
 * @param max the largest value of the training part
 * @param indicator whether the second input exists
 * @param imputation null for the median
 * @param scaling null for mean and deviation
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
        @Name("indicator") boolean indicator,
        @Name("imputation") @Nullable NumberImputation imputation,
        @Name("scaling") @Nullable Scaling scaling)
        implements ColumnEncoder {

    /** The largest input. */
    public static final double LARGEST = 1e15;

    /** Imputes the median, and standardizes. */
    static NumberEncoder fit(Column.Numbers column, int[] rows) {
        return fit(column, rows, PreprocessingSpec.DEFAULT);
    }

    static NumberEncoder fit(Column.Numbers column, int[] rows, PreprocessingSpec spec) {
        ColumnPreprocessing settings = spec.of(column.name());
        KnownNumbers numbers = known(column, rows);
        NumberImputation imputation = imputation(settings, column.type(), numbers);
        PreprocessingSpec.Numeric scale = settings.scale() == null ? spec.numeric() : settings.scale();
        Scaling scaling = scale.fit(numbers, imputation.value());
        boolean isMedian = imputation.by() == Impute.MEDIAN;
        boolean isPlain = scaling instanceof Scaling.Standardize || scaling instanceof Scaling.None;
        Scaling.Standardize moments =
                scaling instanceof Scaling.Standardize standard ? standard : new Scaling.Standardize(0, 1);
        return new NumberEncoder(
                column.name(),
                column.type(),
                numbers.median(),
                moments.mean(),
                moments.deviation(),
                numbers.min(),
                numbers.max(),
                settings.indicator() == null ? numbers.missing() > 0 : settings.indicator(),
                isMedian ? null : imputation,
                isPlain ? null : scaling);
    }

    private static NumberImputation imputation(ColumnPreprocessing settings, ColumnType type, KnownNumbers numbers) {
        Impute by = settings.impute() == null ? Impute.MEDIAN : settings.impute();
        double constant = settings.value() == null ? 0 : settings.value().number(type);
        return NumberImputation.fit(by, constant, numbers);
    }

    /** In ascending order. A plain array, because a stream would hold three. */
    private static KnownNumbers known(Column.Numbers column, int[] rows) {
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
        return new KnownNumbers(all, rows.length - count);
    }

    /** How an empty cell was replaced, and by what. */
    public NumberImputation imputed() {
        return imputation == null ? new NumberImputation(Impute.MEDIAN, median) : imputation;
    }

    /** How a number becomes an input. */
    public Scaling scaled() {
        return scaling == null ? new Scaling.Standardize(mean, deviation) : scaling;
    }

    @Override
    public int width() {
        return indicator ? 2 : 1;
    }

    @Override
    public CellEncoder bind(Column column) {
        PackedNumbers values = ((Column.Numbers) column).values();
        Scaling scaled = scaled();
        double replacement = imputed().value();
        return (row, inputs, at) -> {
            double value = values.get(row);
            boolean missing = Double.isNaN(value);
            double input = scaled.apply(missing ? replacement : value);
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
