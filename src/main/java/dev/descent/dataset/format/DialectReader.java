package dev.descent.dataset.format;

import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of text by the rules of RFC 4180 like the fast parser, and escapes, which that one does not know. A line
 * without a character is a row without a cell.
 */
final class DialectReader {

    private static final int MOST_CHARACTERS = RowLimits.STORED.cellLength();
    private static final int END = -1;

    private final Reader in;
    private final int delimiter;
    private final int quote;
    private final int escape;
    private final int comment;
    private final RowBuilder row;
    private char[] cell = new char[1 << 8];
    private int length;
    private int next;
    private long line = 1;
    private boolean isLenient;

    DialectReader(Reader in, FileLayout layout, RowLimits limits) throws IOException {
        this.in = in;
        this.delimiter = layout.delimiterCharacter();
        this.quote = layout.quoteCharacter();
        this.escape = layout.escapeCharacter();
        this.comment = layout.commentCharacter();
        this.row = new RowBuilder(limits);
        this.next = in.read();
    }

    /** Takes what is malformed as it comes: for a look at a file. */
    DialectReader lenient() {
        isLenient = true;
        return this;
    }

    /** @return null at the end */
    @Nullable
    Row read() throws IOException {
        while (next == comment) {
            while (next != END && next != '\n' && next != '\r') {
                next = in.read();
            }
            endLine();
        }
        if (next == END) {
            return null;
        }
        row.begin(line);
        if (next == '\n' || next == '\r') {
            endLine();
            return row.build();
        }
        while (readCell()) {
            next = in.read();
        }
        endLine();
        return row.build();
    }

    /** @return whether another cell follows in this row */
    private boolean readCell() throws IOException {
        length = 0;
        if (next == quote) {
            readQuoted();
        }
        while (next != END && next != delimiter && next != '\n' && next != '\r') {
            if (next == escape) {
                readEscaped();
            } else {
                append(next);
                next = in.read();
            }
        }
        row.add(cell, 0, length);
        return next == delimiter;
    }

    private void readQuoted() throws IOException {
        String place = row.place();
        next = in.read();
        while (true) {
            if (next == END) {
                if (isLenient) {
                    return;
                }
                throw refused("The quote that is opened in %s is never closed".formatted(place));
            }
            if (next == escape) {
                readEscaped();
            } else if (next == quote) {
                next = in.read();
                if (next != quote) {
                    break;
                }
                append(quote);
                next = in.read();
            } else if (next == '\r' || next == '\n') {
                boolean carriage = next == '\r';
                append(next);
                next = in.read();
                if (carriage && next == '\n') {
                    append(next);
                    next = in.read();
                }
                line++;
            } else {
                append(next);
                next = in.read();
            }
        }
        boolean ended = next == END || next == delimiter || next == '\n' || next == '\r';
        if (!ended && !isLenient) {
            throw refused("After the quote that closes the cell in %s comes \"%c\"".formatted(place, next));
        }
    }

    private void readEscaped() throws IOException {
        next = in.read();
        if (next == END) {
            throw refused("The file ends with the character that escapes another");
        }
        append(next);
        if (next == '\n') {
            line++;
        }
        next = in.read();
    }

    private void endLine() throws IOException {
        if (next == '\r') {
            next = in.read();
            if (next == '\n') {
                next = in.read();
            }
            line++;
        } else if (next == '\n') {
            next = in.read();
            line++;
        }
    }

    private void append(int character) {
        if (length == MOST_CHARACTERS) {
            throw refused("The cell in %s has more than %d characters".formatted(row.place(), MOST_CHARACTERS));
        }
        if (length == cell.length) {
            cell = Arrays.copyOf(cell, 2 * length);
        }
        cell[length++] = (char) character;
    }

    private static ProblemException refused(String why) {
        return ProblemException.invalid(RowSource.POINTER, "The file is no CSV: " + why);
    }
}
