package dev.descent.dataset.block;

/**
 * Reads delimited text by RFC 4180, with any of the three line breaks. Whatever is malformed or exceeds a limit is left
 * to a reader that can say what is wrong with it.
 */
public final class CsvBlockParser implements BlockParser<CellBlock> {

    /** Up to this length, a cell is below any limit of the reader of other blocks, too. */
    private static final int MOST_IN_CELL = 1 << 19;

    private final char delimiter;
    private final char quote;
    private final BlockDecoder decoder;
    private final int mostColumns;
    private final int mostInCell;
    private final int mostInRow;

    /**
     * Within limits.
     *
     * @param quote a character that no text has if there is none
     * @param mostColumns the maximum number of cells in a row; one more is read, so that a header can be refused
     * @param mostInCell the maximum number of characters in a cell
     * @param mostInRow the same for a row
     */
    public CsvBlockParser(
            char delimiter, char quote, BlockDecoder decoder, int mostColumns, int mostInCell, int mostInRow) {
        this.delimiter = delimiter;
        this.quote = quote;
        this.decoder = decoder;
        this.mostColumns = mostColumns;
        this.mostInCell = Math.min(MOST_IN_CELL, mostInCell);
        this.mostInRow = mostInRow;
    }

    @Override
    public CellBlock create() {
        return new CellBlock();
    }

    @Override
    public boolean parse(byte[] bytes, int length, CellBlock block) {
        block.begin(length);
        char[] text = block.characters();
        int end = decoder.decode(bytes, length, text);
        return end >= 0 && parse(text, end, block);
    }

    /** Cells are moved to the front of the buffer that they are read from. */
    private boolean parse(char[] text, int end, CellBlock block) {
        int at = 0;
        int filled = 0;
        int line = 0;
        while (at < end) {
            block.beginRow(line);
            int startOfRow = filled;
            boolean goesOn = text[at] != '\n' && text[at] != '\r';
            while (goesOn) {
                int start = filled;
                if (at < end && text[at] == quote) {
                    at++;
                    boolean isOpen = true;
                    boolean afterReturn = false;
                    while (isOpen) {
                        if (at == end) {
                            return false;
                        }
                        char next = text[at++];
                        if (next == quote) {
                            isOpen = at < end && text[at] == quote;
                            at += isOpen ? 1 : 0;
                        }
                        if (next == '\r' || (next == '\n' && !afterReturn)) {
                            line++;
                        }
                        afterReturn = next == '\r';
                        if (isOpen) {
                            text[filled++] = next;
                        }
                    }
                    if (at < end && text[at] != delimiter && text[at] != '\n' && text[at] != '\r') {
                        return false;
                    }
                } else {
                    while (at < end) {
                        char next = text[at];
                        if (next == delimiter || next == '\n' || next == '\r') {
                            break;
                        }
                        text[filled++] = next;
                        at++;
                    }
                }
                if (filled - start > mostInCell || block.cellsInRow() > mostColumns) {
                    return false;
                }
                block.endCell(filled);
                goesOn = at < end && text[at] == delimiter;
                at += goesOn ? 1 : 0;
            }
            if (filled - startOfRow > mostInRow) {
                return false;
            }
            if (at < end) {
                boolean isReturn = text[at++] == '\r';
                at += isReturn && at < end && text[at] == '\n' ? 1 : 0;
                line++;
            }
        }
        block.end(line);
        return true;
    }
}
