package dev.descent.dataset.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.profile.ColumnProfile.LevelCount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often the values of a column occur.
 *
 * @param missing the number of cells without a value
 * @param bins of numbers and dates, of equal width; null for levels
 * @param levels the most frequent ones; null for numbers and dates
 * @param others the number of cells with any other level; null for numbers and dates
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Histogram(
        @Name("object") String object,
        @Name("column") String column,
        @Name("type") ColumnType type,
        @Name("rows") long rows,
        @Name("missing") long missing,
        @Name("bins") @Nullable List<Bin> bins,
        @Name("levels") @Nullable List<LevelCount> levels,
        @Name("others") @Nullable Long others) {

    /**
     * An interval of values: numbers, or times according to RFC 3339.
     *
     * @param from inclusive
     * @param to exclusive, except for the last bin
     */
    public record Bin(
            @Name("from") Object from,
            @Name("to") Object to,
            @Name("count") long count) {}
}
