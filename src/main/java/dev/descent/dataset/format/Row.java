package dev.descent.dataset.format;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file. Its cells share one buffer and are parsed in place: creating a String for each would take longer
 * than everything else that is done with a large file.
 */
public final class Row {

    private final long line;
    private final char[] characters;
    private final int[] bounds;
    private final int first;
    private final int size;

    /**
     * A row that may be one of several in its buffer.
     *
     * @param line the line it starts on, from 1
     * @param characters the buffer with all cells
     * @param bounds the offset at which each cell starts, and the one before ends
     * @param first the number of the first cell within these
     * @param size the number of cells
     */
    Row(long line, char[] characters, int[] bounds, int first, int size) {
        this.line = line;
        this.characters = characters;
        this.bounds = bounds;
        this.first = first;
        this.size = size;
    }

    public long line() {
        return line;
    }

    /** The same, so many lines further down. */
    Row movedDown(long lines) {
        return new Row(line + lines, characters, bounds, first, size);
    }

    public int size() {
        return size;
    }

    /** What a line without a character is in a file with a single column. */
    static Row emptyCell(long line) {
        return new Row(line, new char[0], new int[2], 0, 1);
    }

    /** Whether the line has no character. */
    boolean isBlankLine() {
        return size == 0;
    }

    /**
     * The same with as many cells as there are columns: with empty ones at its end, or without the empty ones there.
     *
     * @return null if there are more that are not empty
     */
    @Nullable
    Row padded(int columns) {
        int filled = Math.min(size, columns);
        if (to(size - 1) > to(filled - 1)) {
            return null;
        }
        int[] padded = Arrays.copyOfRange(bounds, first, first + columns + 1);
        Arrays.fill(padded, filled + 1, columns + 1, to(filled - 1));
        return new Row(line, characters, padded, 0, columns);
    }

    /** The buffer with the characters of all cells. */
    public char[] characters() {
        return characters;
    }

    /** The start offset of a cell, inclusive. */
    public int from(int cell) {
        return bounds[first + cell];
    }

    /** The end offset of a cell, exclusive. */
    public int to(int cell) {
        return bounds[first + cell + 1];
    }

    public String text(int cell) {
        return new String(characters, from(cell), to(cell) - from(cell));
    }

    /** What it takes in memory. */
    public long bytes() {
        int length = size == 0 ? 0 : to(size - 1) - from(0);
        return (long) Character.BYTES * length + (long) Integer.BYTES * size;
    }

    public List<String> texts() {
        return IntStream.range(0, size()).mapToObj(this::text).toList();
    }
}
