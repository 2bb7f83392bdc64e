package dev.descent.core.nn.loss;

/**
 * Mean absolute error: ℓ = |o − t|; ∂ℓ/∂o = sign(o − t), 0 where they are equal. Less sensitive to outliers than the
 * squared error.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.2.1.2.
 */
final class MeanAbsoluteError extends ElementwiseLoss {

    @Override
    double value(double o, double t) {
        return Math.abs(o - t);
    }

    @Override
    double slope(double o, double t) {
        return Math.signum(o - t);
    }

    @Override
    double bestConstant(WeightedTargets targets, int column) {
        return targets.median(column);
    }
}
