package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The rectifier y = max(x, 0); ∂y/∂x = 1 where x > 0, else 0. At the kink x = 0, where no derivative exists, 0 is used,
 * as PyTorch does.
 *
 * <p>Source: Saitoh, "Deep Learning from Scratch" (2016), section 5.5.1.
 */
@Name("relu")
final class Relu extends UnaryNode {

    Relu(Node x) {
        super(x);
    }

    @Override
    double forward(double x) {
        return Math.max(x, 0);
    }

    @Override
    double localGradient(double x, double y) {
        return x > 0 ? 1 : 0;
    }

    @Override
    protected boolean isAtKink() {
        return x() == 0;
    }
}
