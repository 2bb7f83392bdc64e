package dev.descent.dataset.format;

import dev.descent.problem.ProblemException;
import java.util.Arrays;

/** Builds rows from cells, within limits. */
final class RowBuilder {

    private final RowLimits limits;
    private char[] characters = new char[1 << 10];
    private int[] bounds = new int[1 << 4];
    private int filled;
    private int cells;
    private long line;

    RowBuilder(RowLimits limits) {
        this.limits = limits;
    }

    /** @param number the line the row starts on, from 1 */
    void begin(long number) {
        line = number;
        filled = 0;
        cells = 0;
    }

    void add(char[] buffer, int offset, int length) {
        // One more than allowed, so that the error for a header names their number.
        if (cells > limits.columns()) {
            throw refused("has more than %d fields".formatted(limits.columns()), "max-columns");
        }
        if (length > limits.cellLength()) {
            throw refused(
                    "has a field of %d characters in column %d; accepted: up to %d"
                            .formatted(length, cells + 1, limits.cellLength()),
                    "max-cell-length");
        }
        if (length > limits.rowLength() - filled) {
            throw refused("has more than %d characters".formatted(limits.rowLength()), "max-row-length");
        }
        if (cells + 1 == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        if (length > characters.length - filled) {
            characters = Arrays.copyOf(characters, Math.max(2 * characters.length, filled + length));
        }
        System.arraycopy(buffer, offset, characters, filled, length);
        filled += length;
        bounds[++cells] = filled;
    }

    private ProblemException refused(String why, String setting) {
        return ProblemException.invalid(
                RowSource.POINTER,
                "The row that starts in line %d %s (descent.upload.%s sets this limit)".formatted(line, why, setting));
    }

    /** Where the cell that comes next stands. */
    String place() {
        return "line %d, column %d".formatted(line, cells + 1);
    }

    int cells() {
        return cells;
    }

    Row build() {
        return new Row(line, Arrays.copyOf(characters, filled), Arrays.copyOf(bounds, cells + 1), 0, cells);
    }
}
