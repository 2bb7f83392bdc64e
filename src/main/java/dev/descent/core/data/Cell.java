package dev.descent.core.data;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Reads the text of one cell. The same rules hold for an upload and for a row to predict. */
public final class Cell {

    private static final double SECONDS_A_DAY = 86_400;

    private Cell() {}

    /** The cell as a column of the given type holds it: {@link #number} or {@link #day}. */
    public static double value(ColumnType type, String text) {
        return type == ColumnType.DATETIME ? day(text) : number(text);
    }

    /** The finite decimal number that the text says, or NaN where it says none ("NaN", "inf", "0x1p3" and "1f" are none). */
    public static double number(String text) {
        String trimmed = text.strip();
        if (!isNumber(trimmed)) {
            return Double.NaN;
        }
        double value = isSmallInteger(trimmed) ? Integer.parseInt(trimmed) : Double.parseDouble(trimmed);
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /** Whether the text is {@code [+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?}; by hand, since files have millions of cells and a Matcher takes ten times as long. */
    private static boolean isNumber(String text) {
        int start = afterSign(text, 0);
        int dot = afterDigits(text, start);
        boolean hasDot = dot < text.length() && text.charAt(dot) == '.';
        int end = hasDot ? afterDigits(text, dot + 1) : dot;
        int digits = end - start - (hasDot ? 1 : 0);
        if (digits > 0 && end < text.length() && (text.charAt(end) | 0x20) == 'e') {
            int exponent = afterSign(text, end + 1);
            end = afterDigits(text, exponent);
            return end > exponent && end == text.length();
        }
        return digits > 0 && end == text.length();
    }

    private static int afterSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? at + 1 : at;
    }

    private static int afterDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** Such as fit into an int, apart from -0, which is a number of its own. */
    private static boolean isSmallInteger(String text) {
        return text.length() < 10 && text.charAt(0) != '-' && afterDigits(text, 0) == text.length();
    }

    /** Days since 1970-01-01 (UTC), with a fraction for the time of day, or NaN where the text is no ISO 8601 date or date-time. */
    public static double day(String text) {
        String trimmed = text.strip();
        if (trimmed.length() < "2026-01-01".length() || !Character.isDigit(trimmed.charAt(0))) {
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

    /** The ISO 8601 form of a number of days since 1970-01-01 (UTC): a date, with a time of day where there is one. */
    public static String dateOf(double day) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.round(day * SECONDS_A_DAY), 0, ZoneOffset.UTC);
        boolean midnight = time.toLocalTime().toSecondOfDay() == 0;
        return midnight ? time.toLocalDate().toString() : time.toString();
    }
}
