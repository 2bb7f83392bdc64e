package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The sine y = sin x; ∂y/∂x = cos x.
 *
 * <p>Source: NIST Digital Library of Mathematical Functions, section 4.20(i).
 */
@Name("sin")
final class Sin extends UnaryNode {

    Sin(Node x) {
        super(x);
    }

    @Override
    double forward(double x) {
        return Math.sin(x);
    }

    @Override
    double localGradient(double x, double y) {
        return Math.cos(x);
    }
}
