package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The square root y = √x; ∂y/∂x = 1 / (2 √x) = 1 / (2 y), infinite at 0.
 *
 * <p>Source: NIST Digital Library of Mathematical Functions, section 4.7(ii) (powers).
 */
@Name("sqrt")
final class Sqrt extends UnaryNode {

    Sqrt(Node x) {
        super(x);
    }

    @Override
    double forward(double x) {
        return Math.sqrt(x);
    }

    @Override
    double localGradient(double x, double y) {
        return 1 / (2 * y);
    }
}
