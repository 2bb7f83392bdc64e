package dev.descent.core.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A computational graph with one result r. Both passes loop over the nodes in topological order, so a deep graph cannot
 * overflow the stack.
 *
 * <p>Source of the backward pass, reverse accumulation: Baydin, Pearlmutter, Radul, Siskind, "Automatic differentiation
 * in machine learning: a survey" (2018), section 3.2.
 *
 * <p>Not thread-safe: the nodes hold the values and gradients of the last passes.
 */
public final class Graph {

    private final List<Node> nodes;
    private final Map<String, Variable> variables;
    private final Map<Node, Integer> ids = new HashMap<>();

    /** @param nodes in topological order, inputs first; the last one is the result */
    Graph(List<Node> nodes, Map<String, Variable> variables) {
        this.nodes = List.copyOf(nodes);
        this.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        for (Node node : nodes) {
            ids.put(node, ids.size());
        }
    }

    /** Assigns the variables and computes the result. */
    public double forward(Map<String, Double> values) {
        variables.forEach((name, variable) -> {
            Double value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("There is no value for " + name);
            }
            variable.set(value);
        });
        nodes.forEach(Node::forward);
        return result().value();
    }

    /** Computes ∂r/∂y for every node y, starting with ∂r/∂r = 1. Requires a preceding {@code forward}. */
    public void backward() {
        nodes.forEach(node -> node.startGradient(0));
        result().startGradient(1);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).backward();
        }
    }

    /** All nodes in topological order, inputs first. */
    public List<Node> nodes() {
        return nodes;
    }

    /** A node's index in {@link #nodes}. */
    public int id(Node node) {
        Integer id = ids.get(node);
        if (id == null) {
            throw new IllegalArgumentException("The node belongs to another graph");
        }
        return id;
    }

    public Node result() {
        return nodes.get(nodes.size() - 1);
    }

    /** In order of first appearance in the expression. */
    public List<Variable> variables() {
        return List.copyOf(variables.values());
    }

    public Set<String> variableNames() {
        return variables.keySet();
    }

    /** ∂r/∂x for each variable x. */
    public Map<String, Double> gradients() {
        Map<String, Double> gradients = new LinkedHashMap<>();
        variables.forEach((name, variable) -> gradients.put(name, variable.gradient()));
        return gradients;
    }

    /** The nodes that have this one as an input. */
    List<Node> usersOf(Node node) {
        List<Node> users = new ArrayList<>();
        for (Node other : nodes) {
            if (other.inputs().contains(node)) {
                users.add(other);
            }
        }
        return users;
    }
}
