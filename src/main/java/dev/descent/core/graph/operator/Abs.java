package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The absolute value y = |x|; ∂y/∂x = 1 where x > 0, −1 where x < 0. At the kink x = 0, where no derivative exists, 0
 * is used, as PyTorch does: the middle of its subgradients.
 *
 * <p>Source: Boyd, Vandenberghe, "Subgradients" (Stanford EE364b notes, 2008), section 1.
 */
@Name("abs")
final class Abs extends UnaryNode {

    Abs(Node x) {
        super(x);
    }

    @Override
    double forward(double x) {
        return Math.abs(x);
    }

    @Override
    double localGradient(double x, double y) {
        return Math.signum(x);
    }

    @Override
    protected boolean isAtKink() {
        return x() == 0;
    }
}
