package dev.descent.core.graph;

import dev.descent.core.Name;

/** A named input of the graph: its value is given, and its gradient is the result of the backward pass. */
@Name("variable")
public final class Variable extends Node {

    private final String name;
    private double given = Double.NaN;

    Variable(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    void set(double number) {
        given = number;
    }

    @Override
    protected double computeValue() {
        return given;
    }

    @Override
    protected double[] computeLocalGradients() {
        return new double[0];
    }
}
