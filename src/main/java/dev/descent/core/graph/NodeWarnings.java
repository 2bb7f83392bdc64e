package dev.descent.core.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Explains, after both passes, every non-finite number in a graph and every gradient that had to be chosen at a kink.
 */
public final class NodeWarnings {

    private final Graph graph;
    private final List<NodeWarning> warnings = new ArrayList<>();

    private NodeWarnings(Graph graph) {
        this.graph = graph;
    }

    /** In node order. */
    public static List<NodeWarning> of(Graph graph) {
        NodeWarnings warnings = new NodeWarnings(graph);
        graph.nodes().forEach(warnings::check);
        return warnings.warnings;
    }

    private void check(Node node) {
        if (node.isAtKink()) {
            add(node, "%s has no derivative here; %s is used".formatted(applied(node), node.localGradient(0)));
        }
        if (!node.hasValue()) {
            add(node, "The value is null: " + whyValue(node));
        }
        for (int i = 0; i < node.inputs().size(); i++) {
            if (node.inputs().get(i).hasGradient() && !Double.isFinite(node.localGradient(i))) {
                add(
                        node,
                        "The local gradient for input %d is null: %s"
                                .formatted(graph.id(node.inputs().get(i)), whyLocalGradient(node, i)));
            }
        }
        if (node.hasGradient() && !Double.isFinite(node.gradient())) {
            add(node, "The gradient is null: " + whyGradient(node));
        }
    }

    private String whyValue(Node node) {
        for (Node input : node.inputs()) {
            if (!input.hasValue()) {
                return "the value of node %d is not finite".formatted(graph.id(input));
            }
        }
        return "%s is %s".formatted(applied(node), named(node.value(), node));
    }

    private String whyLocalGradient(Node node, int input) {
        for (Node other : node.inputs()) {
            if (!other.hasValue()) {
                return "the value of node %d is not finite".formatted(graph.id(other));
            }
        }
        if (!node.hasValue()) {
            return applied(node) + " has no finite value";
        }
        return "the derivative of %s is %s".formatted(applied(node), named(node.localGradient(input), node));
    }

    private String whyGradient(Node node) {
        if (!node.hasValue()) {
            return "the node has no finite value";
        }
        for (Node user : graph.usersOf(node)) {
            if (!Double.isFinite(user.gradient())) {
                return "the gradient of node %d, which uses it, is not finite".formatted(graph.id(user));
            }
            for (int i = 0; i < user.inputs().size(); i++) {
                if (user.inputs().get(i).equals(node) && !Double.isFinite(user.localGradient(i))) {
                    return "the local gradient of node %d, which uses it, is not finite".formatted(graph.id(user));
                }
            }
        }
        return "it is " + tooLarge();
    }

    /** With finite inputs, the listed functions have their only pole at 0. */
    private static String named(double number, Node node) {
        if (Double.isNaN(number)) {
            return "not defined";
        }
        boolean atZero = node.inputs().stream().anyMatch(input -> input.value() == 0);
        return atZero ? "infinite" : tooLarge();
    }

    private static String tooLarge() {
        return "too large for a double (about 1.8e308)";
    }

    private static String applied(Node node) {
        return node.inputs().stream()
                .map(input -> Double.toString(input.value()))
                .collect(Collectors.joining(", ", node.op() + "(", ")"));
    }

    private void add(Node node, String detail) {
        warnings.add(new NodeWarning(graph.id(node), detail));
    }
}
