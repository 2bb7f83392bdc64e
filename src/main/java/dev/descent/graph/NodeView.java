package dev.descent.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.core.graph.Graph;
import dev.descent.core.graph.Node;
import dev.descent.core.graph.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of an evaluated graph: its {@code value} from the forward pass, and its {@code gradient} (of the result with
 * respect to this value) from the backward pass.
 */
sealed interface NodeView {

    /** A number literal of the expression. */
    record OfConstant(
            @Name("id") int id,
            @Name("op") String op,
            @Name("value") @Nullable Double value) implements NodeView {}

    /** @param warnings why a number is null */
    record OfVariable(
            @Name("id") int id,
            @Name("op") String op,
            @Name("name") String name,
            @Name("value") @Nullable Double value,
            @Name("gradient") @Nullable Double gradient,

            @Name("warnings") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<String> warnings)
            implements NodeView {}

    /**
     * An operation.
     *
     * @param inputs ids
     * @param localGradients of the node's value with respect to each input, in order; null for a constant
     * @param warnings why a number is null, or which gradient was chosen at a kink
     */
    record OfOperation(
            @Name("id") int id,
            @Name("op") String op,
            @Name("inputs") List<Integer> inputs,
            @Name("value") @Nullable Double value,
            @Name("local_gradients") List<@Nullable Double> localGradients,
            @Name("gradient") @Nullable Double gradient,

            @Name("warnings") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<String> warnings)
            implements NodeView {}

    static NodeView of(Graph graph, Node node, List<String> warnings) {
        int id = graph.id(node);
        Double value = GraphAnswer.finite(node.value());
        Double gradient = GraphAnswer.finite(node.gradient());
        if (!node.hasGradient()) {
            return new OfConstant(id, node.op(), value);
        }
        if (node instanceof Variable variable) {
            return new OfVariable(id, node.op(), variable.name(), value, gradient, warnings);
        }
        List<Integer> inputs = node.inputs().stream().map(graph::id).toList();
        return new OfOperation(id, node.op(), inputs, value, localGradients(node), gradient, warnings);
    }

    private static List<@Nullable Double> localGradients(Node node) {
        List<@Nullable Double> gradients = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            gradients.add(node.inputs().get(i).hasGradient() ? GraphAnswer.finite(node.localGradient(i)) : null);
        }
        return gradients;
    }
}
