package dev.descent.dataset.format;

import dev.descent.core.Name;
import org.jspecify.annotations.Nullable;

/**
 * What a client declares about the layout of a file of text; the rest is found out.
 *
 * @param delimiter between cells; null or "auto" if it is to be found out
 * @param quote around cells with a delimiter or a line break in them; empty if there is none
 * @param escape in front of a character that then has no other meaning; empty if there is none, and a quote within
 *     quotes is written twice
 * @param comment at the beginning of lines that are not read; empty if there is none
 * @param encoding null if it is to be found out
 */
public record LayoutOptions(
        @Name("delimiter") @Nullable String delimiter,
        @Name("quote") String quote,
        @Name("escape") String escape,
        @Name("comment") String comment,
        @Name("header") HeaderLine header,
        @Name("encoding") @Nullable TextEncoding encoding,
        @Name("ragged") RaggedRows ragged,
        @Name("duplicate_names") DuplicateNames duplicateNames) {

    public static final String AUTO = "auto";

    public static final LayoutOptions DEFAULT =
            new LayoutOptions(null, "\"", "", "", HeaderLine.PRESENT, null, RaggedRows.REJECT, DuplicateNames.REJECT);

    /** The same with a delimiter, unless there is one already. */
    public LayoutOptions orDelimiter(String otherwise) {
        return delimiter != null
                ? this
                : new LayoutOptions(otherwise, quote, escape, comment, header, encoding, ragged, duplicateNames);
    }

    boolean hasDelimiter() {
        return delimiter != null && !delimiter.equals(AUTO);
    }
}
