package dev.descent.core.nn.layer.activation;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;

/**
 * The exponential linear unit with a = {@code alpha}, element by element: y = x where x &gt; 0, else a (eˣ − 1); ∂y/∂x
 * = 1 where x &gt; 0, else a eˣ = y + a.
 *
 * <p>Source: Clevert, Unterthiner, Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units"
 * (2016).
 */
public final class Elu implements Activation {

    private final double alpha;

    public Elu(double alpha) {
        this.alpha = alpha;
    }

    @Override
    public void forward(Kernels kernels, int from, int to, Matrix x, Matrix y) {
        for (int i = from; i < to; i++) {
            y.set(i, x.get(i) > 0 ? x.get(i) : alpha * Math.expm1(x.get(i)));
        }
    }

    @Override
    public void backward(Kernels kernels, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx) {
        for (int i = from; i < to; i++) {
            dx.set(i, x.get(i) > 0 ? dy.get(i) : dy.get(i) * (y.get(i) + alpha));
        }
    }
}
