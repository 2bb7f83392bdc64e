package dev.descent.problem;

import dev.descent.core.Name;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where: a JSON Pointer into the body as a URI fragment ({@code #/hyperparameters/epochs}), or a query
 *     parameter ({@code ?limit})
 * @param detail a sentence that names what was sent and what is accepted
 */
public record Violation(
        @Name("pointer") String pointer, @Name("detail") String detail) {

    /** The pointer of all query parameters together. */
    public static final String QUERY = "?";

    /** The pointer of a field of what another pointer points at. */
    public static String pointerTo(String parent, String field) {
        return parent.equals(QUERY)
                ? QUERY + field
                : parent + "/" + field.replace("~", "~0").replace("/", "~1");
    }
}
