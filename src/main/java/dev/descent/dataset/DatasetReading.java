package dev.descent.dataset;

import dev.descent.core.Name;
import dev.descent.dataset.format.ColumnReading;
import java.util.List;
import java.util.Map;

/**
 * How the cells of a dataset were read. Kept with every model that is made from it, so that rows to predict are read by
 * the same rules, for as long as the model lives.
 *
 * @param missingValues the texts that mean an empty cell
 * @param columns how single columns are read, as far as they have rules of their own
 */
public record DatasetReading(
        @Name("missing_values") List<String> missingValues,
        @Name("columns") Map<String, ColumnReading> columns) {

    /** Of models that were stored before theirs was kept. */
    public static final DatasetReading DEFAULT = new DatasetReading(UploadOptions.DEFAULT_MISSING_VALUES, Map.of());

    public DatasetReading {
        missingValues = List.copyOf(missingValues);
        columns = Map.copyOf(columns);
    }
}
