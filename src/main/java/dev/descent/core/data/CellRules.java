package dev.descent.core.data;

import dev.descent.core.Name;

/**
 * How the cells of a column are written, as far as it can be declared.
 *
 * @param decimal the mark before the fraction of a number, a point or a comma
 * @param thousands the mark between groups of three digits; empty if there is none
 * @param percent whether a number may have a percent sign behind it, and is then a hundredth
 * @param currency whether a number may have a currency in front of it or behind it, and be negative in parentheses
 * @param pattern of dates, as {@link java.time.format.DateTimeFormatter} defines it; empty for ISO 8601
 */
public record CellRules(
        @Name("decimal") String decimal,
        @Name("thousands") String thousands,
        @Name("percent") boolean percent,
        @Name("currency") boolean currency,
        @Name("pattern") String pattern) {

    public static final CellRules DEFAULT = new CellRules(".", "", false, false, "");
}
