package dev.descent.dataset;

import java.util.List;
import java.util.Set;

/**
 * How to parse a file.
 *
 * @param header whether the first line holds the column names
 * @param missingValues strings that mean an empty cell
 */
record CsvFormat(char delimiter, boolean header, Set<String> missingValues) {

    static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    static final List<String> DEFAULT_MISSING_VALUES = List.of("", "NA");
}
