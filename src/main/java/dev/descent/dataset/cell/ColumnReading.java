package dev.descent.dataset.cell;

import dev.descent.core.Name;
import dev.descent.core.data.ColumnType;
import java.util.Collection;
import java.util.List;

/**
 * How the cells of a column are read, wherever they come from: decided once, from the whole file, and the same for rows,
 * training and prediction.
 *
 * @param missingValues texts that mean an empty cell in this column, on top of those of the dataset: the
 *     {@linkplain MissingMarkers markers} that its file has among numbers or dates, without surrounding white space and
 *     in lower case
 * @param doubtful whether its numbers may be codes, because as numbers they would not be what is written: some have
 *     leading zeros, or two spellings, or are too large to be exact
 */
public record ColumnReading(
        @Name("type") ColumnType type,
        @Name("missing_values") List<String> missingValues,
        @Name("doubtful") boolean doubtful) {

    public ColumnReading {
        missingValues = List.copyOf(missingValues);
    }

    /** Without anything special. */
    public static ColumnReading of(ColumnType type) {
        return new ColumnReading(type, List.of(), false);
    }

    public static ColumnReading of(ColumnType type, Collection<String> markers, boolean doubtful) {
        return new ColumnReading(
                type,
                markers.stream()
                        .map(MissingMarkers::normalized)
                        .distinct()
                        .sorted()
                        .toList(),
                doubtful);
    }

    /** Whether a cell means an empty one, although it is none of the dataset's missing values. */
    public boolean isMissing(String text) {
        return !missingValues.isEmpty() && missingValues.contains(MissingMarkers.normalized(text));
    }
}
