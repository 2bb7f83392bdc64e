package dev.descent.dataset.block;

import java.util.Arrays;

/** The cells of a block of rows. Their characters follow each other in one buffer, with nothing between them. */
public final class CellBlock {

    private char[] characters = new char[0];

    /** Where cells begin; a cell ends where the next one begins. */
    private int[] bounds = new int[1 << 12];

    /** The number of the first cell of each row, and of the one behind the last row. */
    private int[] firsts = new int[1 << 8];

    /** The line in which each row starts, from 0. */
    private int[] lines = new int[1 << 8];

    private int rows;
    private int cells;
    private int lineBreaks;

    /** Forgets what it has. */
    void begin(int mostCharacters) {
        if (characters.length < mostCharacters) {
            characters = new char[mostCharacters];
        }
        rows = 0;
        cells = 0;
        lineBreaks = 0;
    }

    /** Begins a row, which counts once it is ended. */
    void beginRow(int line) {
        if (rows + 1 >= firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * firsts.length);
            lines = Arrays.copyOf(lines, 2 * lines.length);
        }
        firsts[rows] = cells;
        lines[rows] = line;
    }

    void endRow() {
        rows++;
        firsts[rows] = cells;
    }

    /** Adds a cell to the row that was begun last. */
    void add(char[] buffer, int offset, int length) {
        int start = bounds[cells];
        System.arraycopy(buffer, offset, characters, start, length);
        cells++;
        if (cells == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * cells);
        }
        bounds[cells] = start + length;
    }

    void end(int brokenLines) {
        lineBreaks = brokenLines;
    }

    /** How many cells the row has that was begun last. */
    int cellsInRow() {
        return cells - firsts[rows];
    }

    /** How many characters these have. */
    int lengthOfRow() {
        return bounds[cells] - bounds[firsts[rows]];
    }

    public int rows() {
        return rows;
    }

    /** How many lines it has. */
    public int lineBreaks() {
        return lineBreaks;
    }

    /** The line in which a row starts, from 0 for the first one of the block. */
    public int line(int row) {
        return lines[row];
    }

    /** The number of a row's first cell in the block. */
    public int firstCell(int row) {
        return firsts[row];
    }

    /** How many cells it has. */
    public int cells(int row) {
        return firsts[row + 1] - firsts[row];
    }

    /** With the characters of all cells. */
    public char[] characters() {
        return characters;
    }

    /** Where each cell begins; it ends where the next one begins. */
    public int[] bounds() {
        return bounds;
    }
}
