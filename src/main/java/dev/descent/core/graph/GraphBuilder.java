package dev.descent.core.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the nodes of a graph. Equal subexpressions share one node. */
public final class GraphBuilder {

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Object, Node> known = new HashMap<>();
    private final Map<String, Variable> variables = new LinkedHashMap<>();

    /** Two operations are the same if these are equal; a node is equal only to itself. */
    private record Application(String op, List<Node> inputs) {}

    public int size() {
        return nodes.size();
    }

    public Node constant(double number) {
        return add(number, new Constant(number));
    }

    public Node variable(String name) {
        Variable variable = variables.computeIfAbsent(name, Variable::new);
        return add(name, variable);
    }

    /** Adds an operation whose inputs have already been added. */
    public Node operation(Node operation) {
        return add(new Application(operation.op(), operation.inputs()), operation);
    }

    private Node add(Object identity, Node node) {
        Node same = known.putIfAbsent(identity, node);
        if (same != null) {
            return same;
        }
        nodes.add(node);
        return node;
    }

    public Graph build() {
        return new Graph(nodes, variables);
    }
}
