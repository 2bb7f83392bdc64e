package dev.descent.dataset.format;

/**
 * What a file may have; the settings {@code descent.upload.max-…} say so for uploads.
 *
 * @param columns the maximum number of columns
 * @param nameLength the maximum number of characters in a column name
 * @param cellLength the same for a cell
 * @param rowLength the same for a row
 * @param rows the maximum number of rows, of a file that tells how many it has
 * @param cells the same for cells
 * @param content how long its cells may be together, where the file itself does not tell
 */
public record RowLimits(
        int columns, int nameLength, int cellLength, int rowLength, long rows, long cells, ContentLimits content) {

    /** Of what is as long as its file. */
    public RowLimits(int columns, int nameLength, int cellLength, int rowLength) {
        this(columns, nameLength, cellLength, rowLength, Long.MAX_VALUE, Long.MAX_VALUE, ContentLimits.NONE);
    }

    /** Of every version and any settings, so that whatever was stored once can be read. */
    static final RowLimits STORED = new RowLimits(10_000, Integer.MAX_VALUE, 1 << 20, 1 << 24);

    /** Of stored files, for one that comes with a request. */
    public static RowLimits of(ContentLimits content) {
        return new RowLimits(
                STORED.columns,
                STORED.nameLength,
                STORED.cellLength,
                STORED.rowLength,
                STORED.rows,
                STORED.cells,
                content);
    }
}
