package dev.descent.core.data;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Reads the text of one cell. The same rules hold for an upload and for a row to predict. */
public final class Cell {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final double SECONDS_A_DAY = 86_400;

    private Cell() {}

    /** The cell as a column of the given type holds it: {@link #number} or {@link #day}. */
    public static double value(ColumnType type, String text) {
        return type == ColumnType.DATETIME ? day(text) : number(text);
    }

    /** The finite decimal number that the text says, or NaN where it says none ("NaN", "inf", "0x1p3" and "1f" are none). */
    public static double number(String text) {
        String trimmed = text.strip();
        if (!NUMBER.matcher(trimmed).matches()) {
            return Double.NaN;
        }
        double value = Double.parseDouble(trimmed);
        return Double.isInfinite(value) ? Double.NaN : value;
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
