package dev.descent.core.graph.operator;

import dev.descent.core.Name;
import dev.descent.core.graph.Node;

/**
 * The power y = aᵇ; ∂y/∂a = b aᵇ⁻¹ and ∂y/∂b = aᵇ ln a = y ln a.
 *
 * <p>Where the formulas take the form 0 · ∞, their limits are used: a⁰ = 1 for every a, so ∂y/∂a = 0 for b = 0; and 0ᵇ
 * = 0 for all b > 0, so ∂y/∂b = 0 there.
 *
 * <p>Source: NIST Digital Library of Mathematical Functions, section 4.7(ii).
 */
@Name("power")
final class Power extends BinaryNode {

    Power(Node a, Node b) {
        super(a, b);
    }

    @Override
    double forward(double a, double b) {
        return Math.pow(a, b);
    }

    @Override
    double localGradientA(double a, double b, double y) {
        return b == 0 ? 0 : b * Math.pow(a, b - 1);
    }

    @Override
    double localGradientB(double a, double b, double y) {
        return a == 0 && b > 0 ? 0 : y * Math.log(a);
    }
}
