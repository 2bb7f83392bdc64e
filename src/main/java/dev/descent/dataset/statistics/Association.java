package dev.descent.dataset.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import org.jspecify.annotations.Nullable;

/**
 * How closely a column goes with a target.
 *
 * @param value of the measure; null if one of the two is constant
 * @param spearman for two columns of numbers, the correlation of their ranks
 * @param strength from 0 to 1, comparable between measures: what is left of the value once the part that chance makes
 *     of many levels is taken off, and the larger of both correlations without its sign
 * @param rows in which both have a value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Association(
        @Name("column") String column,
        @Name("measure") Measure measure,
        @Name("value") @Nullable Double value,
        @Name("spearman") @Nullable Double spearman,
        @Name("strength") double strength,
        @Name("rows") int rows) {

    /** What is computed of two columns. */
    public enum Measure {
        /** Of two columns of numbers. */
        @Name("pearson")
        PEARSON,
        /** Of one of numbers and one of levels. */
        @Name("correlation_ratio")
        CORRELATION_RATIO,
        /** Of two of levels. */
        @Name("cramers_v")
        CRAMERS_V
    }
}
