package dev.descent.graph;

import dev.descent.core.graph.Graph;
import dev.descent.core.graph.parse.InvalidExpressionException;
import dev.descent.core.graph.parse.Parser;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.SpecReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Parses a request to evaluate a graph and reports everything that is wrong with it. */
final class GraphRequestReader {

    private final Violations violations;
    private @Nullable Graph graph;

    GraphRequestReader(Violations violations) {
        this.violations = violations;
    }

    /** @throws dev.descent.problem.ProblemException 422 with all violations */
    GraphRequest read(JsonNode body) {
        GraphRequest request = new SpecReader(violations)
                .with(Graph.class, this::expression)
                .with(GraphRequest.Values.class, GraphRequestReader::values)
                .read(body, GraphRequest.class, "#", null);
        // The names are checked even if the request is incomplete, so that one violation does not hide others.
        JsonNode values = body.path("values");
        if (graph != null && (values.isObject() || values.isNull() || values.isMissingNode())) {
            compareNames(graph.variableNames(), values);
        }
        violations.throwIfAny();
        if (request == null) {
            throw new IllegalStateException("A request without a fault is complete");
        }
        return request;
    }

    private @Nullable Graph expression(SpecReader reader, JsonNode node, String pointer, Violations violations) {
        if (!node.isString()) {
            violations.add(pointer, "expression is %.80s; accepted: a string such as \"(x + 1) * y\"".formatted(node));
            return null;
        }
        try {
            graph = Parser.parse(node.asString());
        } catch (InvalidExpressionException invalid) {
            violations.add(pointer, String.valueOf(invalid.getMessage()));
        }
        return graph;
    }

    private static GraphRequest.@Nullable Values values(
            SpecReader reader, JsonNode node, String pointer, Violations violations) {
        if (!node.isObject()) {
            violations.add(
                    pointer, "values is %.80s; accepted: an object with a number for each variable".formatted(node));
            return null;
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        node.properties().forEach(property -> {
            JsonNode number = property.getValue();
            // Without a default, an integer beyond the range of a double would throw an exception.
            double value = number.doubleValue(Double.NaN);
            if (Double.isFinite(value)) {
                numbers.put(property.getKey(), value);
            } else {
                violations.add(
                        Violation.pointerTo(pointer, property.getKey()),
                        "%.80s is %.80s; accepted: a finite number, up to %s"
                                .formatted(property.getKey(), number, Double.MAX_VALUE));
            }
        });
        return numbers.size() == node.size() ? new GraphRequest.Values(numbers) : null;
    }

    private void compareNames(Set<String> variables, JsonNode values) {
        for (String name : variables) {
            if (!values.has(name)) {
                violations.add(
                        Violation.pointerTo("#/values", name),
                        "%.80s has no value; the expression uses it as a variable".formatted(name));
            }
        }
        String accepted = variables.isEmpty() ? "none, it has no variables" : String.join(", ", variables);
        for (String name : values.propertyNames()) {
            if (!variables.contains(name)) {
                violations.add(
                        () -> Violation.pointerTo("#/values", name),
                        () -> "%.80s is not a variable of the expression; accepted: %.400s".formatted(name, accepted));
            }
        }
    }
}
