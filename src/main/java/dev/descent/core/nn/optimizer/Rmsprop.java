package dev.descent.core.nn.optimizer;

import dev.descent.core.math.Matrix;
import dev.descent.core.nn.parameter.Parameters;

/**
 * Divides by the running root mean square: s ← α s + (1 − α) g²; p ← p − η g / (√s + ε).
 *
 * <p>Source: Tieleman, Hinton, "Lecture 6.5 — rmsprop", Neural Networks for Machine Learning (2012).
 */
final class Rmsprop extends Optimizer {

    private final OptimizerSpec.RmspropSpec spec;

    Rmsprop(Parameters parameters, GradientRules rules, OptimizerSpec.RmspropSpec spec) {
        super(parameters, rules, spec.momentCount());
        this.spec = spec;
    }

    @Override
    void step(Matrix p, Matrix g, double learningRate, long t) {
        Matrix s = moments().get(0);
        double alpha = spec.alpha();
        double epsilon = spec.epsilon();
        each((kernels, from, to) -> {
            for (int i = from; i < to; i++) {
                double gradient = g.get(i);
                double square = alpha * s.get(i) + (1 - alpha) * gradient * gradient;
                s.set(i, square);
                p.set(i, p.get(i) - learningRate * gradient / (Math.sqrt(square) + epsilon));
            }
        });
    }
}
