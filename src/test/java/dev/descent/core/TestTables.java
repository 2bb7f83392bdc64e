package dev.descent.core;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.descent.core.data.Cell;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Tables for tests, from a few values or from a CSV file under {@code src/test/resources/data}. */
public final class TestTables {

    private TestTables() {}

    public static Table table(Column... columns) {
        return new Table(List.of(columns), columns[0].rows());
    }

    /** A numeric column; NaN is a missing cell. */
    public static Column.Numbers numbers(String name, double... values) {
        return new Column.Numbers(name, ColumnType.NUMERIC, values);
    }

    /** A categorical column; an empty string is a missing cell. */
    public static Column.Levels levels(String name, String... cells) {
        return levels(name, ColumnType.CATEGORICAL, cells);
    }

    public static Column.Levels levels(String name, ColumnType type, String... cells) {
        List<String> levels =
                Arrays.stream(cells).filter(cell -> !cell.isEmpty()).distinct().toList();
        return new Column.Levels(
                name,
                type,
                levels,
                Arrays.stream(cells).mapToInt(levels::indexOf).toArray());
    }

    /** A column is numeric if all its cells are numbers; these files have no missing cells. */
    public static Table csv(String file) throws IOException {
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(Path.of("src/test/resources/data", file))) {
            List<NamedCsvRecord> records = reader.stream().toList();
            Column[] columns = records.get(0).getHeader().stream()
                    .map(name -> column(
                            name,
                            records.stream()
                                    .map(row -> Objects.requireNonNull(row.getField(name)))
                                    .toArray(String[]::new)))
                    .toArray(Column[]::new);
            return table(columns);
        }
    }

    private static Column column(String name, String[] cells) {
        double[] values = Arrays.stream(cells).mapToDouble(Cell::number).toArray();
        return Arrays.stream(values).anyMatch(Double::isNaN) ? levels(name, cells) : numbers(name, values);
    }
}
