package dev.descent.graph;

import dev.descent.core.graph.Graph;
import dev.descent.core.graph.InvalidExpressionException;
import dev.descent.problem.Fault;
import dev.descent.problem.Faults;
import dev.descent.request.SpecReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a request to evaluate a graph, and finds everything in it that is wrong. */
final class EvaluationRequestReader {

    private final Faults faults;
    private @Nullable Graph graph;

    EvaluationRequestReader(Faults faults) {
        this.faults = faults;
    }

    /** @throws dev.descent.problem.ProblemException 422 with all faults */
    EvaluationRequest read(JsonNode body) {
        EvaluationRequest request = new SpecReader(faults)
                .with(Graph.class, this::expression)
                .with(EvaluationRequest.Values.class, EvaluationRequestReader::values)
                .read(body, EvaluationRequest.class, "#", null);
        // The names are compared even where the request is not complete, so that a fault elsewhere hides none of
        // theirs.
        JsonNode values = body.path("values");
        if (graph != null && (values.isObject() || values.isNull() || values.isMissingNode())) {
            compareNames(graph.variableNames(), values);
        }
        faults.throwIfAny();
        if (request == null) {
            throw new IllegalStateException("A request without a fault is complete");
        }
        return request;
    }

    private @Nullable Graph expression(SpecReader reader, JsonNode node, String pointer, Faults faults) {
        if (!node.isString()) {
            faults.add(pointer, "expression is %.80s; accepted: a text such as \"(x + 1) * y\"".formatted(node));
            return null;
        }
        try {
            graph = Graph.parse(node.asString());
        } catch (InvalidExpressionException invalid) {
            faults.add(pointer, String.valueOf(invalid.getMessage()));
        }
        return graph;
    }

    private static EvaluationRequest.@Nullable Values values(
            SpecReader reader, JsonNode node, String pointer, Faults faults) {
        if (!node.isObject()) {
            faults.add(pointer, "values is %.80s; accepted: an object with a number for each variable".formatted(node));
            return null;
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        node.properties().forEach(property -> {
            JsonNode number = property.getValue();
            // Without the default, an integer beyond the range of a double would be an exception.
            double value = number.doubleValue(Double.NaN);
            if (Double.isFinite(value)) {
                numbers.put(property.getKey(), value);
            } else {
                faults.add(
                        Fault.pointerTo(pointer, property.getKey()),
                        "%.80s is %.80s; accepted: a finite number, up to %s"
                                .formatted(property.getKey(), number, Double.MAX_VALUE));
            }
        });
        return numbers.size() == node.size() ? new EvaluationRequest.Values(numbers) : null;
    }

    private void compareNames(Set<String> variables, JsonNode values) {
        for (String name : variables) {
            if (!values.has(name)) {
                faults.add(
                        Fault.pointerTo("#/values", name),
                        "%.80s has no value; the expression uses it as a variable".formatted(name));
            }
        }
        String accepted = variables.isEmpty() ? "none, it has no variables" : String.join(", ", variables);
        for (String name : values.propertyNames()) {
            if (!variables.contains(name)) {
                faults.add(
                        Fault.pointerTo("#/values", name),
                        "%.80s is not a variable of the expression; accepted: %.400s".formatted(name, accepted));
            }
        }
    }
}
