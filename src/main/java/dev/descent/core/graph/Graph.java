package dev.descent.core.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A computational graph with one result r. Both passes are loops over the nodes in computing order, so that a deep
 * graph cannot overflow the stack.
 *
 * <p>Source of the backward pass, reverse accumulation: Baydin, Pearlmutter, Radul, Siskind, "Automatic differentiation
 * in machine learning: a survey" (2018), section 3.2.
 *
 * <p>Belongs to one thread: the nodes keep the values and gradients of the last passes.
 */
public final class Graph {

    private final List<Node> nodes;
    private final Map<String, Variable> variables;
    private final Map<Node, Integer> ids = new HashMap<>();

    /** @param nodes each after its inputs; the last one is the result */
    Graph(List<Node> nodes, Map<String, Variable> variables) {
        this.nodes = List.copyOf(nodes);
        this.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        for (Node node : nodes) {
            ids.put(node, ids.size());
        }
    }

    /** @throws InvalidExpressionException where the expression has a fault or is too large */
    public static Graph parse(String expression) {
        return Parser.parse(expression);
    }

    /** Puts values in and takes the result out. */
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

    /** After {@code forward}: computes ∂r/∂y for every node y, beginning with ∂r/∂r = 1. */
    public void backward() {
        nodes.forEach(node -> node.startGradient(0));
        result().startGradient(1);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).backward();
        }
    }

    /** All nodes, each after its inputs. */
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

    /** In the order in which the expression names them first. */
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

    /** The nodes that take this one as an input. */
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
