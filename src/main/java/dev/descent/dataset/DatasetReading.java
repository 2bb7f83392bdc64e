package dev.descent.dataset;

import dev.descent.core.Name;
import java.util.List;

/**
 * How the cells of a dataset were read. Kept with every model that is made from it, so that rows to predict are read by
 * the same rules, for as long as the model lives.
 *
 * @param missingValues the texts that mean an empty cell
 */
public record DatasetReading(@Name("missing_values") List<String> missingValues) {

    /** Of models that were stored before theirs was kept. */
    public static final DatasetReading DEFAULT = new DatasetReading(UploadOptions.DEFAULT_MISSING_VALUES);

    public DatasetReading {
        missingValues = List.copyOf(missingValues);
    }
}
