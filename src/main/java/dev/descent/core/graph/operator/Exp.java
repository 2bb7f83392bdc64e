package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The exponential function y = eˣ; ∂y/∂x = eˣ = y.
 *
 * <p>Source: NIST Digital Library of Mathematical Functions, section 4.7(ii).
 */
@Name("exp")
final class Exp extends UnaryNode {

    Exp(Node x) {
        super(x);
    }

    @Override
    double forward(double x) {
        return Math.exp(x);
    }

    @Override
    double localGradient(double x, double y) {
        return y;
    }
}
