package dev.descent.model.serving;

import dev.descent.core.data.CategoricalEncoder;
import dev.descent.core.data.CellReader;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.cell.ColumnReading;
import dev.descent.dataset.cell.MissingValues;
import dev.descent.dataset.cell.TextTable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Fills one input column cell by cell, by the rules with which training read it. */
final class InputColumn {

    private final ColumnEncoder input;
    private final Cells cells;
    private final double[] numbers;
    private final int[] codes;
    private final TextTable levels = new TextTable();
    private @Nullable Truths truths;

    /** By which rules training read the cells. */
    record Cells(MissingValues missingValues, ColumnReading reading, CellReader reader) {}

    InputColumn(ColumnEncoder input, Cells cells, int rows) {
        this.input = input;
        this.cells = cells;
        this.numbers = new double[isNumber() ? rows : 0];
        this.codes = new int[isNumber() ? 0 : rows];
    }

    /** Few columns need it. */
    private Truths truths() {
        if (truths == null) {
            truths = new Truths(input instanceof CategoricalEncoder known ? known.levels() : List.of());
        }
        return truths;
    }

    private boolean isNumber() {
        return input.columnType().isNumber();
    }

    String name() {
        return input.name();
    }

    /** The wording of messages. */
    String accepted() {
        return switch (input.columnType()) {
            case NUMERIC -> "a number";
            case DATETIME -> "an ISO 8601 date or date-time";
            case BOOLEAN -> "a string, true or false";
            default -> "a string";
        };
    }

    /**
     * Sets the cell of a row as a file has it.
     *
     * @return whether it is what the column takes
     */
    boolean set(int row, char[] characters, int from, int to) {
        if (cells.missingValues().contain(characters, from, to)) {
            setMissing(row);
            return true;
        }
        if (isNumber()) {
            boolean isNumber = set(row, cells.reader().value(input.columnType(), characters, from, to));
            return isNumber || setMissingIfSo(row, new String(characters, from, to - from));
        }
        int known = levels.find(characters, from, to);
        codes[row] = known == TextTable.UNKNOWN ? add(new String(characters, from, to - from)) : known;
        return true;
    }

    /** The same as JSON has it. A text means what it means in a file, and a number what it means in either. */
    boolean set(int row, JsonNode cell) {
        if (cell.isNull() || (cell.isString() && isMissing(cell.asString()))) {
            setMissing(row);
            return true;
        }
        return switch (input.columnType()) {
            case NUMERIC -> setNumber(row, cell.doubleValue(Double.NaN));
            case DATETIME -> cell.isString() && set(row, cells.reader().day(cell.asString()));
            default -> setLevel(row, textOf(cell));
        };
    }

    private boolean isMissing(String text) {
        return cells.missingValues().contain(text)
                || (isNumber() && cells.reading().isMissing(text));
    }

    private boolean setMissingIfSo(int row, String text) {
        boolean missing = isMissing(text);
        if (missing) {
            setMissing(row);
        }
        return missing;
    }

    private void setMissing(int row) {
        if (isNumber()) {
            numbers[row] = Double.NaN;
        } else {
            codes[row] = TextTable.UNKNOWN;
        }
    }

    private boolean setNumber(int row, double number) {
        if (cells.missingValues().contain(number)) {
            setMissing(row);
            return true;
        }
        return set(row, number);
    }

    private boolean set(int row, double number) {
        numbers[row] = number;
        return Double.isFinite(number);
    }

    /** The level that a cell of JSON stands for; null if it stands for none. */
    private @Nullable String textOf(JsonNode cell) {
        if (cell.isString()) {
            return cell.asString();
        }
        if (cell.isBoolean()) {
            String known = truths().spelled(cell.asBoolean());
            return known == null && input.columnType() == ColumnType.BOOLEAN ? cell.asString() : known;
        }
        return null;
    }

    private boolean setLevel(int row, @Nullable String level) {
        if (level == null) {
            return false;
        }
        codes[row] = add(level);
        return true;
    }

    private int add(String text) {
        return levels.add(text);
    }

    Column column() {
        if (isNumber()) {
            return new Column.Numbers(input.name(), input.columnType(), numbers);
        }
        List<String> texts = input.columnType() == ColumnType.BOOLEAN
                ? levels.texts().stream().map(text -> truths().spelled(text)).toList()
                : levels.texts();
        return new Column.Levels(input.name(), input.columnType(), texts, codes);
    }
}
