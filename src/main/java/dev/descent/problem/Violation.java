package dev.descent.problem;

import dev.descent.core.Name;

/**
 * Something that is wrong with a request.
 *
 * @param pointer the location: a JSON Pointer into the body as a URI fragment ({@code #/hyperparameters/epochs}), or a
 *     query parameter ({@code ?limit})
 * @param detail a sentence that names what was sent and what is accepted
 */
public record Violation(
        @Name("pointer") String pointer, @Name("detail") String detail) {

    /** Far more than any message of ours has; whatever it quotes, it stays readable and the response small. */
    static final int MAX_LENGTH = 2_000;

    public Violation {
        pointer = cut(pointer);
        detail = cut(detail);
    }

    static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }

    /** The pointer to all query parameters together. */
    public static final String QUERY = "?";

    /** The pointer to a field of the object that {@code parent} points to. */
    public static String pointerTo(String parent, String field) {
        return parent.equals(QUERY)
                ? QUERY + field
                : parent + "/" + field.replace("~", "~0").replace("/", "~1");
    }
}
