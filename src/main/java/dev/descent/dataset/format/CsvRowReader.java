package dev.descent.dataset.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import dev.descent.problem.ProblemException;
import java.util.Arrays;

/** Builds rows from the parser's callbacks. */
final class CsvRowReader extends AbstractBaseCsvCallbackHandler<Row> {

    private final RowLimits limits;
    private char[] characters = new char[1 << 10];
    private int[] ends = new int[1 << 4];
    private int filled;
    private int cells;

    CsvRowReader(RowLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        filled = 0;
        cells = 0;
    }

    @Override
    protected void handleField(int number, char[] buffer, int offset, int length, boolean quoted) {
        // One more than allowed, so that the error for a header names their number.
        if (cells > limits.columns()) {
            throw refused("has more than %d fields".formatted(limits.columns()), "max-columns");
        }
        if (length > limits.cellLength()) {
            throw refused(
                    "has a field of %d characters; accepted: up to %d".formatted(length, limits.cellLength()),
                    "max-cell-length");
        }
        if (length > limits.rowLength() - filled) {
            throw refused("has more than %d characters".formatted(limits.rowLength()), "max-row-length");
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

    private ProblemException refused(String why, String setting) {
        return ProblemException.invalid(
                RowSource.POINTER,
                "The row that starts in line %d %s (descent.upload.%s sets this limit)"
                        .formatted(getStartingLineNumber(), why, setting));
    }

    @Override
    protected Row buildRecord() {
        return new Row(getStartingLineNumber(), Arrays.copyOf(characters, filled), Arrays.copyOf(ends, cells));
    }
}
