package dev.descent.dataset.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import java.util.Arrays;

/** Builds rows from the parser's callbacks. */
final class CsvRowReader extends AbstractBaseCsvCallbackHandler<Row> {

    private static final int MAX_CHARACTERS = 1 << 24;

    private final int maxColumns;
    private char[] characters = new char[1 << 10];
    private int[] ends = new int[1 << 4];
    private int filled;
    private int cells;

    CsvRowReader(int maxColumns) {
        this.maxColumns = maxColumns;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        filled = 0;
        cells = 0;
    }

    @Override
    protected void handleField(int number, char[] buffer, int offset, int length, boolean quoted) {
        if (cells == maxColumns || length > MAX_CHARACTERS - filled) {
            throw new CsvParseException("The row that starts in line %d has more than %d fields or %d characters"
                    .formatted(getStartingLineNumber(), maxColumns, MAX_CHARACTERS));
        }
        if (cells == ends.length) {
            ends = Arrays.copyOf(ends, 2 * cells);
        }
        if (length > characters.length - filled) {
            characters = Arrays.copyOf(characters, Math.max(2 * characters.length, filled + length));
        }
        System.arraycopy(buffer, offset, characters, filled, length);
        filled += length;
        ends[cells++] = filled;
    }

    @Override
    protected Row buildRecord() {
        return new Row(getStartingLineNumber(), Arrays.copyOf(characters, filled), Arrays.copyOf(ends, cells));
    }
}
