package dev.descent.dataset.cell;

import java.util.Locale;
import java.util.Set;

/**
 * Texts that programs write where a number or a date is missing. They count only in columns of numbers or dates, where
 * nothing else can be meant; in any other column they are levels, unless the client declares them in
 * {@code missing_values}.
 */
public final class MissingMarkers {

    /** In lower case; capitals and surrounding white space do not matter. */
    private static final Set<String> MARKERS = Set.of(
            "",
            "nan",
            "-nan",
            "+nan",
            "na",
            "n/a",
            "#n/a",
            "#na",
            "<na>",
            "nat",
            "null",
            "\\n",
            "none",
            "nil",
            "-",
            "--",
            "?",
            ".",
            "inf",
            "-inf",
            "+inf",
            "infinity",
            "-infinity",
            "+infinity");

    private static final int LONGEST =
            MARKERS.stream().mapToInt(String::length).max().orElse(0);

    private MissingMarkers() {}

    public static boolean contains(String text) {
        return MARKERS.contains(normalized(text));
    }

    /** The form in which markers are compared. */
    static String normalized(String text) {
        String stripped = text.strip();
        // Most cells are no markers, and need no copy.
        return stripped.length() > LONGEST ? stripped : stripped.toLowerCase(Locale.ROOT);
    }
}
