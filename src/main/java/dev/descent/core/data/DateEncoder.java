package dev.descent.core.data;

import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.data.encode.DatePart;
import dev.descent.core.data.encode.Encoding;
import dev.descent.core.data.encode.Fitted;
import dev.descent.core.data.encode.KnownNumbers;
import dev.descent.core.data.encode.NumberImputation;
import dev.descent.core.data.encode.Scaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parts of a date, and the days since other dates.
 *
 * @param imputation replaces an empty cell
 * @param indicator whether a last input is 1 for an imputed cell
 * @param min, max of the training part, in days since 1970-01-01 (UTC)
 * @param year how the year is scaled
 */
@Name("date_encoder")
public record DateEncoder(
        @Name("name") String name,
        @Name("column_type") ColumnType columnType,
        @Name("imputation") NumberImputation imputation,
        @Name("indicator") boolean indicator,
        @Name("min") double min,
        @Name("max") double max,
        @Name("parts") List<DatePart> parts,
        @Name("year") Scaling year,
        @Name("differences") List<Difference> differences)
        implements ColumnEncoder {

    /**
     * The days since another date; 0 once scaled where either is missing.
     *
     * @param since the other column
     */
    public record Difference(
            @Name("since") String since, @Name("scaling") Scaling scaling) {}

    public DateEncoder {
        parts = List.copyOf(parts);
        differences = List.copyOf(differences);
    }

    static DateEncoder fit(
            Column.Numbers column, TrainingPart part, PreprocessingSpec spec, Encoding.DatetimePartsSpec encoding) {
        NumberEncoder days = NumberEncoder.fit(column, part.rows(), spec);
        KnownNumbers years = numbers(Arrays.stream(part.rows())
                .filter(row -> !column.isMissing(row))
                .mapToDouble(row -> DatePart.YEAR.of(column.value(row)))
                .toArray());
        return new DateEncoder(
                column.name(),
                column.type(),
                days.imputed(),
                days.indicator(),
                days.min(),
                days.max(),
                encoding.parts(),
                Scaling.Standardize.fit(years, 0),
                encoding.differences().stream()
                        .map(since ->
                                new Difference(since, Scaling.Standardize.fit(differences(column, since, part), 0)))
                        .toList());
    }

    private static KnownNumbers differences(Column.Numbers column, String since, TrainingPart part) {
        Column.Numbers other = (Column.Numbers) part.table().column(since).orElseThrow();
        return numbers(Arrays.stream(part.rows())
                .mapToDouble(row -> column.value(row) - other.value(row))
                .filter(days -> !Double.isNaN(days))
                .toArray());
    }

    private static KnownNumbers numbers(double[] known) {
        Arrays.sort(known);
        return new KnownNumbers(known, 0);
    }

    /** The number of inputs of an encoding. */
    public static int width(Encoding.DatetimePartsSpec encoding, boolean indicator) {
        return encoding.parts().stream().mapToInt(DatePart::width).sum()
                + encoding.differences().size()
                + (indicator ? 1 : 0);
    }

    @Override
    public int width() {
        List<String> others = differences.stream().map(Difference::since).toList();
        return width(new Encoding.DatetimePartsSpec(parts, others), indicator);
    }

    @Override
    public List<String> inputNames() {
        List<String> names = new ArrayList<>();
        parts.forEach(part -> part.inputNames().forEach(input -> names.add(name + " " + input)));
        differences.forEach(difference -> names.add("%s days since %s".formatted(name, difference.since())));
        if (indicator) {
            names.add(name + " is missing");
        }
        return names;
    }

    @Override
    public Fitted.Substitute substitute() {
        return new Fitted.Substitute(imputation.by(), Cell.dateOf(imputation.value()));
    }

    @Override
    public Record fitted() {
        return new Parts("datetime_parts", parts, year, differences);
    }

    /** As it is told to users. */
    record Parts(
            @Name("type") String type,
            @Name("parts") List<DatePart> parts,
            @Name("year") Scaling year,
            @Name("differences") List<Difference> differences) {}

    @Override
    public List<CellStep> steps(Table table, int row) {
        double value = numbersOf(table, name).value(row);
        boolean missing = Double.isNaN(value);
        double day = missing ? imputation.value() : value;
        List<CellStep> steps = new ArrayList<>();
        steps.add(missing ? new CellStep("missing", null) : new CellStep("read", Cell.dateOf(value)));
        if (missing) {
            steps.add(new CellStep(Names.of(imputation.by()), Cell.dateOf(day)));
        }
        parts.forEach(part -> steps.add(new CellStep(Names.of(part), part.of(day))));
        differences.forEach(difference -> steps.add(new CellStep(
                "days_since " + difference.since(),
                value - numbersOf(table, difference.since()).value(row))));
        return steps;
    }

    private static Column.Numbers numbersOf(Table table, String column) {
        return (Column.Numbers) table.column(column).orElseThrow();
    }

    @Override
    public CellEncoder bind(Table table) {
        Column.Numbers column = numbersOf(table, name);
        List<Column.Numbers> others = differences.stream()
                .map(difference -> numbersOf(table, difference.since()))
                .toList();
        return (row, inputs, from) -> {
            double value = column.value(row);
            boolean missing = Double.isNaN(value);
            int at = from;
            for (DatePart part : parts) {
                part.encode(missing ? imputation.value() : value, year, inputs, at);
                at += part.width();
            }
            for (int i = 0; i < others.size(); i++) {
                double days = value - others.get(i).value(row);
                inputs[at++] =
                        Double.isNaN(days) ? 0 : differences.get(i).scaling().apply(days);
            }
            if (indicator) {
                inputs[at] = missing ? 1 : 0;
            }
            if (missing) {
                return Finding.IMPUTED;
            }
            return value < min || value > max ? Finding.OUT_OF_RANGE : Finding.NOTHING;
        };
    }
}
