package dev.descent.core.nn.layer;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;

/**
 * The exponential linear unit with a = {@code alpha}, element by element: y = x where x &gt; 0, else a (eˣ − 1); ∂y/∂x
 * = 1 where x &gt; 0, else a eˣ = y + a.
 *
 * <p>Source: Clevert, Unterthiner, Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units"
 * (2016).
 */
final class Elu extends ElementwiseLayer {

    private final double alpha;

    Elu(LayerContext context, double alpha) {
        super(context, ThreadTeam.HEAVY);
        this.alpha = alpha;
    }

    @Override
    void forward(Kernels kernels, int from, int to, Matrix x, Matrix y) {
        for (int i = from; i < to; i++) {
            y.set(i, x.get(i) > 0 ? x.get(i) : alpha * Math.expm1(x.get(i)));
        }
    }

    @Override
    void backward(Kernels kernels, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx) {
        for (int i = from; i < to; i++) {
            dx.set(i, x.get(i) > 0 ? dy.get(i) : dy.get(i) * (y.get(i) + alpha));
        }
    }
}
