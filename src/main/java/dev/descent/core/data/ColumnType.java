package dev.descent.core.data;

import java.util.Locale;

/** What the cells of a column mean, and with that how they become inputs of a network. */
public enum ColumnType {
    /** A finite number. */
    NUMERIC,
    /** One of a set of levels. */
    CATEGORICAL,
    /** Two levels: true and false, or yes and no. */
    BOOLEAN,
    /** An ISO 8601 date or date-time; as a number it counts days since 1970-01-01 (UTC). */
    DATETIME,
    /** Free text or an identifier: never an input of a network. */
    TEXT,
    /** Left out because the user said so. */
    IGNORE;

    /** Whether cells are held as numbers ({@link Column.Numbers}) rather than as levels ({@link Column.Levels}). */
    public boolean isNumber() {
        return this == NUMERIC || this == DATETIME;
    }

    /** Whether a column of this type can feed a network. */
    public boolean isFeature() {
        return this != TEXT && this != IGNORE;
    }

    /** The name by which the HTTP contract calls this type, such as {@code numeric}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
