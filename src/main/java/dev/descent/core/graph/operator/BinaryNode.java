package dev.descent.core.graph.operator;

import dev.descent.core.graph.Node;

/** y = f(a, b). */
abstract class BinaryNode extends Node {

    BinaryNode(Node a, Node b) {
        super(a, b);
    }

    /** f(a, b). */
    abstract double forward(double a, double b);

    /** ∂y/∂a, where y = f(a, b). */
    abstract double localGradientA(double a, double b, double y);

    /** ∂y/∂b, where y = f(a, b). */
    abstract double localGradientB(double a, double b, double y);

    @Override
    protected final double computeValue() {
        return forward(inputs().get(0).value(), inputs().get(1).value());
    }

    @Override
    protected final double[] computeLocalGradients() {
        double a = inputs().get(0).value();
        double b = inputs().get(1).value();
        return new double[] {localGradientA(a, b, value()), localGradientB(a, b, value())};
    }
}
