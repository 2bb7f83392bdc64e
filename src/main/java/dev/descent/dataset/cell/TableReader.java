package dev.descent.dataset.cell;

import dev.descent.core.data.CellReader;
import dev.descent.core.data.CellStorage;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.PackedNumbers;
import dev.descent.core.data.Table;
import dev.descent.dataset.format.Row;
import dev.descent.dataset.format.RowHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds a table of the requested columns from rows of text. */
public final class TableReader implements RowHandler {

    private final TextTable missingValues;
    private final Map<String, ColumnType> wanted;
    private final Set<String> asWritten;
    private final Function<String, CellReader> cells;
    private final int rows;
    private final @Nullable CellStorage storage;
    private final Runnable cancellationCheck;
    private final List<Builder> builders = new ArrayList<>();
    private int row;

    /**
     * @param wanted types by column name
     * @param cells reads the cells of a column, by its name
     * @param cancellationCheck called before each row; may throw to stop
     */
    public TableReader(
            Set<String> missingValues,
            Map<String, ColumnType> wanted,
            Function<String, CellReader> cells,
            int rows,
            Runnable cancellationCheck) {
        this(missingValues, wanted, Set.of(), cells, rows, null, cancellationCheck);
    }

    /**
     * The same.
     *
     * @param asWritten the columns whose numbers become levels, each as it is written but for surrounding white space
     * @param storage of numbers; null for the heap
     */
    public TableReader(
            Set<String> missingValues,
            Map<String, ColumnType> wanted,
            Set<String> asWritten,
            Function<String, CellReader> cells,
            int rows,
            @Nullable CellStorage storage,
            Runnable cancellationCheck) {
        this.missingValues = TextTable.of(missingValues);
        this.wanted = wanted;
        this.asWritten = asWritten;
        this.cells = cells;
        this.rows = rows;
        this.storage = storage;
        this.cancellationCheck = cancellationCheck;
    }

    @Override
    public void header(List<String> columns) {
        for (int i = 0; i < columns.size(); i++) {
            ColumnType type = wanted.get(columns.get(i));
            if (type != null) {
                builders.add(builder(i, columns.get(i), type));
            }
        }
    }

    private Builder builder(int field, String name, ColumnType type) {
        if (!type.isNumber()) {
            return new LevelBuilder(field, name, type, rows);
        }
        CellReader reader = cells.apply(name);
        return asWritten.contains(name)
                ? new SpellingBuilder(new LevelBuilder(field, name, type, rows), reader)
                : new NumberBuilder(field, name, type, reader, new PackedNumbers.Builder(rows, storage));
    }

    @Override
    public boolean row(Row cells) {
        cancellationCheck.run();
        for (Builder builder : builders) {
            int from = cells.from(builder.field());
            int to = cells.to(builder.field());
            if (missingValues.find(cells.characters(), from, to) == TextTable.UNKNOWN) {
                builder.add(row, cells.characters(), from, to);
            } else {
                builder.addMissing(row);
            }
        }
        row++;
        return true;
    }

    public Table table() {
        return new Table(builders.stream().map(Builder::column).toList(), rows);
    }

    private interface Builder {

        int field();

        void addMissing(int row);

        /** The cell's characters are those from {@code from} inclusive to {@code to} exclusive. */
        void add(int row, char[] characters, int from, int to);

        Column column();
    }

    private record NumberBuilder(
            int field, String name, ColumnType type, CellReader cells, PackedNumbers.Builder values)
            implements Builder {

        @Override
        public void addMissing(int row) {
            values.set(row, Double.NaN);
        }

        @Override
        public void add(int row, char[] characters, int from, int to) {
            values.set(row, cells.value(type, characters, from, to));
        }

        @Override
        public Column column() {
            return new Column.Numbers(name, type, values.build());
        }
    }

    private record LevelBuilder(int field, String name, ColumnType type, int[] codes, TextTable levels)
            implements Builder {

        LevelBuilder(int field, String name, ColumnType type, int rows) {
            this(field, name, type, new int[rows], new TextTable());
        }

        @Override
        public void addMissing(int row) {
            codes[row] = -1;
        }

        @Override
        public void add(int row, char[] characters, int from, int to) {
            int known = levels.find(characters, from, to);
            codes[row] = known == TextTable.UNKNOWN ? levels.add(new String(characters, from, to - from)) : known;
        }

        @Override
        public Column column() {
            return new Column.Levels(name, type, levels.texts(), codes);
        }
    }

    /** Numbers as levels. */
    private record SpellingBuilder(LevelBuilder levels, CellReader cells) implements Builder {

        @Override
        public int field() {
            return levels.field();
        }

        @Override
        public void addMissing(int row) {
            levels.addMissing(row);
        }

        @Override
        public void add(int row, char[] characters, int from, int to) {
            double number = cells.number(characters, from, to);
            if (Double.isNaN(number)) {
                levels.addMissing(row);
                return;
            }
            NumberSpelling spelling = NumberSpelling.of(characters, from, to, number);
            levels.add(row, characters, spelling.from(), spelling.to());
        }

        @Override
        public Column column() {
            return levels.column();
        }
    }
}
