package dev.descent.model.serving;

import dev.descent.core.Count;
import dev.descent.core.Excerpt;
import dev.descent.core.data.Cell;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.Table;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.Quote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Builds the table to predict from a request and reports everything in it that does not fit the model's inputs. Null is
 * an empty cell. A missing or additional column is an error, because it is more often a mistake than intended.
 */
final class PredictionRequestReader {

    static final int MAX_ROWS = 100_000;

    private final List<ColumnEncoder> inputs;
    private final Set<String> expected;
    private final Violations violations = new Violations();

    PredictionRequestReader(List<ColumnEncoder> inputs) {
        this.inputs = inputs;
        this.expected = inputs.stream().map(ColumnEncoder::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** {@code {"rows": [{…}]}} or {@code {"dataframe_split": {"columns": […], "data": [[…]]}}}. */
    Table read(JsonNode body) {
        Table table = null;
        boolean hasRows = body.has("rows");
        if (!body.isObject() || hasRows == body.has("dataframe_split")) {
            violations.add("#", "The body must have either rows or dataframe_split");
        } else {
            for (String field : body.propertyNames()) {
                if (!Set.of("rows", "dataframe_split", "explain_inputs").contains(field)) {
                    violations.add(
                            () -> Violation.pointerTo("#", field),
                            () -> "%s is not known here; accepted: rows, dataframe_split, explain_inputs"
                                    .formatted(Quote.text(field)));
                }
            }
            JsonNode explain = body.path("explain_inputs");
            if (!explain.isMissingNode() && !explain.isBoolean()) {
                violations.add(
                        "#/explain_inputs",
                        "explain_inputs is %s; accepted: true or false".formatted(Quote.of(explain)));
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
                checkNames(row.propertyNames(), pointer);
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
        checkNames(columns, "#/dataframe_split/columns");
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

    /**
     * Cells as strings, as in CSV: an empty one is missing.
     *
     * @param before the number of rows before these
     */
    Table read(List<String> names, List<List<String>> rows, int before, Set<String> missingValues) {
        checkNames(names, "#");
        if (rows.isEmpty()) {
            violations.add("#", "There are 0 rows; accepted: at least 1");
        }
        violations.throwIfAny();
        Map<String, Integer> indices = indices(names);
        List<Column> columns = new ArrayList<>();
        for (ColumnEncoder input : inputs) {
            int index = indices.getOrDefault(input.name(), -1);
            ColumnBuilder builder = new ColumnBuilder(input, rows.size());
            for (int row = 0; row < rows.size(); row++) {
                String text = rows.get(row).get(index);
                if (missingValues.contains(text)) {
                    builder.addMissing(row);
                } else if (!builder.add(row, text)) {
                    violations.add(
                            "#",
                            "Row %d has %s in column %s; accepted: %s"
                                    .formatted(
                                            before + row + 1,
                                            Quote.text(text),
                                            Quote.text(input.name()),
                                            builder.accepted()));
                }
            }
            columns.add(builder.column());
        }
        violations.throwIfAny();
        return new Table(columns, rows.size());
    }

    private void checkNames(Collection<String> names, String pointer) {
        Set<String> given = new HashSet<>(names);
        expected.stream()
                .filter(name -> !given.contains(name))
                .forEach(name -> violations.add(
                        () -> pointer,
                        () -> "Column %s is missing; send null where its value is not known"
                                .formatted(Quote.text(name))));
        given.stream()
                .filter(name -> !expected.contains(name))
                .sorted()
                .forEach(name -> violations.add(
                        () -> pointer,
                        () -> "Column %s is not an input of this model; accepted: %s"
                                .formatted(Quote.text(name), Excerpt.of(expected, "columns"))));
        if (given.size() < names.size()) {
            violations.add(pointer, "A column stands there twice");
        }
    }

    private Table table(
            int rows, Function<String, IntFunction<JsonNode>> cells, Function<String, IntFunction<String>> pointers) {
        if (!violations.isEmpty()) {
            return none();
        }
        List<Column> columns = new ArrayList<>();
        for (ColumnEncoder input : inputs) {
            ColumnBuilder builder = new ColumnBuilder(input, rows);
            IntFunction<JsonNode> cellOf = cells.apply(input.name());
            for (int row = 0; row < rows; row++) {
                JsonNode cell = cellOf.apply(row);
                if (cell.isNull()) {
                    builder.addMissing(row);
                } else if (!builder.add(row, cell)) {
                    int at = row;
                    violations.add(
                            () -> pointers.apply(input.name()).apply(at),
                            () -> "%s is %s; accepted: %s or null"
                                    .formatted(Excerpt.of(input.name()), Quote.of(cell), builder.accepted()));
                }
            }
            columns.add(builder.column());
        }
        return new Table(columns, rows);
    }

    /** Fills one column cell by cell. */
    private static final class ColumnBuilder {

        private final ColumnEncoder input;
        private final double[] numbers;
        private final int[] codes;
        private final List<String> levels = new ArrayList<>();
        private final Map<String, Integer> known = new HashMap<>();

        ColumnBuilder(ColumnEncoder input, int rows) {
            this.input = input;
            boolean isNumber = input.columnType().isNumber();
            this.numbers = new double[isNumber ? rows : 0];
            this.codes = new int[isNumber ? 0 : rows];
        }

        String accepted() {
            return switch (input.columnType()) {
                case NUMERIC -> "a number";
                case DATETIME -> "an ISO 8601 date or date-time";
                case BOOLEAN -> "a string, true or false";
                default -> "a string";
            };
        }

        void addMissing(int row) {
            if (input.columnType().isNumber()) {
                numbers[row] = Double.NaN;
            } else {
                codes[row] = -1;
            }
        }

        boolean add(int row, JsonNode cell) {
            return switch (input.columnType()) {
                case NUMERIC -> set(row, cell.doubleValue(Double.NaN));
                case DATETIME -> cell.isString() && set(row, Cell.day(cell.asString()));
                case BOOLEAN -> (cell.isBoolean() || cell.isString()) && set(row, cell.asString());
                default -> cell.isString() && set(row, cell.asString());
            };
        }

        boolean add(int row, String cell) {
            return input.columnType().isNumber() ? set(row, Cell.value(input.columnType(), cell)) : set(row, cell);
        }

        private boolean set(int row, double number) {
            numbers[row] = number;
            return Double.isFinite(number);
        }

        private boolean set(int row, String level) {
            codes[row] = known.computeIfAbsent(level, unseen -> {
                levels.add(unseen);
                return levels.size() - 1;
            });
            return true;
        }

        Column column() {
            return input.columnType().isNumber()
                    ? new Column.Numbers(input.name(), input.columnType(), numbers)
                    : new Column.Levels(input.name(), input.columnType(), levels, codes);
        }
    }
}
