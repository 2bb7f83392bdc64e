package dev.descent.dataset.profile;

import dev.descent.core.Excerpt;
import dev.descent.core.data.ClassificationTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares numbers with how they are written. */
final class SpellingProfiler {

    /** Of digits that every double holds. */
    private static final int EXACT_DIGITS = 15;

    private static final double LEAST_EXACT_WHOLE = 1L << 53;

    /** Between these, the shortest decimal form of a number has no exponent. */
    private static final double LEAST_PLAIN = 1e-3;

    private static final double MOST_PLAIN = 1e7;

    private boolean isCanonical = true;
    private @Nullable String doubt;

    /**
     * Takes a number; each spelling once is enough.
     *
     * @param start of its text, inclusive; {@code to} is exclusive
     * @param isOneOfMany whether a glance must do, as there are too many to compare each with its printed form
     */
    void add(char[] text, int start, int to, double number, long line, boolean isOneOfMany) {
        if ((!isCanonical && doubt != null) || (isOneOfMany && isPlainAtAGlance(text, start, to))) {
            return;
        }
        int end = to;
        int from = start;
        while (Character.isWhitespace(text[from])) {
            from++;
        }
        while (Character.isWhitespace(text[end - 1])) {
            end--;
        }
        int first = isSign(text[from]) ? from + 1 : from;
        int afterWhole = first;
        while (afterWhole < end && isDigit(text[afterWhole])) {
            afterWhole++;
        }
        if (doubt == null) {
            if (afterWhole - first > 1 && text[first] == '0') {
                doubt = "has numbers with leading zeros, such as \"%s\" in line %d"
                        .formatted(Excerpt.of(new String(text, from, end - from)), line);
            } else if (afterWhole == end && Math.abs(number) >= LEAST_EXACT_WHOLE) {
                doubt = "has integers too large to be exact as numbers, such as \"%s\" in line %d"
                        .formatted(Excerpt.of(new String(text, from, end - from)), line);
            }
        }
        isCanonical = isCanonical
                && (isPlain(text, from, end, number)
                        || (isOneOfMany && end - from > EXACT_DIGITS)
                        || new String(text, from, end - from).equals(ClassificationTarget.label(number)));
    }

    /** Whether both ends are those of an ordinary number. */
    private static boolean isPlainAtAGlance(char[] text, int from, int to) {
        int first = text[from] == '-' ? from + 1 : from;
        if (first == to || !isDigit(text[first])) {
            return false;
        }
        boolean leadingZero = text[first] == '0' && first + 1 < to && text[first + 1] != '.';
        char last = text[to - 1];
        boolean mayBeHuge = to - first > EXACT_DIGITS && !hasDot(text, first, to);
        return !leadingZero && last > '0' && last <= '9' && !mayBeHuge;
    }

    private static boolean hasDot(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '.') {
                return true;
            }
        }
        return false;
    }

    /** Whether it certainly is the shortest decimal form; most numbers are. */
    private static boolean isPlain(char[] text, int from, int end, double number) {
        int first = text[from] == '-' ? from + 1 : from;
        boolean leadingZero = text[first] == '0' && first + 1 < end && isDigit(text[first + 1]);
        if (end - first > EXACT_DIGITS || number == 0 || leadingZero || !isDigit(text[first])) {
            return false;
        }
        int dots = 0;
        for (int i = first; i < end; i++) {
            if (text[i] == '.') {
                dots++;
            } else if (!isDigit(text[i])) {
                return false;
            }
        }
        char last = text[end - 1];
        double size = Math.abs(number);
        return dots == 0 || (last != '0' && last != '.' && size >= LEAST_PLAIN && size < MOST_PLAIN);
    }

    /**
     * Looks for two spellings of one number. An unsigned and a signed zero are not: rounding makes them.
     *
     * @param lines where each text occurs first
     */
    void compare(List<String> texts, double[] numbers, long[] lines) {
        if (doubt != null) {
            return;
        }
        Map<Double, String> spellings = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!Double.isNaN(numbers[i]) && numbers[i] != 0) {
                String spelling = texts.get(i).strip();
                String other = spellings.putIfAbsent(numbers[i], spelling);
                if (other != null && !other.equals(spelling)) {
                    doubt = "has numbers with two spellings, such as \"%s\" and in line %d \"%s\""
                            .formatted(Excerpt.of(other), lines[i], Excerpt.of(spelling));
                    return;
                }
            }
        }
    }

    /** Whether all are written as labels of classes would be. */
    boolean isCanonical() {
        return isCanonical;
    }

    /** Why its numbers may be codes; null if nothing suggests it. */
    @Nullable
    String doubt() {
        return doubt;
    }

    private static boolean isSign(char character) {
        return character == '-' || character == '+';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
