package dev.descent.dataset.format;

import dev.descent.core.Name;
import dev.descent.core.data.CellReader;
import dev.descent.core.data.CellRules;
import dev.descent.store.StoredFormat;
import java.util.Map;

/**
 * How a file is read, stored with its dataset: where its cells are, and what they say.
 *
 * @param cells of all columns but those of the next map
 * @param columns by name
 */
public record ReadingRules(
        @Name("layout") FileLayout layout,
        @Name("cells") CellRules cells,
        @Name("columns") Map<String, CellRules> columns) {

    /** Its stored form. */
    public static final StoredFormat FORMAT = new StoredFormat("reading of a dataset", 1);

    /** As files were read before there was more to declare. */
    public static ReadingRules of(char delimiter, boolean header) {
        return new ReadingRules(FileLayout.of(delimiter, header), CellRules.DEFAULT, Map.of());
    }

    public CellRules of(String column) {
        return columns.getOrDefault(column, cells);
    }

    public CellReader reader(String column) {
        return CellReader.of(of(column));
    }
}
