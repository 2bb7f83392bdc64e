package dev.descent.core.nn.layer.activation;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Logistic;
import dev.descent.core.math.Matrix;

/**
 * The soft rectifier, element by element: y = ln(1 + eˣ), computed as max(x, 0) + ln(1 + e^−|x|), which never
 * overflows; ∂y/∂x = sigmoid(x).
 *
 * <p>Source: Dugas et al., "Incorporating Second-Order Functional Knowledge for Better Option Pricing" (2001).
 */
public final class Softplus implements Activation {

    @Override
    public void forward(Kernels kernels, int from, int to, Matrix x, Matrix y) {
        for (int i = from; i < to; i++) {
            y.set(i, Math.max(x.get(i), 0) + Math.log1p(Math.exp(-Math.abs(x.get(i)))));
        }
    }

    @Override
    public void backward(Kernels kernels, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx) {
        for (int i = from; i < to; i++) {
            dx.set(i, dy.get(i) * Logistic.of(x.get(i)));
        }
    }
}
