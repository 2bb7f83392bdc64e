package dev.descent.core.data.encode;

import dev.descent.core.Name;

/** What stands in for an empty cell. */
public enum Impute {
    /** Of a number or date; halfway between the middle two of an even count. */
    @Name("median")
    MEDIAN,
    /** Of a number or date. */
    @Name("mean")
    MEAN,
    /** The value or level that occurs most often; of several, the smallest. */
    @Name("most_frequent")
    MOST_FREQUENT,
    /** A given value. */
    @Name("constant")
    CONSTANT,
    /** Of a level: empty cells are a level of their own. */
    @Name("own_level")
    OWN_LEVEL
}
