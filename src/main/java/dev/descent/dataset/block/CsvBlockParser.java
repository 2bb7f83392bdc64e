package dev.descent.dataset.block;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharsetDecoder;
import java.util.function.Supplier;

/**
 * Reads blocks of delimited text. Whatever is malformed or exceeds a limit is left to a reader that can say what is wrong
 * with it.
 *
 * @param csv how the text is delimited
 * @param decoders that refuse what is not encoded as the file is; one byte of a line break must be one character
 * @param mostColumns the maximum number of cells in a row; one more is read, so that a header can be refused
 * @param mostInCell the maximum number of characters in a cell
 * @param mostInRow the same for a row
 */
public record CsvBlockParser(
        CsvReader.CsvReaderBuilder csv,
        Supplier<CharsetDecoder> decoders,
        int mostColumns,
        int mostInCell,
        int mostInRow)
        implements BlockParser<CellBlock> {

    @Override
    public CellBlock create() {
        return new CellBlock();
    }

    @Override
    public boolean parse(byte[] bytes, int length, CellBlock block) {
        block.begin(length);
        InputStreamReader text = new InputStreamReader(new ByteArrayInputStream(bytes, 0, length), decoders.get());
        try {
            csv.build(new Rows(block), text).forEach(row -> {});
        } catch (CsvParseException | UncheckedIOException unreadable) {
            return false;
        }
        block.end(lineBreaks(bytes, length));
        return true;
    }

    private static int lineBreaks(byte[] bytes, int length) {
        int count = 0;
        byte before = 0;
        for (int i = 0; i < length; i++) {
            byte octet = bytes[i];
            count += octet == '\r' || (octet == '\n' && before != '\r') ? 1 : 0;
            before = octet;
        }
        return count;
    }

    /** Adds the cells that the parser finds. */
    private final class Rows extends AbstractBaseCsvCallbackHandler<CellBlock> {

        private final CellBlock block;

        Rows(CellBlock block) {
            this.block = block;
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            block.beginRow((int) startingLineNumber - 1);
        }

        @Override
        protected void handleField(int number, char[] buffer, int offset, int length, boolean quoted) {
            if (length > mostInCell || block.cellsInRow() > mostColumns || block.lengthOfRow() + length > mostInRow) {
                throw new IllegalArgumentException("Beyond a limit");
            }
            block.add(buffer, offset, length);
        }

        @Override
        protected CellBlock buildRecord() {
            block.endRow();
            return block;
        }
    }
}
