package dev.descent.request;

import dev.descent.problem.Violations;
import java.text.Normalizer;
import java.util.function.IntPredicate;

/**
 * Which names a client may choose: those that look the same wherever they are shown, and are different if they look
 * different. Letters, digits and marks of every script, and a little punctuation; in normalization form C, so that no
 * two names differ only in how their characters are encoded. Nothing invisible, unassigned or private, nothing that
 * changes the direction of a line.
 */
public final class Naming {

    /** The wording of messages for {@link #isName}. */
    static final String NAMES =
            "letters, digits and marks of any script in Unicode's form NFC, single spaces between them, and %s";

    private static final String PUNCTUATION = "._-/:,;!?&+#@%()[]='’–·・（）";

    /** The wording of messages for {@link #isIdentifier}. */
    public static final String IDENTIFIERS =
            "letters, digits and marks of any script in Unicode's form NFC, dots, underscores and hyphens, up to %d, beginning with a letter or digit";

    private static final String IDENTIFIER_PUNCTUATION = "._-";

    private static final int MARKS =
            1 << Character.NON_SPACING_MARK | 1 << Character.COMBINING_SPACING_MARK | 1 << Character.ENCLOSING_MARK;

    private Naming() {}

    /** Adds a violation if a name contains anything else; its length is checked by others. */
    public static void check(String name, String pointer, String field, Violations violations) {
        if (!isName(name)) {
            violations.add(
                    () -> pointer,
                    () -> "%s is %s; accepted: %s".formatted(field, Quote.text(name), NAMES.formatted(PUNCTUATION)));
        }
    }

    /**
     * The same for a text that is no name: anything but controls and what changes its direction.
     *
     * @param lines whether it may have several lines
     */
    public static void checkText(String text, boolean lines, String pointer, String field, Violations violations) {
        boolean plain = text.codePoints()
                .allMatch(c -> (lines && (c == '\n' || c == '\r' || c == '\t')) || (!isControl(c) && !isDirection(c)));
        if (!plain) {
            violations.add(
                    () -> pointer,
                    () ->
                            "%s is %s; accepted: a text without control characters%s, and without those that change its direction"
                                    .formatted(field, Quote.text(text), lines ? " but line breaks and tabs" : ""));
        }
    }

    /** Whether each character is one of a name, with no space at either end or next to another. */
    static boolean isName(String name) {
        return all(name, Naming::isOfName)
                && !name.startsWith(" ")
                && !name.endsWith(" ")
                && !name.contains("  ")
                && Normalizer.isNormalized(name, Normalizer.Form.NFC);
    }

    /**
     * Whether a name can be part of an address: with no space and less punctuation.
     *
     * @param maxLength as the embedded database counts it: characters beyond U+FFFF are two
     */
    public static boolean isIdentifier(String name, int maxLength) {
        return !name.isEmpty()
                && name.length() <= maxLength
                && Character.isLetterOrDigit(name.codePointAt(0))
                && all(name, Naming::isOfIdentifier)
                && Normalizer.isNormalized(name, Normalizer.Form.NFC);
    }

    /** {@code Kündigungen 2026} → {@code Kündigungen-2026}: an identifier, or an empty string. */
    public static String identifier(String name, int maxLength) {
        String replaced = replace(name, Naming::isOfIdentifier, '-');
        int from = 0;
        while (from < replaced.length() && !Character.isLetterOrDigit(replaced.codePointAt(from))) {
            from += Character.charCount(replaced.codePointAt(from));
        }
        int to = Math.min(replaced.length(), from + maxLength);
        if (to > from && to < replaced.length() && Character.isHighSurrogate(replaced.charAt(to - 1))) {
            to--;
        }
        while (to > from && replaced.charAt(to - 1) == '-') {
            to--;
        }
        return replaced.substring(from, to);
    }

    /**
     * The name of a client's file as a name. Its owner may not have chosen it, and some systems decompose the accents
     * of file names, so it is not refused.
     */
    public static String ofFile(String fileName, int maxLength) {
        String replaced = replace(fileName, Naming::isOfName, '_').strip();
        while (replaced.contains("  ")) {
            replaced = replaced.replace("  ", " ");
        }
        int length = Math.min(maxLength, replaced.codePointCount(0, replaced.length()));
        return replaced.substring(0, replaced.offsetByCodePoints(0, length)).stripTrailing();
    }

    /** In form C, with each run of other characters replaced by one. */
    private static String replace(String text, IntPredicate isAccepted, char other) {
        StringBuilder replaced = new StringBuilder(text.length());
        boolean wasAccepted = true;
        for (int c :
                Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().toArray()) {
            boolean accepted = isAccepted.test(c);
            if (accepted) {
                replaced.appendCodePoint(c);
            } else if (wasAccepted) {
                replaced.append(other);
            }
            wasAccepted = accepted;
        }
        return replaced.toString();
    }

    private static boolean all(String text, IntPredicate predicate) {
        return text.codePoints().allMatch(predicate);
    }

    private static boolean isOfName(int c) {
        return c == ' ' || isWord(c) || PUNCTUATION.indexOf(c) >= 0;
    }

    private static boolean isOfIdentifier(int c) {
        return isWord(c) || IDENTIFIER_PUNCTUATION.indexOf(c) >= 0;
    }

    private static boolean isWord(int c) {
        return (Character.isLetterOrDigit(c) && !isBlank(c))
                || (((MARKS >> Character.getType(c)) & 1) != 0 && !isHidden(c));
    }

    /** Letters without a glyph: the fillers of Hangul. */
    private static boolean isBlank(int c) {
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
    }

    /** Marks without a glyph: the grapheme joiner, the inherent vowels of Khmer, and variation selectors. */
    private static boolean isHidden(int c) {
        return c == 0x34F
                || c == 0x17B4
                || c == 0x17B5
                || (c >= 0x180B && c <= 0x180F)
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0xE0100 && c <= 0xE01EF);
    }

    private static boolean isControl(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** Marks, embeddings, overrides and isolates. */
    private static boolean isDirection(int c) {
        return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
