package dev.descent.core.nn;

/**
 * Adaptive moment estimation: m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; p ← p − η m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 −
 * β₂ᵗ).
 *
 * <p>Source: Kingma, Ba, "Adam: A Method for Stochastic Optimization" (2015), algorithm 1.
 */
final class Adam extends Optimizer {

    private final OptimizerSpec.AdamSpec spec;

    Adam(Parameters parameters, OptimizerSpec.AdamSpec spec) {
        super(parameters, 2);
        this.spec = spec;
    }

    @Override
    void step(Matrix p, Matrix g, long t) {
        Matrix m = moments().get(0);
        Matrix v = moments().get(1);
        double beta1 = spec.beta1();
        double beta2 = spec.beta2();
        double epsilon = spec.epsilon();
        double rate = spec.learningRate() / (1 - Math.pow(beta1, t));
        double unbias = 1 / (1 - Math.pow(beta2, t));
        for (int i = 0; i < p.size(); i++) {
            double gradient = g.get(i);
            double first = beta1 * m.get(i) + (1 - beta1) * gradient;
            double second = beta2 * v.get(i) + (1 - beta2) * gradient * gradient;
            m.set(i, first);
            v.set(i, second);
            p.set(i, p.get(i) - rate * first / (Math.sqrt(second * unbias) + epsilon));
        }
    }
}
