package dev.descent.core.nn.layer.activation;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Logistic;
import dev.descent.core.math.Matrix;

/**
 * The logistic function, element by element: y = 1 / (1 + e⁻ˣ); ∂y/∂x = y (1 − y).
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 3.10.
 */
public final class Sigmoid implements Activation {

    @Override
    public void forward(Kernels kernels, int from, int to, Matrix x, Matrix y) {
        for (int i = from; i < to; i++) {
            y.set(i, Logistic.of(x.get(i)));
        }
    }

    @Override
    public void backward(Kernels kernels, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx) {
        for (int i = from; i < to; i++) {
            dx.set(i, dy.get(i) * y.get(i) * (1 - y.get(i)));
        }
    }
}
