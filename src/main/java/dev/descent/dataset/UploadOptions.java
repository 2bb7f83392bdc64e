package dev.descent.dataset;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.data.CellRules;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.format.HeaderLine;
import dev.descent.dataset.format.LayoutOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client may declare about an upload; the rest is found out.
 *
 * @param layout where the cells are
 * @param cells how they are written in all columns but those that say otherwise
 */
record UploadOptions(General general, LayoutOptions layout, CellRules cells) {

    static final List<String> DEFAULT_MISSING_VALUES = General.DEFAULT_MISSING_VALUES;

    static final UploadOptions DEFAULT = new UploadOptions(General.DEFAULT, LayoutOptions.DEFAULT, CellRules.DEFAULT);

    /**
     * What is declared whatever the format.
     *
     * @param missingValues strings that mean an empty cell
     * @param columns options for single columns
     */
    record General(
            @Name("name") @Nullable @Bounds(min = 1, max = 200)
            String name,

            @Name("description") @Nullable @Bounds(min = 0, max = 2_000)
            String description,

            @Name("missing_values") @Bounds(min = 0, max = 20)
            List<String> missingValues,

            @Name("columns") Columns columns) {

        private static final List<String> DEFAULT_MISSING_VALUES = List.of("", "NA");

        static final General DEFAULT = new General(null, null, DEFAULT_MISSING_VALUES, new Columns(Map.of()));
    }

    /** Options by column name. */
    record Columns(@Name("by_name") Map<String, ColumnOptions> byName) {}

    /** Options for one column. */
    record ColumnOptions(
            @Name("type") @Nullable ColumnType type,
            @Name("cells") CellRules cells) {}

    @Nullable
    String name() {
        return general.name();
    }

    @Nullable
    String description() {
        return general.description();
    }

    List<String> missingValues() {
        return general.missingValues();
    }

    /** The declared types by column name. */
    Map<String, ColumnType> types() {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        general.columns().byName().forEach((name, column) -> {
            if (column.type() != null) {
                types.put(name, column.type());
            }
        });
        return types;
    }

    /** How the cells of columns are written, where it is declared for the column itself. */
    Map<String, CellRules> cellsByColumn() {
        Map<String, CellRules> rules = new LinkedHashMap<>();
        general.columns().byName().forEach((name, column) -> {
            if (!column.cells().equals(cells)) {
                rules.put(name, column.cells());
            }
        });
        return rules;
    }

    /** The columns that something is declared about. */
    List<String> columns() {
        return List.copyOf(general.columns().byName().keySet());
    }

    /**
     * What distinguishes uploads of the same file, in the form that is stored in the fingerprints of those with a key:
     * what could be declared at first, by the same names, and the rest only where it is declared.
     */
    List<Object> fingerprint() {
        First first = new First(
                name(),
                description(),
                layout.delimiter(),
                layout.header() != HeaderLine.ABSENT,
                missingValues(),
                new Types(types()));
        LayoutOptions known = new LayoutOptions(
                layout.delimiter(),
                LayoutOptions.DEFAULT.quote(),
                LayoutOptions.DEFAULT.escape(),
                LayoutOptions.DEFAULT.comment(),
                layout.header() == HeaderLine.AUTO ? HeaderLine.PRESENT : layout.header(),
                null,
                LayoutOptions.DEFAULT.ragged(),
                LayoutOptions.DEFAULT.duplicateNames());
        boolean isMore = !layout.equals(known)
                || !cells.equals(CellRules.DEFAULT)
                || !cellsByColumn().isEmpty();
        return isMore ? List.of(first, layout, cells, cellsByColumn()) : List.of(first);
    }

    private record First(
            @Name("name") @Nullable String name,
            @Name("description") @Nullable String description,
            @Name("delimiter") @Nullable String delimiter,
            @Name("header") boolean header,
            @Name("missing_values") List<String> missingValues,
            @Name("columns") Types columns) {}

    private record Types(@Name("byName") Map<String, ColumnType> byName) {}
}
