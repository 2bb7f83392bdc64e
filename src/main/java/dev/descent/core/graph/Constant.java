package dev.descent.core.graph;

/** A number of the expression itself. It cannot change, so that no gradient is asked for it. */
final class Constant extends Node {

    private final double number;

    Constant(double number) {
        this.number = number;
    }

    @Override
    double computeValue() {
        return number;
    }

    @Override
    double[] computeLocalGradients() {
        return new double[0];
    }

    @Override
    public boolean hasGradient() {
        return false;
    }
}
