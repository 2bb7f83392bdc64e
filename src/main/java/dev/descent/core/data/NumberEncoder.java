package dev.descent.core.data;

import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.data.encode.Fitted;
import dev.descent.core.data.encode.Impute;
import dev.descent.core.data.encode.KnownNumbers;
import dev.descent.core.data.encode.NumberImputation;
import dev.descent.core.data.encode.Scaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    static KnownNumbers known(Column.Numbers column, int[] rows) {
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
    public List<String> inputNames() {
        return indicator ? List.of(name, name + " is missing") : List.of(name);
    }

    @Override
    public Fitted.Substitute substitute() {
        return new Fitted.Substitute(imputed().by(), readable(imputed().value()));
    }

    @Override
    public Record fitted() {
        return (Record) scaled();
    }

    /** A number, or the ISO form of a date. */
    private Object readable(double value) {
        return columnType == ColumnType.DATETIME ? Cell.dateOf(value) : (Object) value;
    }

    @Override
    public List<CellStep> steps(Table table, int row) {
        double value = ((Column.Numbers) table.column(name).orElseThrow()).value(row);
        boolean missing = Double.isNaN(value);
        double known = missing ? imputed().value() : value;
        List<CellStep> steps = new ArrayList<>();
        steps.add(missing ? new CellStep("missing", null) : new CellStep("read", readable(value)));
        if (missing) {
            steps.add(new CellStep(Names.of(imputed().by()), readable(known)));
        }
        if (columnType == ColumnType.DATETIME) {
            steps.add(new CellStep("days_since_1970", known));
        }
        steps.add(new CellStep(Names.of(scaled().getClass()), scaled().apply(known)));
        return steps;
    }

    @Override
    public int width() {
        return indicator ? 2 : 1;
    }

    @Override
    public CellEncoder bind(Table table) {
        return bind(table.column(name).orElseThrow());
    }

    CellEncoder bind(Column column) {
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
