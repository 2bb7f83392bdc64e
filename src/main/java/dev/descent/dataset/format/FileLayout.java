package dev.descent.dataset.format;

import java.util.List;

/**
 * How rows are written in a file of text.
 *
 * @param header whether the first line holds the column names
 */
public record FileLayout(char delimiter, boolean header) {

    public static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
}
