package dev.descent.dataset;

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
 * What a column holds.
 *
 * @param missing the number of empty cells
 * @param distinct the number of distinct values; exact up to {@value ColumnProfiler#EXACT_DISTINCT}, then within some
 *     2%
 * @param longest the characters of the longest level; absent for numbers
 * @param min a number, or an ISO date for dates; absent for levels, as are the next five
 * @param whole whether all numbers are whole
 * @param std sample standard deviation (divided by n − 1); absent also for numbers beyond some 1e154, whose squares are
 *     infinite
 * @param quantiles by share; exact for a few thousand rows, then within some 0.1% of the rows
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

    /** Whether it is numeric and all of its values are whole. */
    @JsonIgnore
    public boolean onlyWhole() {
        return Boolean.TRUE.equals(whole);
    }

    /** Whether {@link #distinct} was counted, and not estimated. */
    @JsonIgnore
    public boolean countedDistinct() {
        return distinct <= ColumnProfiler.EXACT_DISTINCT;
    }

    /** Every level with its count; null where only some of them are known, and for numbers. */
    @JsonIgnore
    public @Nullable List<LevelCount> allLevels() {
        return top != null && top.size() == distinct ? top : null;
    }

    /**
     * The least distinct values that there are: those counted, or what the estimate says but for five of its standard
     * errors.
     */
    @JsonIgnore
    public long leastDistinct() {
        return countedDistinct() ? distinct : (long) (distinct * (1 - ESTIMATE_ERROR));
    }

    /** The most distinct values that there are. */
    @JsonIgnore
    public long mostDistinct() {
        return countedDistinct() ? distinct : (long) Math.ceil(distinct * (1 + ESTIMATE_ERROR));
    }

    /**
     * The heap that so many rows of it take once they are read, at most.
     *
     * @param fileBytes of all of its texts together, and more
     */
    long heapBytes(long rows, long fileBytes) {
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

    /** Where an earlier version did not measure the longest. */
    private static final int USUAL_CHARACTERS = 16;

    /** How often a level occurs. */
    public record LevelCount(
            @Name("value") String value, @Name("count") long count) {}
}
