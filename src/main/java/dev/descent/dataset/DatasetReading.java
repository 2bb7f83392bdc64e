package dev.descent.dataset;

import dev.descent.core.Name;
import dev.descent.dataset.cell.ColumnReading;
import dev.descent.dataset.format.ReadingRules;
import java.util.List;
import java.util.Map;

/**
 * How the cells of a dataset were read. Kept with every model that is made from it, so that rows to predict are read by
 * the same rules, for as long as the model lives.
 *
 * @param missingValues the texts that mean an empty cell
 * @param columns how single columns are read, as far as they have rules of their own
 * @param rules what the client of the dataset declared, or was found out about its file
 */
public record DatasetReading(
        @Name("missing_values") List<String> missingValues,
        @Name("columns") Map<String, ColumnReading> columns,
        @Name("rules") ReadingRules rules) {

    /** Of models that were stored before theirs was kept. */
    public static final DatasetReading DEFAULT =
            new DatasetReading(UploadOptions.DEFAULT_MISSING_VALUES, Map.of(), ReadingRules.of(',', true));

    public DatasetReading {
        missingValues = List.copyOf(missingValues);
        columns = Map.copyOf(columns);
    }
}
