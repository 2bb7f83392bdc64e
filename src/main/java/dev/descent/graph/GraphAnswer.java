package dev.descent.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.descent.core.Name;
import dev.descent.core.graph.Graph;
import dev.descent.core.graph.NodeWarning;
import dev.descent.core.graph.NodeWarnings;
import dev.descent.core.graph.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An evaluated graph. A number that is not finite is null, and {@code warnings} says why.
 *
 * @param gradients of the result, by variable
 * @param nodes in topological order, inputs first; the last one is the result
 */
// Without this, Jackson would put unwrapped properties last.
@JsonPropertyOrder({"value", "gradients", "numeric_check", "nodes", "warnings"})
record GraphAnswer(
        @Name("value") @Nullable Double value,
        @Name("gradients") Map<String, @Nullable Double> gradients,

        @Name("numeric_check") @JsonInclude(JsonInclude.Include.NON_NULL) @JsonUnwrapped @Nullable
        NumericCheck numericCheck,

        @Name("nodes") List<NodeView> nodes,
        @Name("warnings") List<NodeWarning> warnings) {

    /**
     * The gradients as central differences.
     *
     * @param largestDifference the maximum absolute difference from those of the backward pass; null if no pair of them
     *     is finite
     */
    record NumericCheck(
            @Name("numeric_gradients") Map<String, @Nullable Double> numericGradients,
            @Name("largest_difference") @Nullable Double largestDifference) {

        static NumericCheck of(Map<String, Double> gradients, Map<String, Double> numericGradients) {
            double largest = gradients.isEmpty() ? 0 : Double.NaN;
            for (Map.Entry<String, Double> gradient : gradients.entrySet()) {
                double difference = Math.abs(gradient.getValue() - of(numericGradients, gradient.getKey()));
                // Comparisons with NaN are false, so it replaces no number, and any number replaces it.
                largest = difference <= largest || !Double.isFinite(difference) ? largest : difference;
            }
            return new NumericCheck(finite(numericGradients), finite(largest));
        }

        /** Every variable has one. */
        private static double of(Map<String, Double> numericGradients, String variable) {
            return Objects.requireNonNull(numericGradients.get(variable), variable);
        }
    }

    static GraphAnswer of(Graph graph, @Nullable Map<String, Double> numericGradients) {
        List<NodeWarning> warnings = new ArrayList<>(NodeWarnings.of(graph));
        List<NodeView> nodes = graph.nodes().stream()
                .map(node -> NodeView.of(graph, node, detailsOf(graph.id(node), warnings)))
                .toList();
        NumericCheck check = null;
        if (numericGradients != null) {
            check = NumericCheck.of(graph.gradients(), numericGradients);
            warnings.addAll(numericWarnings(graph, numericGradients));
        }
        return new GraphAnswer(
                finite(graph.result().value()), finite(graph.gradients()), check, nodes, List.copyOf(warnings));
    }

    private static List<String> detailsOf(int node, List<NodeWarning> warnings) {
        return warnings.stream()
                .filter(warning -> warning.node() == node)
                .map(NodeWarning::detail)
                .toList();
    }

    private static List<NodeWarning> numericWarnings(Graph graph, Map<String, Double> numericGradients) {
        List<NodeWarning> warnings = new ArrayList<>();
        boolean hasResult = Double.isFinite(graph.result().value());
        for (Variable variable : graph.variables()) {
            if (!Double.isFinite(NumericCheck.of(numericGradients, variable.name()))) {
                warnings.add(new NodeWarning(
                        graph.id(variable),
                        hasResult
                                ? "The numeric gradient is null: the result is not finite a small step beside the value of "
                                        + variable.name()
                                : "The numeric gradient is null: the result is not finite"));
            }
        }
        return warnings;
    }

    private static Map<String, @Nullable Double> finite(Map<String, Double> numbers) {
        Map<String, @Nullable Double> finite = new LinkedHashMap<>();
        numbers.forEach((name, number) -> finite.put(name, finite(number)));
        return finite;
    }

    /** What JSON can represent; negative zero loses its sign, which would mean nothing to a reader. */
    static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number + 0.0 : null;
    }
}
