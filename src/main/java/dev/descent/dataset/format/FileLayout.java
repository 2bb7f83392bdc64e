package dev.descent.dataset.format;

import dev.descent.core.Name;
import java.util.List;

/**
 * How rows are written in a file, as far as its format leaves that open.
 *
 * @param quote empty if there is none, as are the next two
 * @param header whether the first line holds the column names
 * @param rowNames what the first column is called if it has no name there, as the names of rows; empty if it has one
 * @param names of the columns, where no line of the file has them all
 */
public record FileLayout(
        @Name("delimiter") String delimiter,
        @Name("quote") String quote,
        @Name("escape") String escape,
        @Name("comment") String comment,
        @Name("header") boolean header,
        @Name("row_names") String rowNames,
        @Name("encoding") TextEncoding encoding,
        @Name("ragged") RaggedRows ragged,
        @Name("duplicate_names") DuplicateNames duplicateNames,
        @Name("names") List<String> names) {

    /** Those that are tried where none is declared. */
    static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    private static final char FIRST_BEYOND_ASCII = 128;

    /** No text has it. */
    private static final char NONE = '\uffff';

    /** RFC 4180 with a header in UTF-8. */
    public static final FileLayout DEFAULT = new FileLayout(
            ",", "\"", "", "", true, "", TextEncoding.UTF_8, RaggedRows.REJECT, DuplicateNames.REJECT, List.of());

    /** As files were read before there was more to declare. */
    public static FileLayout of(char delimiter, boolean header) {
        return DEFAULT.with(delimiter).with(header, "");
    }

    FileLayout with(char other) {
        return new FileLayout(
                String.valueOf(other),
                quote,
                escape,
                comment,
                header,
                rowNames,
                encoding,
                ragged,
                duplicateNames,
                names);
    }

    FileLayout with(boolean hasHeader, String nameOfRowNames) {
        return new FileLayout(
                delimiter, quote, escape, comment, hasHeader, nameOfRowNames, encoding, ragged, duplicateNames, names);
    }

    FileLayout with(DuplicateNames otherNames) {
        return new FileLayout(delimiter, quote, escape, comment, header, rowNames, encoding, ragged, otherNames, names);
    }

    FileLayout with(List<String> columns) {
        return new FileLayout(
                delimiter, quote, escape, comment, header, rowNames, encoding, ragged, duplicateNames, columns);
    }

    public boolean hasRowNames() {
        return !rowNames.isEmpty();
    }

    char delimiterCharacter() {
        return delimiter.charAt(0);
    }

    char quoteCharacter() {
        return character(quote);
    }

    char escapeCharacter() {
        return character(escape);
    }

    char commentCharacter() {
        return character(comment);
    }

    private static char character(String option) {
        return option.isEmpty() ? NONE : option.charAt(0);
    }

    /**
     * Whether it is text by RFC 4180, whose delimiter and quote are characters of ASCII: then its records can be told
     * apart by the bytes.
     */
    boolean isPlain() {
        return escape.isEmpty()
                && comment.isEmpty()
                && delimiterCharacter() < FIRST_BEYOND_ASCII
                && (quote.isEmpty() || quoteCharacter() < FIRST_BEYOND_ASCII);
    }

    /** What was taken for what, for messages about a file that does not fit it. */
    String describe() {
        return "read with %s between cells, %s around them and %s; the options delimiter, quote and encoding state others"
                .formatted(
                        delimiter.equals("\t") ? "tabs" : "\"%s\"".formatted(delimiter),
                        quote.isEmpty() ? "no quotes" : quote,
                        encoding.label());
    }
}
