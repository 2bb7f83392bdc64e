package dev.descent.model.explain;

import dev.descent.core.data.Table;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.Quote;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code {"row": {…}}}: one row, with the cells of a row to predict. */
public final class ExplainRowRequest {

    private static final String ROW = "row";
    private static final String FIRST_OF_ROWS = "#/rows/0";

    private ExplainRowRequest() {}

    /** @throws ProblemException 422 with every violation */
    public static JsonNode row(JsonNode body) {
        Violations violations = new Violations();
        JsonNode row = body.path(ROW);
        if (!row.isObject()) {
            violations.add(
                    body.isObject() ? "#/" + ROW : "#",
                    row.isMissingNode()
                            ? "row is required: an object with a field per column"
                            : "row is %s; accepted: an object with a field per column".formatted(Quote.of(row)));
        }
        if (body.isObject()) {
            for (String field : body.propertyNames()) {
                if (!field.equals(ROW)) {
                    violations.add(
                            () -> Violation.pointerTo("#", field),
                            () -> "%s is not known here; accepted: row".formatted(Quote.text(field)));
                }
            }
        }
        violations.throwIfAny();
        return row;
    }

    /**
     * Reads a row as a prediction does.
     *
     * @param reader of a request to predict
     */
    public static Table read(JsonNode row, Function<JsonNode, Table> reader) {
        ObjectNode rows = JsonNodeFactory.instance.objectNode();
        rows.putArray("rows").add(row);
        try {
            return reader.apply(rows);
        } catch (ProblemException refused) {
            throw new ProblemException(
                    refused.problem(),
                    refused.detail(),
                    refused.errors().stream()
                            .map(error -> new Violation(pointer(error.pointer()), error.detail()))
                            .toList());
        }
    }

    private static String pointer(String ofRows) {
        return ofRows.startsWith(FIRST_OF_ROWS) ? "#/" + ROW + ofRows.substring(FIRST_OF_ROWS.length()) : ofRows;
    }
}
