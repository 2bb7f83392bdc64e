package dev.descent.core.graph;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gradients computed without the chain rule, as a check on the backward pass: the central difference ∂r/∂x ≈ (r(x + h)
 * − r(x − h)) / 2h.
 *
 * <p>Its error has one term that grows with h², from the curvature of r, and one that grows with 1 / h, from rounding.
 * h = ∛ε |x| balances the two (ε = 2⁻⁵², the precision of a double); below |x| = 0.01 it shrinks no further, because
 * rounding would dominate.
 *
 * <p>Source: Press, Teukolsky, Vetterling, Flannery, "Numerical Recipes" (3rd edition, 2007), section 5.7.
 */
public final class NumericGradients {

    private static final double RELATIVE_STEP = Math.cbrt(Math.ulp(1.0));
    private static final double SMALLEST_SCALE = 0.01;

    private NumericGradients() {}

    /**
     * One gradient per variable; not finite if the result is not finite at that point and on both sides. Finishes with
     * a forward pass for the given values.
     */
    public static Map<String, Double> of(Graph graph, Map<String, Double> values) {
        Map<String, Double> shifted = new HashMap<>(values);
        Map<String, Double> gradients = new LinkedHashMap<>();
        for (String name : graph.variableNames()) {
            double x = values.getOrDefault(name, Double.NaN);
            double step = step(x);
            shifted.put(name, x + step);
            double above = graph.forward(shifted);
            shifted.put(name, x - step);
            double below = graph.forward(shifted);
            shifted.put(name, x);
            // Not 2h: x + h and x − h are rounded, and this is their actual distance.
            gradients.put(name, (above - below) / ((x + step) - (x - step)));
        }
        if (!Double.isFinite(graph.forward(values))) {
            // As at the pole of 1 / x, which has values on both sides.
            gradients.replaceAll((name, gradient) -> Double.NaN);
        }
        return gradients;
    }

    static double step(double x) {
        return RELATIVE_STEP * Math.max(Math.abs(x), SMALLEST_SCALE);
    }
}
