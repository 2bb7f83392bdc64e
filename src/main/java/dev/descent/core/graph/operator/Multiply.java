package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The product y = a b; ∂y/∂a = b and ∂y/∂b = a: the gradient of each factor is the other factor.
 *
 * <p>Source: Saitoh, "Deep Learning from Scratch" (2016), section 5.4.1.
 */
@Name("multiply")
final class Multiply extends BinaryNode {

    Multiply(Node a, Node b) {
        super(a, b);
    }

    @Override
    double forward(double a, double b) {
        return a * b;
    }

    @Override
    double localGradientA(double a, double b, double y) {
        return b;
    }

    @Override
    double localGradientB(double a, double b, double y) {
        return a;
    }
}
