package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The opposite y = −x; ∂y/∂x = −1.
 *
 * <p>Source: NIST Digital Library of Mathematical Functions, section 1.4(iii).
 */
@Name("negate")
final class Negate extends UnaryNode {

    Negate(Node x) {
        super(x);
    }

    @Override
    double forward(double x) {
        return -x;
    }

    @Override
    double localGradient(double x, double y) {
        return -1;
    }
}
