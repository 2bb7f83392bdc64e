package dev.descent.core.nn.layer.activation;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Logistic;
import dev.descent.core.math.Matrix;

/**
 * The self-gated unit, element by element, also called SiLU: y = x sigmoid(x); ∂y/∂x = s + y (1 − s) with s =
 * sigmoid(x).
 *
 * <p>Source: Ramachandran, Zoph, Le, "Searching for Activation Functions" (2017).
 */
public final class Swish implements Activation {

    @Override
    public void forward(Kernels kernels, int from, int to, Matrix x, Matrix y) {
        for (int i = from; i < to; i++) {
            y.set(i, x.get(i) * Logistic.of(x.get(i)));
        }
    }

    private static double slope(double x, double y) {
        double s = Logistic.of(x);
        return s + y * (1 - s);
    }

    @Override
    public void backward(Kernels kernels, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx) {
        for (int i = from; i < to; i++) {
            dx.set(i, dy.get(i) * slope(x.get(i), y.get(i)));
        }
    }
}
