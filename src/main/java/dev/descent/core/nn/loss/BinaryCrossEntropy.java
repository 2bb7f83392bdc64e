package dev.descent.core.nn.loss;

import dev.descent.core.math.Logistic;

/**
 * Binary cross-entropy from a logit, for targets from 0 to 1: ℓ = −t ln p − (1 − t) ln(1 − p) with p = sigmoid(o),
 * computed as max(o, 0) − o t + ln(1 + e^−|o|), so there is never a logarithm of 0; ∂ℓ/∂o = p − t.
 *
 * <p>Source: Bishop, "Pattern Recognition and Machine Learning" (2006), section 5.2.
 */
final class BinaryCrossEntropy extends ElementwiseLoss {

    @Override
    double value(double o, double t) {
        return Math.max(o, 0) - o * t + Math.log1p(Math.exp(-Math.abs(o)));
    }

    @Override
    double slope(double o, double t) {
        return Logistic.of(o) - t;
    }

    @Override
    double bestConstant(WeightedTargets targets, int column) {
        double share = Math.max(1e-12, Math.min(1 - 1e-12, targets.mean(column)));
        return Math.log(share / (1 - share));
    }
}
