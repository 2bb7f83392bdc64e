package dev.descent.core.graph;

import dev.descent.core.Name;

/** A literal number in the expression. It cannot change, so it needs no gradient. */
@Name("constant")
final class Constant extends Node {

    private final double number;

    Constant(double number) {
        this.number = number;
    }

    @Override
    protected double computeValue() {
        return number;
    }

    @Override
    protected double[] computeLocalGradients() {
        return new double[0];
    }

    @Override
    public boolean hasGradient() {
        return false;
    }
}
