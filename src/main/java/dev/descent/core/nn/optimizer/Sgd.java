package dev.descent.core.nn.optimizer;

import dev.descent.core.math.Matrix;
import dev.descent.core.nn.parameter.Parameters;

/**
 * Stochastic gradient descent: p ← p − η g; with momentum μ: v ← μ v + g; p ← p − η v; with Nesterov's rule: v ← μ v +
 * g; p ← p − η (g + μ v).
 *
 * <p>Sources: Polyak, "Some methods of speeding up the convergence of iteration methods" (1964); Sutskever et al., "On
 * the importance of initialization and momentum in deep learning" (2013). The form of momentum is PyTorch's.
 */
final class Sgd extends Optimizer {

    private final double momentum;
    private final boolean nesterov;

    Sgd(Parameters parameters, GradientRules rules, OptimizerSpec.SgdSpec spec) {
        super(parameters, rules, spec.momentCount());
        this.momentum = spec.momentum();
        this.nesterov = spec.nesterov();
    }

    @Override
    boolean isPlain() {
        return momentum == 0;
    }

    @Override
    void step(Matrix p, Matrix g, double learningRate, long t) {
        if (momentum != 0) {
            Matrix v = moments().get(0);
            each((kernels, from, to) -> kernels.momentumStep(from, to, p, v, g, learningRate, momentum, nesterov));
        } else {
            each((kernels, from, to) -> kernels.addScaled(from, to, -learningRate, g, p));
        }
    }
}
