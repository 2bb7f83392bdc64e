package dev.descent.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.descent.core.data.Cell;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV that a spreadsheet can open safely: RFC 4180, and a text that it would run as a formula gets a single
 * quote in front.
 *
 * <p>Source: OWASP, <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV Injection</a>.
 */
public final class CsvOutput implements Closeable {

    /** How formulas begin, also in full-width characters; a tab or line break in front of them is skipped. */
    private static final String DANGEROUS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private final CsvWriter csv;

    /** @param target is closed with this */
    public CsvOutput(Writer target) {
        this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(target);
    }

    /** @param cells texts, numbers and other values; null for an empty cell */
    public void write(List<? extends @Nullable Object> cells) {
        csv.writeRecord(cells.stream().map(CsvOutput::field).toList());
    }

    private static String field(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        return cell instanceof CharSequence text ? inert(text.toString()) : cell.toString();
    }

    /** A text that is a number, such as the label -1, harms nobody and stays one. */
    private static String inert(String text) {
        boolean isDangerous = !text.isEmpty() && DANGEROUS.indexOf(text.charAt(0)) >= 0;
        return isDangerous && !isNumber(text) ? "'" + text : text;
    }

    private static boolean isNumber(String text) {
        return text.equals(text.strip()) && !Double.isNaN(Cell.number(text));
    }

    public void flush() throws IOException {
        csv.flush();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
