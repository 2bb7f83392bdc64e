package dev.descent.core;

import java.util.Collection;
import java.util.stream.Collectors;

/** How much of a text or a list of names a message repeats: enough to recognise it, whatever its length. */
public final class Excerpt {

    private static final int MAX_CHARACTERS = 80;
    private static final int MAX_NAMES = 20;

    private Excerpt() {}

    /** The text, cut if it is long. */
    public static String of(CharSequence text) {
        return text.length() <= MAX_CHARACTERS
                ? text.toString()
                : text.subSequence(
                                0,
                                Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1))
                                        ? MAX_CHARACTERS - 1
                                        : MAX_CHARACTERS)
                        + "…";
    }

    /** {@code a, b, c}, or {@code a, b … (1000 columns)} if there are many. */
    public static String of(Collection<String> names, String plural) {
        String listed = names.stream().limit(MAX_NAMES).map(Excerpt::of).collect(Collectors.joining(", "));
        return names.size() > MAX_NAMES ? listed + " … (%d %s)".formatted(names.size(), plural) : listed;
    }
}
