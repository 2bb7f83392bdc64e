package dev.descent.core.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses the cells of a column by its {@link CellRules}: like {@link Cell} where nothing is declared, and by the same
 * rules for an uploaded file and a row to predict.
 */
public final class CellReader {

    /** By the default rules. */
    public static final CellReader PLAIN = new CellReader(CellRules.DEFAULT);

    private static final double SECONDS_A_DAY = 86_400;
    private static final int GROUP = 3;
    private static final int CURRENCY_CODE = 3;

    private final char decimal;
    private final String thousands;
    private final boolean percent;
    private final boolean currency;
    private final boolean isPlainNumber;
    private final @Nullable DateTimeFormatter pattern;

    private CellReader(CellRules rules) {
        this.decimal = rules.decimal().charAt(0);
        this.thousands = alike(rules.thousands());
        this.percent = rules.percent();
        this.currency = rules.currency();
        this.isPlainNumber = decimal == '.' && thousands.isEmpty() && !percent && !currency;
        this.pattern = rules.pattern().isEmpty() ? null : formatter(rules.pattern());
    }

    public static CellReader of(CellRules rules) {
        return rules.equals(CellRules.DEFAULT) ? PLAIN : new CellReader(rules);
    }

    /** Spaces that do not break, narrow or not, and both apostrophes look the same to whoever declares one. */
    private static String alike(String mark) {
        return switch (mark) {
            case " " -> " \u00a0\u202f";
            case "'" -> "'\u2019";
            default -> mark;
        };
    }

    /**
     * Strict: no 31 February, and no text behind the date. Names of months and days are English.
     *
     * @throws IllegalArgumentException for a text that is no pattern
     */
    public static DateTimeFormatter formatter(String pattern) {
        // With a strict resolver, "yyyy" is the year of an era, which nobody writes.
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** Whether numbers are written as in a program. */
    public boolean readsPlainNumbers() {
        return isPlainNumber;
    }

    /** Whether dates are written in a form of their own, which may be that of a number. */
    public boolean hasPattern() {
        return pattern != null;
    }

    /** The cell as a column of the given type holds it: {@link #number} or {@link #day}. */
    public double value(ColumnType type, char[] text, int from, int to) {
        return type == ColumnType.DATETIME ? day(text, from, to) : number(text, from, to);
    }

    /** The same for a cell of its own. */
    public double value(ColumnType type, String text) {
        return type == ColumnType.DATETIME ? day(text) : number(text);
    }

    /** The finite number in the text, or NaN if there is none. */
    public double number(String text) {
        return isPlainNumber ? Cell.number(text) : number(text.toCharArray(), 0, text.length());
    }

    /** The same for a cell inside a larger buffer; {@code from} is inclusive, {@code to} exclusive. */
    public double number(char[] text, int from, int to) {
        return isPlainNumber ? Cell.number(text, from, to) : new Parse(text, from, to).number();
    }

    /**
     * Days since 1970-01-01 (UTC), with the time of day as a fraction, or NaN if the text is not a date by the rules.
     */
    public double day(String text) {
        if (pattern == null) {
            return Cell.day(text);
        }
        try {
            TemporalAccessor time =
                    pattern.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (time instanceof OffsetDateTime instant) {
                return instant.toEpochSecond() / SECONDS_A_DAY;
            }
            return time instanceof LocalDateTime local
                    ? local.toEpochSecond(ZoneOffset.UTC) / SECONDS_A_DAY
                    : ((LocalDate) time).toEpochDay();
        } catch (DateTimeException notADate) {
            return Double.NaN;
        }
    }

    /** The same for a cell inside a larger buffer. */
    public double day(char[] text, int from, int to) {
        return pattern == null ? Cell.day(text, from, to) : day(new String(text, from, to - from));
    }

    /** Turns one cell into the canonical form of a number, which {@link Cell} reads. */
    private final class Parse {

        private final char[] text;
        private int from;
        private int to;
        private boolean isNegative;
        private boolean isHundredth;

        Parse(char[] text, int from, int to) {
            this.text = text;
            this.from = from;
            this.to = to;
        }

        double number() {
            trim();
            if (percent && to > from && text[to - 1] == '%') {
                to--;
                isHundredth = true;
                trim();
            }
            if (currency) {
                removeCurrency();
            } else {
                removeSign();
            }
            double value = canonical();
            return isNegative ? -value : value;
        }

        private void trim() {
            while (from < to && isSpace(text[from])) {
                from++;
            }
            while (from < to && isSpace(text[to - 1])) {
                to--;
            }
        }

        private boolean isSpace(char character) {
            return Character.isWhitespace(character) || Character.isSpaceChar(character);
        }

        private void removeSign() {
            if (from < to && (text[from] == '-' || text[from] == '+')) {
                isNegative = text[from] == '-';
                from++;
            }
        }

        /** The sign may stand on either side of the currency. */
        private void removeCurrency() {
            if (to - from > 2 && text[from] == '(' && text[to - 1] == ')') {
                isNegative = true;
                from++;
                to--;
                trim();
                removeSymbol();
                return;
            }
            int before = from;
            removeSign();
            boolean isSigned = from > before;
            trim();
            removeSymbol();
            if (!isSigned) {
                removeSign();
            }
        }

        private void removeSymbol() {
            int before = from;
            from += symbolAt(from, 1);
            if (from == before) {
                to -= symbolAt(to - 1, -1);
            }
            trim();
        }

        /** The length of a symbol or code of a currency that begins here, or ends. */
        private int symbolAt(int start, int step) {
            if (start >= from && start < to && Character.getType(text[start]) == Character.CURRENCY_SYMBOL) {
                return 1;
            }
            int length = 0;
            for (int at = start; at >= from && at < to && text[at] >= 'A' && text[at] <= 'Z'; at += step) {
                length++;
            }
            return length == CURRENCY_CODE ? length : 0;
        }

        /** NaN unless groups of thousands are whole and the marks are where they belong. */
        private double canonical() {
            char[] number = new char[to - from + 4];
            int length = 0;
            int digitsInGroup = 0;
            boolean grouped = false;
            int at = from;
            for (; at < to; at++) {
                char character = text[at];
                if (character >= '0' && character <= '9') {
                    number[length++] = character;
                    digitsInGroup++;
                } else if (thousands.indexOf(character) >= 0) {
                    if (grouped ? digitsInGroup != GROUP : digitsInGroup < 1 || digitsInGroup > GROUP) {
                        return Double.NaN;
                    }
                    grouped = true;
                    digitsInGroup = 0;
                } else {
                    break;
                }
            }
            if (grouped && digitsInGroup != GROUP) {
                return Double.NaN;
            }
            if (at < to && text[at] == decimal) {
                number[length++] = '.';
                at++;
                while (at < to && text[at] >= '0' && text[at] <= '9') {
                    number[length++] = text[at++];
                }
            }
            return value(number, length, at);
        }

        /** With what follows the digits, which can only be an exponent. */
        private double value(char[] number, int length, int rest) {
            if (length == 0 || (rest < to && (text[rest] | 0x20) != 'e')) {
                return Double.NaN;
            }
            StringBuilder canonical = new StringBuilder().append(number, 0, length);
            if (rest < to) {
                canonical.append(text, rest, to - rest);
            } else if (isHundredth) {
                return Cell.number(canonical.append("e-2").toString());
            }
            double value = Cell.number(canonical.toString());
            return isHundredth ? value / 100 : value;
        }
    }
}
