package dev.descent.dataset.format;

/**
 * What a file may have; the settings {@code descent.upload.max-…} say so for uploads.
 *
 * @param columns the maximum number of columns
 * @param nameLength the maximum number of characters in a column name
 * @param cellLength the same for a cell
 * @param rowLength the same for a row
 */
public record RowLimits(int columns, int nameLength, int cellLength, int rowLength) {

    /** Of every version and any settings, so that whatever was stored once can be read. */
    static final RowLimits STORED = new RowLimits(10_000, Integer.MAX_VALUE, 1 << 20, 1 << 24);
}
