package dev.descent.dataset;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.data.ColumnType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client may declare about an upload; the rest is inferred.
 *
 * @param delimiter one of , ; tab |
 * @param header false if the first line is data; columns are then named column_1, column_2 …
 * @param missingValues strings that mean an empty cell
 * @param columns options for single columns
 */
record UploadOptions(
        @Name("name") @Nullable @Bounds(min = 1, max = 200) String name,

        @Name("description") @Nullable @Bounds(min = 0, max = 2_000)
        String description,

        @Name("delimiter") @Nullable @Bounds(min = 1, max = 1)
        String delimiter,

        @Name("header") boolean header,
        @Name("missing_values") @Bounds(min = 0, max = 20) List<String> missingValues,
        @Name("columns") ColumnTypes columns) {

    static final List<String> DEFAULT_MISSING_VALUES = List.of("", "NA");

    static final UploadOptions DEFAULT =
            new UploadOptions(null, null, null, true, DEFAULT_MISSING_VALUES, new ColumnTypes(Map.of()));

    /** Types by column name. The name is stored in the fingerprints of uploads with a key, so it stays as it is. */
    record ColumnTypes(@Name("byName") Map<String, ColumnType> byName) {}

    /** Options for one column. */
    record ColumnOptions(@Name("type") ColumnType type) {}
}
