package dev.descent.dataset.cell;

import dev.descent.core.data.Cell;

/**
 * A number as it is written: without surrounding white space, and, if it is zero, without the sign that rounding gives
 * it.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record NumberSpelling(int from, int to) {

    /** The spelling of the number in a text. */
    public static String of(String text) {
        char[] characters = text.toCharArray();
        NumberSpelling spelling = of(characters, 0, characters.length, Cell.number(text));
        return text.substring(spelling.from, spelling.to);
    }

    /** Of the number in a cell. */
    static NumberSpelling of(char[] characters, int from, int to, double number) {
        int start = from;
        int end = to;
        while (Character.isWhitespace(characters[start])) {
            start++;
        }
        while (Character.isWhitespace(characters[end - 1])) {
            end--;
        }
        return new NumberSpelling(number == 0 && characters[start] == '-' ? start + 1 : start, end);
    }
}
