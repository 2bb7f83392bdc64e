package dev.descent.core.nn.optimizer;

import dev.descent.core.math.Matrix;
import dev.descent.core.nn.parameter.Parameters;

/**
 * Divides by the root of the sum of all past squares: s ← s + g²; p ← p − η g / (√s + ε).
 *
 * <p>Source: Duchi, Hazan, Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization"
 * (2011).
 */
final class Adagrad extends Optimizer {

    private final double epsilon;

    Adagrad(Parameters parameters, GradientRules rules, OptimizerSpec.AdagradSpec spec) {
        super(parameters, rules, spec.momentCount());
        this.epsilon = spec.epsilon();
    }

    @Override
    void step(Matrix p, Matrix g, double learningRate, long t) {
        Matrix s = moments().get(0);
        each((kernels, from, to) -> {
            for (int i = from; i < to; i++) {
                double gradient = g.get(i);
                double sum = s.get(i) + gradient * gradient;
                s.set(i, sum);
                p.set(i, p.get(i) - learningRate * gradient / (Math.sqrt(sum) + epsilon));
            }
        });
    }
}
