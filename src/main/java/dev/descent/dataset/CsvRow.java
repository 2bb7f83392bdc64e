package dev.descent.dataset;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A row of a file. Its cells stand side by side and are read in place: a String for each would take longer than all
 * else that is done with a large file.
 */
final class CsvRow {

    private final long line;
    private final char[] characters;
    private final int[] ends;

    /**
     * @param line that it starts in, from 1
     * @param characters of all cells
     * @param ends of each cell in them
     */
    CsvRow(long line, char[] characters, int[] ends) {
        this.line = line;
        this.characters = characters;
        this.ends = ends;
    }

    long line() {
        return line;
    }

    /** The number of cells. */
    int size() {
        return ends.length;
    }

    /** Where the characters of cells stand. */
    char[] characters() {
        return characters;
    }

    /** Where those of a cell begin. */
    int from(int cell) {
        return cell == 0 ? 0 : ends[cell - 1];
    }

    /** Where those of a cell have ended. */
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
