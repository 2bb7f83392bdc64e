package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The difference y = a − b; ∂y/∂a = 1 and ∂y/∂b = −1.
 *
 * <p>Source: NIST Digital Library of Mathematical Functions, section 1.4(iii).
 */
@Name("subtract")
final class Subtract extends BinaryNode {

    Subtract(Node a, Node b) {
        super(a, b);
    }

    @Override
    double forward(double a, double b) {
        return a - b;
    }

    @Override
    double localGradientA(double a, double b, double y) {
        return 1;
    }

    @Override
    double localGradientB(double a, double b, double y) {
        return -1;
    }
}
