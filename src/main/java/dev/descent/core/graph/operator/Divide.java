package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The quotient y = a / b; ∂y/∂a = 1 / b and ∂y/∂b = −a / b² = −y / b. The last form is used, because b² can underflow
 * where b does not.
 *
 * <p>Source: NIST Digital Library of Mathematical Functions, section 1.4(iii) (quotient rule).
 */
@Name("divide")
final class Divide extends BinaryNode {

    Divide(Node a, Node b) {
        super(a, b);
    }

    @Override
    double forward(double a, double b) {
        return a / b;
    }

    @Override
    double localGradientA(double a, double b, double y) {
        return 1 / b;
    }

    @Override
    double localGradientB(double a, double b, double y) {
        return -y / b;
    }
}
