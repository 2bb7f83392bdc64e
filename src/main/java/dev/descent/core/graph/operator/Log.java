package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The natural logarithm y = ln x; ∂y/∂x = 1 / x.
 *
 * <p>Source: NIST Digital Library of Mathematical Functions, section 4.7(i).
 */
@Name("log")
final class Log extends UnaryNode {

    Log(Node x) {
        super(x);
    }

    @Override
    double forward(double x) {
        return Math.log(x);
    }

    @Override
    double localGradient(double x, double y) {
        return 1 / x;
    }
}
