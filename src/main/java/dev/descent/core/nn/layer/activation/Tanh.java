package dev.descent.core.nn.layer.activation;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;

/**
 * The hyperbolic tangent, element by element: y = tanh x; ∂y/∂x = 1 − y².
 *
 * <p>Source: LeCun et al., "Efficient BackProp" (1998), section 4.4.
 */
public final class Tanh implements Activation {

    @Override
    public void forward(Kernels kernels, int from, int to, Matrix x, Matrix y) {
        for (int i = from; i < to; i++) {
            y.set(i, Math.tanh(x.get(i)));
        }
    }

    @Override
    public void backward(Kernels kernels, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx) {
        for (int i = from; i < to; i++) {
            dx.set(i, dy.get(i) * (1 - y.get(i) * y.get(i)));
        }
    }
}
