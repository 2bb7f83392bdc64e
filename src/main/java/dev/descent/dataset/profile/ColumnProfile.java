package dev.descent.dataset.profile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.PackedNumbers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a column.
 *
 * @param missing the number of empty cells
 * @param distinct the number of distinct values; exact up to {@value ColumnProfiler#EXACT_DISTINCT}, then within about
 *     2%
 * @param longest the length of the longest level; absent for numbers
 * @param min a number, or an ISO date for dates; absent for levels, as are the next five
 * @param whole whether all numbers are integers
 * @param std sample standard deviation (divided by n − 1); also absent for numbers beyond about 1e154, whose squares
 *     are infinite
 * @param quantiles by share; exact for a few thousand rows, then within about 0.1% of the rows
 * @param top the most frequent levels; absent for numbers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnProfile(
        @Name("name") String name,
        @Name("type") ColumnType type,
        @Name("missing") long missing,
        @Name("distinct") long distinct,
        @Name("longest") @Nullable Integer longest,
        @Name("min") @Nullable Object min,
        @Name("max") @Nullable Object max,
        @Name("whole") @Nullable Boolean whole,
        @Name("mean") @Nullable Double mean,
        @Name("std") @Nullable Double std,
        @Name("quantiles") @Nullable Map<String, Double> quantiles,
        @Name("top") @Nullable List<LevelCount> top,
        @Name("warnings") List<String> warnings) {

    /** Whether it is numeric and all its values are integers. */
    @JsonIgnore
    public boolean onlyWhole() {
        return Boolean.TRUE.equals(whole);
    }

    /** Whether {@link #distinct} was counted rather than estimated. */
    @JsonIgnore
    public boolean countedDistinct() {
        return distinct <= ColumnProfiler.EXACT_DISTINCT;
    }

    /** Every level with its count; null for numbers, and if only some levels are known. */
    @JsonIgnore
    public @Nullable List<LevelCount> allLevels() {
        return top != null && top.size() == distinct ? top : null;
    }

    /** A lower bound on the number of distinct values: the exact count, or the estimate minus five standard errors. */
    @JsonIgnore
    public long leastDistinct() {
        return countedDistinct() ? distinct : (long) (distinct * (1 - ESTIMATE_ERROR));
    }

    /** An upper bound on the number of distinct values. */
    @JsonIgnore
    public long mostDistinct() {
        return countedDistinct() ? distinct : (long) Math.ceil(distinct * (1 + ESTIMATE_ERROR));
    }

    /**
     * An upper bound on the heap that this many rows occupy once they are read.
     *
     * @param fileBytes an upper bound on the total size of the column's text
     */
    public long heapBytes(long rows, long fileBytes) {
        if (!type.isNumber()) {
            long levels = Math.min(rows, mostDistinct());
            int characters = longest == null ? USUAL_CHARACTERS : longest;
            return Column.Levels.heapBytes(rows, levels, Math.min(fileBytes, levels * characters));
        }
        if (type == ColumnType.DATETIME) {
            return (onlyWhole() ? Float.BYTES : Double.BYTES) * rows;
        }
        int width = min instanceof Number least && max instanceof Number most
                ? PackedNumbers.widthOf(least.doubleValue(), most.doubleValue(), onlyWhole(), missing > 0)
                : PackedNumbers.widthOf(0, 0, true, missing > 0);
        return width * rows;
    }

    private static final double ESTIMATE_ERROR = 0.05;

    /** Used for profiles of earlier versions, which did not record the longest level. */
    private static final int USUAL_CHARACTERS = 16;

    /** The frequency of a level. */
    public record LevelCount(
            @Name("value") String value, @Name("count") long count) {}
}
