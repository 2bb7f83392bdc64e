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
    private final int[] ends;

    /**
     * @param line the line it starts on, from 1
     * @param characters the buffer with all cells
     * @param ends the end offset of each cell, exclusive
     */
    Row(long line, char[] characters, int[] ends) {
        this.line = line;
        this.characters = characters;
        this.ends = ends;
    }

    public long line() {
        return line;
    }

    public int size() {
        return ends.length;
    }

    /** What a line without a character is in a file with a single column. */
    static Row emptyCell(long line) {
        return new Row(line, new char[0], new int[1]);
    }

    /** Whether the line has no character. */
    boolean isBlankLine() {
        return ends.length == 0;
    }

    /**
     * The same with as many cells as there are columns: with empty ones at its end, or without the empty ones there.
     *
     * @return null if there are more that are not empty
     */
    @Nullable
    Row padded(int columns) {
        int filled = Math.min(ends.length, columns);
        if (filled > 0 && ends[filled - 1] < characters.length) {
            return null;
        }
        int[] padded = Arrays.copyOf(ends, columns);
        Arrays.fill(padded, filled, columns, characters.length);
        return new Row(line, characters, padded);
    }

    /** The buffer with the characters of all cells. */
    public char[] characters() {
        return characters;
    }

    /** The start offset of a cell, inclusive. */
    public int from(int cell) {
        return cell == 0 ? 0 : ends[cell - 1];
    }

    /** The end offset of a cell, exclusive. */
    public int to(int cell) {
        return ends[cell];
    }

    public String text(int cell) {
        return new String(characters, from(cell), to(cell) - from(cell));
    }

    /** What it takes in memory. */
    public long bytes() {
        return (long) Character.BYTES * characters.length + (long) Integer.BYTES * ends.length;
    }

    public List<String> texts() {
        return IntStream.range(0, size()).mapToObj(this::text).toList();
    }
}
