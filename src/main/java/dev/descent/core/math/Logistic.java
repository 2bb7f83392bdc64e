package dev.descent.core.math;

/** The logistic function, 1 / (1 + e⁻ˣ), which turns logits into probabilities. */
public final class Logistic {

    private Logistic() {}

    public static double of(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
