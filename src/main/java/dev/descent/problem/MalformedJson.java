package dev.descent.problem;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;

/** What is wrong with JSON, in words that name no classes. */
public final class MalformedJson {

    /** Names of classes and settings, and where else in the source something began. */
    private static final Pattern INTERNALS = Pattern.compile(String.join(
            "|",
            ",? from `[^`]*`",
            " ?\\(for [^)]*`[^)]*\\)",
            " ?\\(start marker at .*",
            " ?\\(`[^)]*\\)",
            ": enable `?JsonReadFeature.*",
            ": maybe a \\(non-standard\\) comment.*",
            "`"));

    private static final int MAX_LENGTH = 300;

    private MalformedJson() {}

    /** One sentence, as "line 1, column 5: Duplicate Object property "a"". */
    public static String describe(JacksonException failure) {
        TokenStreamLocation at = failure.getLocation();
        String where = at == null || at.getLineNr() < 0
                ? ""
                : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
        return where + reason(failure);
    }

    private static String reason(JacksonException failure) {
        // The only fault of data binding that a tree can have.
        if (failure instanceof DatabindException) {
            return "there is something after its end";
        }
        String line =
                String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("");
        // A message quotes names of any length, and the pattern backtracks.
        String start = line.substring(0, Math.min(MAX_LENGTH, line.length()));
        return INTERNALS.matcher(start).replaceAll("");
    }
}
