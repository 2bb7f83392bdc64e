package dev.descent.dataset.statistics;

import dev.descent.core.data.CellReader;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.cell.TextTable;
import dev.descent.dataset.format.Row;
import dev.descent.dataset.format.RowHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Some columns of some rows of a file, drawn without replacement with a fixed seed: the same of the same file each time
 * (selection sampling, Knuth, TAOCP 2, algorithm 3.4.2 S).
 */
public final class Sample implements RowHandler {

    /** The rows that are drawn at most. */
    public static final int MOST_ROWS = 100_000;

    private static final int MOST_CELLS = 4_000_000;
    private static final long SEED = 0;

    private final long total;
    private final int rows;
    private final TextTable missingValues;
    private final List<Builder> builders;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private long seen;
    private int drawn;

    /** A column to read. */
    public record Field(int index, String name, ColumnType type, CellReader reader) {}

    /**
     * The cells of a column.
     *
     * @param areLevels whether they are numbers of levels
     * @param cells NaN where there is no value
     */
    record Values(boolean areLevels, double[] cells) {

        boolean isEmpty() {
            return Arrays.stream(cells).allMatch(Double::isNaN);
        }
    }

    private record Builder(Field field, TextTable levels, double[] cells) {

        void set(int row, Row cells, boolean isMissing) {
            char[] characters = cells.characters();
            int from = cells.from(field.index());
            int to = cells.to(field.index());
            if (isMissing) {
                this.cells[row] = Double.NaN;
            } else if (field.type().isNumber()) {
                this.cells[row] = field.reader().value(field.type(), characters, from, to);
            } else {
                int level = levels.find(characters, from, to);
                this.cells[row] =
                        level == TextTable.UNKNOWN ? levels.add(new String(characters, from, to - from)) : level;
            }
        }
    }

    /** @param total the number of rows of the file */
    public Sample(List<Field> fields, long total, TextTable missingValues) {
        this.total = total;
        this.rows = rows(fields.size(), total);
        this.missingValues = missingValues;
        this.builders = new ArrayList<>();
        fields.forEach(field -> builders.add(new Builder(field, new TextTable(), new double[rows])));
    }

    private static int rows(int columns, long total) {
        return (int) Math.min(Math.min(total, MOST_ROWS), Math.max(1, MOST_CELLS / Math.max(1, columns)));
    }

    /** What the cells of a sample of so many columns take, with what is computed from them; levels come on top. */
    public static long heapBytes(int columns, long total) {
        int rows = rows(columns, total);
        return (long) columns * Double.BYTES * rows + 200L * rows;
    }

    @Override
    public void header(List<String> columns) {
        // The profile already has them.
    }

    @Override
    public boolean row(Row cells) {
        long left = total - seen;
        seen++;
        if (random.nextDouble() * left >= rows - drawn) {
            return true;
        }
        for (Builder builder : builders) {
            int index = builder.field().index();
            boolean isMissing =
                    missingValues.find(cells.characters(), cells.from(index), cells.to(index)) != TextTable.UNKNOWN;
            builder.set(drawn, cells, isMissing);
        }
        drawn++;
        return drawn < rows;
    }

    int rows() {
        return drawn;
    }

    /** In the order of the fields. */
    Map<String, Values> columns() {
        Map<String, Values> columns = new LinkedHashMap<>();
        builders.forEach(builder -> columns.put(
                builder.field().name(), new Values(!builder.field().type().isNumber(), builder.cells())));
        return columns;
    }
}
