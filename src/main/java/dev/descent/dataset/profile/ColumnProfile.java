package dev.descent.dataset.profile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.PackedNumbers;
import dev.descent.dataset.cell.ColumnReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a column.
 *
 * @param missing the number of empty cells, and of those whose text means one
 * @param distinct the number of distinct values; exact up to {@value ColumnProfiler#EXACT_DISTINCT}, then within about
 *     2%
 * @param longest the length of the longest level; absent for numbers
 * @param min a number, or an RFC 3339 time for dates (up to version 2 of the profile an ISO date); absent for levels, as are the next five
 * @param whole whether all numbers are integers
 * @param std sample standard deviation (divided by n − 1); also absent for numbers beyond about 1e154, whose squares
 *     are infinite
 * @param quantiles by share; exact for a few thousand rows, then within about 0.1% of the rows
 * @param top the most frequent levels; absent for numbers
 * @param reading how its cells are read; null in profiles of earlier versions, which knew no rules beyond the type
 * @param misfits absent where all cells are numbers or dates, or hardly any, or where the client declared the type
 * @param spellings of numbers that are not all written as they would be printed; absent for levels
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
        @Name("reading") @Nullable ColumnReading reading,
        @Name("misfits") @Nullable Misfits misfits,
        @Name("spellings") @Nullable Spellings spellings,
        @Name("warnings") List<String> warnings) {

    /** Whether it is numeric and all its values are integers. */
    @JsonIgnore
    public boolean onlyWhole() {
        return Boolean.TRUE.equals(whole);
    }

    /** Whether its numbers may be codes, so that they are shown as they are written. */
    @JsonIgnore
    public boolean isDoubtful() {
        return reading != null && reading.doubtful();
    }

    /** Those warnings that say how its cells are read. */
    @JsonIgnore
    public List<String> warningsOfReading() {
        List<String> found = new ArrayList<>();
        if (misfits != null) {
            found.add(misfits.warning(type));
        }
        if (spellings != null && spellings.doubt() != null) {
            found.add(spellings.warning());
        }
        return found;
    }

    /** Whether it would be one of numbers, were it not for a few cells. */
    @JsonIgnore
    public boolean isNearlyNumeric() {
        return type != ColumnType.NUMERIC
                && misfits != null
                && misfits.expected() == ColumnType.NUMERIC
                && misfits.isNearlyAll();
    }

    /** The same column with its numbers as levels, each as it is written; itself if that makes no difference. */
    @JsonIgnore
    public ColumnProfile asWritten() {
        return spellings == null
                ? this
                : new ColumnProfile(
                        name,
                        ColumnType.CATEGORICAL,
                        missing,
                        spellings.distinct(),
                        spellings.longest(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        spellings.top(),
                        reading,
                        misfits,
                        null,
                        warnings);
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
