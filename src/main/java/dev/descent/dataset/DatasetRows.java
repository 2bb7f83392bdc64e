package dev.descent.dataset;

import dev.descent.core.Name;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a dataset.
 *
 * @param data by column name: numbers as numbers, everything else as strings, null where missing
 * @param total the number of rows in the whole dataset
 */
record DatasetRows(
        @Name("object") String object,
        @Name("columns") List<String> columns,
        @Name("data") List<Map<String, @Nullable Object>> data,
        @Name("total") long total) {}
