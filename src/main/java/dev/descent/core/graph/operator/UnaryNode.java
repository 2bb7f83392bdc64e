package dev.descent.core.graph.operator;

import dev.descent.core.graph.Node;

/** y = f(x). */
abstract class UnaryNode extends Node {

    UnaryNode(Node x) {
        super(x);
    }

    /** f(x). */
    abstract double forward(double x);

    /** ∂y/∂x; y = f(x) is passed as well, because many local gradients are simplest in terms of it. */
    abstract double localGradient(double x, double y);

    final double x() {
        return inputs().get(0).value();
    }

    @Override
    protected final double computeValue() {
        return forward(x());
    }

    @Override
    protected final double[] computeLocalGradients() {
        return new double[] {localGradient(x(), value())};
    }
}
