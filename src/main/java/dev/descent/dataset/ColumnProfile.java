package dev.descent.dataset;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.PackedNumbers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds.
 *
 * @param missing the number of empty cells
 * @param distinct the number of distinct values; exact up to {@value ColumnProfiler#EXACT_DISTINCT}, then within some 2%
 * @param min a number, or an ISO date for dates; absent for levels, as are the next five
 * @param whole whether all numbers are whole
 * @param std sample standard deviation (divided by n − 1); absent also for numbers beyond some 1e154, whose squares are infinite
 * @param quantiles by share; exact for a few thousand rows, then within some 0.1% of the rows
 * @param top the most frequent levels; absent for numbers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnProfile(
        @Name("name") String name,
        @Name("type") ColumnType type,
        @Name("missing") long missing,
        @Name("distinct") long distinct,
        @Name("min") @Nullable Object min,
        @Name("max") @Nullable Object max,
        @Name("whole") @Nullable Boolean whole,
        @Name("mean") @Nullable Double mean,
        @Name("std") @Nullable Double std,
        @Name("quantiles") @Nullable Map<String, Double> quantiles,
        @Name("top") @Nullable List<LevelCount> top,
        @Name("warnings") List<String> warnings) {

    /** Whether it is numeric and all of its values are whole. */
    @JsonIgnore
    public boolean onlyWhole() {
        return Boolean.TRUE.equals(whole);
    }

    /** The heap that so many rows of it take once they are read, at most, but for the length of its levels. */
    long heapBytes(long rows) {
        if (!type.isNumber()) {
            return Integer.BYTES * rows + LEVEL_BYTES * distinct;
        }
        if (type == ColumnType.DATETIME) {
            return (onlyWhole() ? Float.BYTES : Double.BYTES) * rows;
        }
        int width = min instanceof Number least && max instanceof Number most
                ? PackedNumbers.widthOf(least.doubleValue(), most.doubleValue(), onlyWhole(), missing > 0)
                : PackedNumbers.widthOf(0, 0, true, missing > 0);
        return width * rows;
    }

    /** A text of some ten characters in a list. */
    private static final int LEVEL_BYTES = 64;

    /** How often a level occurs. */
    public record LevelCount(
            @Name("value") String value, @Name("count") long count) {}
}
