package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The hyperbolic tangent y = tanh x; ∂y/∂x = 1 − y².
 *
 * <p>Source: NIST Digital Library of Mathematical Functions, section 4.34.
 */
@Name("tanh")
final class Tanh extends UnaryNode {

    Tanh(Node x) {
        super(x);
    }

    @Override
    double forward(double x) {
        return Math.tanh(x);
    }

    @Override
    double localGradient(double x, double y) {
        return 1 - y * y;
    }
}
