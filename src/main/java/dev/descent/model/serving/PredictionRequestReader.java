package dev.descent.model.serving;

import dev.descent.core.Count;
import dev.descent.core.Excerpt;
import dev.descent.core.data.Table;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.Quote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;

/**
 * Builds the table to predict from a request and reports everything in it that does not fit the model's inputs. Null is
 * an empty cell. A missing or additional column is an error, because it is more often a mistake than intended.
 */
final class PredictionRequestReader {

    static final int MAX_ROWS = 100_000;

    private static final Set<String> FIELDS = Set.of("rows", "dataframe_split", "explain_inputs", "extra_columns");

    private final ModelInputs inputs;
    private final Violations violations = new Violations();
    private ExtraColumns extra = ExtraColumns.REJECT;

    PredictionRequestReader(ModelInputs inputs) {
        this.inputs = inputs;
    }

    /** {@code {"rows": [{…}]}} or {@code {"dataframe_split": {"columns": […], "data": [[…]]}}}. */
    Table read(JsonNode body) {
        Table table = null;
        boolean hasRows = body.has("rows");
        if (!body.isObject() || hasRows == body.has("dataframe_split")) {
            violations.add("#", "The body must have either rows or dataframe_split");
        } else {
            for (String field : body.propertyNames()) {
                if (!FIELDS.contains(field)) {
                    violations.add(
                            () -> Violation.pointerTo("#", field),
                            () -> "%s is not known here; accepted: rows, dataframe_split, explain_inputs, extra_columns"
                                    .formatted(Quote.text(field)));
                }
            }
            JsonNode explain = body.path("explain_inputs");
            if (!explain.isMissingNode() && !explain.isBoolean()) {
                violations.add(
                        "#/explain_inputs",
                        "explain_inputs is %s; accepted: true or false".formatted(Quote.of(explain)));
            }
            JsonNode others = body.path("extra_columns");
            if (!others.isMissingNode()) {
                extra = ExtraColumns.read(
                        others.isString() ? others.asString() : others.toString(), "#/extra_columns", violations);
            }
            table = hasRows ? rows(body.get("rows")) : dataframe(body.get("dataframe_split"));
        }
        violations.throwIfAny();
        if (table == null) {
            throw new IllegalStateException("A request without a fault is complete");
        }
        return table;
    }

    private Table rows(JsonNode rows) {
        if (!isListOfRows(rows, "#/rows")) {
            return none();
        }
        for (int i = 0; i < rows.size(); i++) {
            int number = i;
            JsonNode row = rows.get(i);
            String pointer = "#/rows/" + i;
            if (row.isObject()) {
                check(row.propertyNames(), pointer);
            } else {
                violations.add(
                        () -> pointer,
                        () -> "Row %d is %s; accepted: an object with a field per column"
                                .formatted(number, Quote.of(row)));
            }
        }
        return table(
                rows.size(),
                name -> row -> rows.get(row).path(name),
                name -> row -> Violation.pointerTo("#/rows/" + row, name));
    }

    private Table dataframe(JsonNode frame) {
        JsonNode names = frame.path("columns");
        JsonNode data = frame.path("data");
        if (!names.isArray()) {
            violations.add("#/dataframe_split/columns", "columns must be an array of names");
            return none();
        }
        if (!isListOfRows(data, "#/dataframe_split/data")) {
            return none();
        }
        List<String> columns = new ArrayList<>();
        names.forEach(name -> columns.add(name.isString() ? name.asString() : name.toString()));
        check(columns, "#/dataframe_split/columns");
        Map<String, Integer> indices = indices(columns);
        for (int i = 0; i < data.size(); i++) {
            if (data.get(i).size() != columns.size() || !data.get(i).isArray()) {
                violations.add(
                        "#/dataframe_split/data/" + i,
                        "Row %d has %s; accepted: an array of %d, one per column"
                                .formatted(i, Count.of(data.get(i).size(), "value"), columns.size()));
            }
        }
        return table(
                data.size(),
                name -> row -> data.get(row).path(indices.getOrDefault(name, -1)),
                name -> row -> "#/dataframe_split/data/%d/%d".formatted(row, indices.getOrDefault(name, -1)));
    }

    private static Map<String, Integer> indices(List<String> names) {
        Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            indices.putIfAbsent(names.get(i), i);
        }
        return indices;
    }

    private boolean isListOfRows(JsonNode rows, String pointer) {
        if (!rows.isArray() || rows.isEmpty() || rows.size() > MAX_ROWS) {
            violations.add(
                    pointer,
                    rows.isArray()
                            ? "There are %d rows; accepted: 1 to %d".formatted(rows.size(), MAX_ROWS)
                            : "rows must be an array");
            return false;
        }
        return true;
    }

    private static Table none() {
        return new Table(List.of(), 0);
    }

    private void check(Collection<String> names, String pointer) {
        inputs.check(names, extra, "send null", pointer, violations);
    }

    private Table table(
            int rows, Function<String, IntFunction<JsonNode>> cells, Function<String, IntFunction<String>> pointers) {
        if (!violations.isEmpty()) {
            return none();
        }
        List<InputColumn> columns = inputs.columns(rows);
        for (InputColumn column : columns) {
            IntFunction<JsonNode> cellOf = cells.apply(column.name());
            for (int row = 0; row < rows; row++) {
                JsonNode cell = cellOf.apply(row);
                if (!column.set(row, cell)) {
                    int at = row;
                    violations.add(
                            () -> pointers.apply(column.name()).apply(at),
                            () -> "%s is %s; accepted: %s or null"
                                    .formatted(Excerpt.of(column.name()), Quote.of(cell), column.accepted()));
                }
            }
        }
        return new Table(columns.stream().map(InputColumn::column).toList(), rows);
    }
}
