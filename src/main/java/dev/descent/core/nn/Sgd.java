package dev.descent.core.nn;

/**
 * Stochastic gradient descent: p ← p − η g; with momentum μ: v ← μ v + g; p ← p − η v.
 *
 * <p>Source: Polyak, "Some methods of speeding up the convergence of iteration methods" (1964); this form of momentum is PyTorch's.
 */
final class Sgd extends Optimizer {

    private final double learningRate;
    private final double momentum;

    Sgd(Parameters parameters, double learningRate, double momentum) {
        super(parameters, momentum == 0 ? 0 : 1);
        this.learningRate = learningRate;
        this.momentum = momentum;
    }

    @Override
    void step(Matrix p, Matrix g, long t) {
        if (momentum == 0) {
            for (int i = 0; i < p.size(); i++) {
                p.set(i, p.get(i) - learningRate * g.get(i));
            }
            return;
        }
        Matrix v = moments().get(0);
        for (int i = 0; i < p.size(); i++) {
            v.set(i, momentum * v.get(i) + g.get(i));
            p.set(i, p.get(i) - learningRate * v.get(i));
        }
    }
}
