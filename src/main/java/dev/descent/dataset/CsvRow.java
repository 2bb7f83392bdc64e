package dev.descent.dataset;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A row of a file. Its cells share one buffer and are parsed in place: creating a String for each would take longer
 * than everything else that is done with a large file.
 */
final class CsvRow {

    private final long line;
    private final char[] characters;
    private final int[] ends;

    /**
     * @param line the line it starts on, from 1
     * @param characters the buffer with all cells
     * @param ends the end offset of each cell, exclusive
     */
    CsvRow(long line, char[] characters, int[] ends) {
        this.line = line;
        this.characters = characters;
        this.ends = ends;
    }

    long line() {
        return line;
    }

    int size() {
        return ends.length;
    }

    /** The buffer with the characters of all cells. */
    char[] characters() {
        return characters;
    }

    /** The start offset of a cell, inclusive. */
    int from(int cell) {
        return cell == 0 ? 0 : ends[cell - 1];
    }

    /** The end offset of a cell, exclusive. */
    int to(int cell) {
        return ends[cell];
    }

    String text(int cell) {
        return new String(characters, from(cell), to(cell) - from(cell));
    }

    List<String> texts() {
        return IntStream.range(0, size()).mapToObj(this::text).toList();
    }
}
