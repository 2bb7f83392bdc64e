package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The logistic function y = 1 / (1 + e⁻ˣ); ∂y/∂x = y (1 − y).
 *
 * <p>Source: Saitoh, "Deep Learning from Scratch" (2016), section 5.5.2.
 */
@Name("sigmoid")
final class Sigmoid extends UnaryNode {

    Sigmoid(Node x) {
        super(x);
    }

    @Override
    double forward(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Override
    double localGradient(double x, double y) {
        return y * (1 - y);
    }
}
