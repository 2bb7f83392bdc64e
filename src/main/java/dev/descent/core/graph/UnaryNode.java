package dev.descent.core.graph;

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
    final double computeValue() {
        return forward(x());
    }

    @Override
    final double[] computeLocalGradients() {
        return new double[] {localGradient(x(), value())};
    }
}
