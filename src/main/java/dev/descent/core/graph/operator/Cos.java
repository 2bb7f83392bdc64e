package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The cosine y = cos x; ∂y/∂x = −sin x.
 *
 * <p>Source: NIST Digital Library of Mathematical Functions, section 4.20(i).
 */
@Name("cos")
final class Cos extends UnaryNode {

    Cos(Node x) {
        super(x);
    }

    @Override
    double forward(double x) {
        return Math.cos(x);
    }

    @Override
    double localGradient(double x, double y) {
        return -Math.sin(x);
    }
}
