package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The sum y = a + b; ∂y/∂a = 1 and ∂y/∂b = 1: the gradient passes unchanged to both.
 *
 * <p>Source: Saitoh, "Deep Learning from Scratch" (2016), section 5.4.2.
 */
@Name("add")
final class Add extends BinaryNode {

    Add(Node a, Node b) {
        super(a, b);
    }

    @Override
    double forward(double a, double b) {
        return a + b;
    }

    @Override
    double localGradientA(double a, double b, double y) {
        return 1;
    }

    @Override
    double localGradientB(double a, double b, double y) {
        return 1;
    }
}
