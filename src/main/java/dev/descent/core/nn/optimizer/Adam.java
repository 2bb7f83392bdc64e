package dev.descent.core.nn.optimizer;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.parameter.Parameters;

/**
 * Adaptive moment estimation: m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; p ← p − η m̂ / (√v̂ + ε), with m̂ = m / (1
 * − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ). With decoupled weight decay d (AdamW): p ← p (1 − η d) first.
 *
 * <p>Sources: Kingma, Ba, "Adam: A Method for Stochastic Optimization" (2015), algorithm 1; Loshchilov, Hutter,
 * "Decoupled Weight Decay Regularization" (2019), algorithm 2.
 */
final class Adam extends Optimizer {

    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double weightDecay;

    Adam(Parameters parameters, GradientRules rules, double beta1, double beta2, double epsilon, double weightDecay) {
        super(parameters, rules, 2);
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.weightDecay = weightDecay;
    }

    @Override
    void step(Matrix p, Matrix g, double learningRate, long t) {
        if (weightDecay > 0) {
            decay(1 - learningRate * weightDecay);
        }
        Matrix m = moments().get(0);
        Matrix v = moments().get(1);
        double rate = learningRate / (1 - Math.pow(beta1, (double) t));
        double unbias = 1 / (1 - Math.pow(beta2, (double) t));
        Kernels.AdamFactors factors = new Kernels.AdamFactors(beta1, beta2, rate, unbias, epsilon);
        each((kernels, from, to) -> kernels.adamStep(from, to, p, m, v, g, factors));
    }
}
