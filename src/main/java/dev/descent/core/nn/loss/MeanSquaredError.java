package dev.descent.core.nn.loss;

/**
 * Mean squared error: ℓ = (o − t)², so L = (1 / N) Σ (o − t)², the mean over all N elements of a batch; ∂ℓ/∂o = 2 (o −
 * t).
 *
 * <p>Source: Bishop, "Pattern Recognition and Machine Learning" (2006), section 5.2; the mean over the elements is
 * PyTorch's convention.
 */
final class MeanSquaredError extends ElementwiseLoss {

    @Override
    double value(double o, double t) {
        return (o - t) * (o - t);
    }

    @Override
    double slope(double o, double t) {
        return 2 * (o - t);
    }

    @Override
    double bestConstant(WeightedTargets targets, int column) {
        return targets.mean(column);
    }
}
