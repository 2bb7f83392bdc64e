package dev.descent.core.nn.loss;

/**
 * Huber loss with threshold d = {@code delta}, quadratic near the target and linear away from it: with e = o − t, ℓ = ½
 * e² where |e| &lt; d, else d (|e| − ½ d); ∂ℓ/∂o = e where |e| &lt; d, else d sign(e).
 *
 * <p>Source: Huber, "Robust Estimation of a Location Parameter" (1964).
 */
final class Huber extends ElementwiseLoss {

    private final double delta;

    Huber(double delta) {
        this.delta = delta;
    }

    @Override
    double value(double o, double t) {
        double e = Math.abs(o - t);
        return e < delta ? e * e / 2 : delta * (e - delta / 2);
    }

    @Override
    double slope(double o, double t) {
        return Math.max(-delta, Math.min(delta, o - t));
    }

    @Override
    double bestConstant(WeightedTargets targets, int column) {
        return targets.balance(column, this);
    }
}
