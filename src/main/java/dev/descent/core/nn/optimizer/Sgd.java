package dev.descent.core.nn.optimizer;

import dev.descent.core.math.FloatBlocks;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.parameter.Parameters;
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
    boolean isPlain() {
        return momentum == 0;
    }

    @Override
    void step(Matrix p, Matrix g, double learningRate, long t) {
        if (momentum != 0) {
            each((blocks, from, to) -> momentumStep(blocks, from, to, p, g, learningRate));
        } else if (Double.isNaN(parameters().directRate())) {
            each((blocks, from, to) -> plainStep(blocks, from, to, p, g, learningRate));
        } else {
            parameters().list().stream()
                    .filter(parameter -> !parameter.isSteppedDirectly())
                    .forEach(parameter -> each(
                            parameter.value().size(),
                            (blocks, from, to) -> plainStep(
                                    blocks, from, to, parameter.value(), parameter.gradient(), learningRate)));
        }
    }

    private static void plainStep(FloatBlocks blocks, int from, int to, Matrix p, Matrix g, double learningRate) {
        FloatBuffer values = p.floats();
        FloatBuffer gradients = g.floats();
        if (values != null && gradients != null) {
            blocks.addScaled(from, to, values, -learningRate, gradients);
            return;
        }
        for (int i = from; i < to; i++) {
            p.set(i, p.get(i) - learningRate * g.get(i));
        }
    }

    private void momentumStep(FloatBlocks blocks, int from, int to, Matrix p, Matrix g, double learningRate) {
        Matrix v = moments().get(0);
        FloatBuffer values = p.floats();
        FloatBuffer gradients = g.floats();
        FloatBuffer velocities = v.floats();
        if (values != null && gradients != null && velocities != null) {
            blocks.momentumStep(from, to, values, velocities, gradients, learningRate, momentum, nesterov);
            return;
        }
        for (int i = from; i < to; i++) {
            double velocity = momentum * v.get(i) + g.get(i);
            double direction = nesterov ? g.get(i) + momentum * velocity : velocity;
            v.set(i, velocity);
            p.set(i, p.get(i) - learningRate * direction);
        }
    }
}
