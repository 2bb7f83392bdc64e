package dev.descent.core.nn;

import java.nio.FloatBuffer;

/**
 * Stochastic gradient descent: p ← p − η g; with momentum μ: v ← μ v + g; p ← p − η v; by Nesterov's rule: v ← μ v + g; p ← p − η (g + μ v).
 *
 * <p>Sources: Polyak, "Some methods of speeding up the convergence of iteration methods" (1964); Sutskever et al., "On the importance of initialization
 * and momentum in deep learning" (2013). This form of momentum is PyTorch's.
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
    void step(Matrix p, Matrix g, double learningRate, long t) {
        FloatBuffer values = p.floats();
        FloatBuffer gradients = g.floats();
        if (values != null && gradients != null) {
            step(values, gradients, learningRate);
            return;
        }
        if (momentum == 0) {
            for (int i = 0; i < p.size(); i++) {
                p.set(i, p.get(i) - learningRate * g.get(i));
            }
            return;
        }
        Matrix v = moments().get(0);
        for (int i = 0; i < p.size(); i++) {
            double velocity = momentum * v.get(i) + g.get(i);
            double direction = nesterov ? g.get(i) + momentum * velocity : velocity;
            v.set(i, velocity);
            p.set(i, p.get(i) - learningRate * direction);
        }
    }

    private void step(FloatBuffer p, FloatBuffer g, double learningRate) {
        FloatBuffer v = momentum == 0 ? null : moments().get(0).floats();
        if (v == null) {
            blocks().addScaled(p, -learningRate, g);
        } else {
            blocks().momentumStep(p, v, g, learningRate, momentum, nesterov);
        }
    }
}
