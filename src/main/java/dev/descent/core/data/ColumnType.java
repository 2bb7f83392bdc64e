package dev.descent.core.data;

import dev.descent.core.Name;
import dev.descent.core.Names;

/** What the cells of a column mean, which decides how they become network inputs. */
public enum ColumnType {
    /** A finite number. */
    @Name("numeric")
    NUMERIC,
    /** One of a set of levels. */
    @Name("categorical")
    CATEGORICAL,
    /** Two levels: true and false, or yes and no. */
    @Name("boolean")
    BOOLEAN,
    /** An ISO 8601 date or date-time; as a number it counts days since 1970-01-01 (UTC). */
    @Name("datetime")
    DATETIME,
    /** Free text or an identifier: never a network input. */
    @Name("text")
    TEXT,
    /** Excluded at the user's request. */
    @Name("ignore")
    IGNORE;

    /** Whether cells are stored as numbers ({@link Column.Numbers}) rather than as levels ({@link Column.Levels}). */
    public boolean isNumber() {
        return this == NUMERIC || this == DATETIME;
    }

    /** Whether a column of this type can feed a network. */
    public boolean isFeature() {
        return this != TEXT && this != IGNORE;
    }

    /** The name of this type in the HTTP contract, such as {@code numeric}. */
    public String label() {
        return Names.of(this);
    }
}
