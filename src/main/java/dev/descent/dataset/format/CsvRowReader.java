package dev.descent.dataset.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;

/** Builds rows from the parser's callbacks. */
final class CsvRowReader extends AbstractBaseCsvCallbackHandler<Row> {

    private final RowBuilder row;

    CsvRowReader(RowBuilder row) {
        this.row = row;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        row.begin(startingLineNumber);
    }

    @Override
    protected void handleField(int number, char[] buffer, int offset, int length, boolean quoted) {
        row.add(buffer, offset, length);
    }

    @Override
    protected Row buildRecord() {
        return row.build();
    }
}
