package dev.descent.core.data;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.stream.IntStream;

/** Parses the text of one cell, by the same rules for an uploaded file and a row to predict. */
public final class Cell {

    private static final double SECONDS_A_DAY = 86_400;

    private static final int EXACT_DIGITS = 15;
    private static final double[] POWERS_OF_TEN = IntStream.rangeClosed(0, EXACT_DIGITS)
            .mapToDouble(power -> Double.parseDouble("1e" + power))
            .toArray();

    private Cell() {}

    /** The cell as a column of the given type holds it: {@link #number} or {@link #day}. */
    public static double value(ColumnType type, String text) {
        return type == ColumnType.DATETIME ? day(text) : number(text);
    }

    /** The same for a cell inside a larger buffer; {@code from} is inclusive, {@code to} exclusive. */
    public static double value(ColumnType type, char[] text, int from, int to) {
        return type == ColumnType.DATETIME ? day(text, from, to) : number(text, from, to);
    }

    /**
     * The finite decimal number in the text, or NaN if there is none; "NaN", "inf", "0x1p3" and "1f" are not accepted
     * either.
     */
    public static double number(String text) {
        return number(text.toCharArray(), 0, text.length());
    }

    /**
     * The same for a cell inside a larger buffer: {@code [+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?}, surrounded by optional
     * white space. Hand-written because files have millions of cells. If there are few enough digits, a double holds
     * both the integer they form and the power of ten that divides it exactly, so their quotient is the correctly
     * rounded result (Clinger, "How to read floating point numbers accurately", 1990); everything else is left to the
     * library.
     */
    public static double number(char[] text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text[start])) {
            start++;
        }
        while (start < end && Character.isWhitespace(text[end - 1])) {
            end--;
        }
        int first = afterSign(text, start, end);
        int at = first;
        int dot = -1;
        long whole = 0;
        for (; at < end; at++) {
            char character = text[at];
            if (isDigit(character)) {
                whole = 10 * whole + (character - '0');
            } else if (character == '.' && dot < 0) {
                dot = at;
            } else {
                break;
            }
        }
        int digits = at - first - (dot < 0 ? 0 : 1);
        if (digits == 0 || (at < end && !isExponent(text, at, end))) {
            return Double.NaN;
        }
        if (at < end || digits > EXACT_DIGITS) {
            double value = Double.parseDouble(new String(text, start, end - start));
            return Double.isInfinite(value) ? Double.NaN : value;
        }
        double value = dot < 0 ? whole : whole / POWERS_OF_TEN[end - 1 - dot];
        return text[start] == '-' ? -value : value;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static int afterSign(char[] text, int at, int end) {
        return at < end && (text[at] == '+' || text[at] == '-') ? at + 1 : at;
    }

    private static boolean isExponent(char[] text, int from, int end) {
        if ((text[from] | 0x20) != 'e') {
            return false;
        }
        int first = afterSign(text, from + 1, end);
        int at = first;
        while (at < end && isDigit(text[at])) {
            at++;
        }
        return at == end && at > first;
    }

    /**
     * Days since 1970-01-01 (UTC), with the time of day as a fraction, or NaN if the text is not an ISO 8601 date or
     * date-time.
     */
    public static double day(String text) {
        String trimmed = text.strip();
        if (trimmed.length() < "2026-01-01".length()
                || !isDigit(trimmed.charAt(0))
                || trimmed.charAt(4) != '-'
                || trimmed.charAt(7) != '-') {
            return Double.NaN;
        }
        try {
            if (trimmed.length() == "2026-01-01".length()) {
                return LocalDate.parse(trimmed).toEpochDay();
            }
            String isoForm = trimmed.replace(' ', 'T');
            boolean zoned = isoForm.endsWith("Z") || isoForm.lastIndexOf('+') > 10 || isoForm.lastIndexOf('-') > 10;
            long seconds = zoned
                    ? OffsetDateTime.parse(isoForm).toEpochSecond()
                    : LocalDateTime.parse(isoForm).toEpochSecond(ZoneOffset.UTC);
            return seconds / SECONDS_A_DAY;
        } catch (DateTimeParseException notADate) {
            return Double.NaN;
        }
    }

    /** The same for a cell inside a larger buffer: a plain date, which most are, takes no formatter. */
    public static double day(char[] text, int from, int to) {
        if (to - from == "2026-01-01".length() && text[from + 4] == '-' && text[from + 7] == '-') {
            int year = 100 * twoDigits(text, from) + twoDigits(text, from + 2);
            int month = twoDigits(text, from + 5);
            int day = twoDigits(text, from + 8);
            if (year >= 0
                    && month >= 1
                    && month <= 12
                    && day >= 1
                    && day <= YearMonth.of(year, month).lengthOfMonth()) {
                return LocalDate.of(year, month, day).toEpochDay();
            }
        }
        return mayBeDay(text, from, to) ? day(new String(text, from, to - from)) : Double.NaN;
    }

    /** Negative, and by more than a century, if there are none. */
    private static int twoDigits(char[] text, int at) {
        return isDigit(text[at]) && isDigit(text[at + 1]) ? 10 * (text[at] - '0') + text[at + 1] - '0' : -10_000;
    }

    /** Whether it is long enough, and begins with a digit behind any white space. */
    private static boolean mayBeDay(char[] text, int from, int to) {
        int start = from;
        while (start < to && Character.isWhitespace(text[start])) {
            start++;
        }
        return to - start >= "2026-01-01".length() && isDigit(text[start]);
    }

    /** The RFC 3339 form of a number of days since 1970-01-01 (UTC), to the second. */
    public static String timeOf(double day) {
        return Instant.ofEpochSecond(Math.round(day * SECONDS_A_DAY)).toString();
    }

    /**
     * The ISO 8601 form of a number of days since 1970-01-01 (UTC): a date, followed by the time of day unless it is
     * midnight.
     */
    public static String dateOf(double day) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.round(day * SECONDS_A_DAY), 0, ZoneOffset.UTC);
        boolean midnight = time.toLocalTime().toSecondOfDay() == 0;
        return midnight ? time.toLocalDate().toString() : time.toString();
    }
}
