package dev.descent.core.nn.layer;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;

/**
 * The leaky rectified linear unit with slope s, element by element: y = x where x &gt; 0, else s x; ∂y/∂x = 1 where x
 * &gt; 0, else s.
 *
 * <p>Source: Maas, Hannun, Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models" (2013).
 */
final class LeakyRelu extends ElementwiseLayer {

    private final double negativeSlope;

    LeakyRelu(LayerContext context, double negativeSlope) {
        super(context, ThreadTeam.LIGHT);
        this.negativeSlope = negativeSlope;
    }

    @Override
    void forward(Kernels kernels, int from, int to, Matrix x, Matrix y) {
        for (int i = from; i < to; i++) {
            y.set(i, x.get(i) > 0 ? x.get(i) : negativeSlope * x.get(i));
        }
    }

    @Override
    void backward(Kernels kernels, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx) {
        for (int i = from; i < to; i++) {
            dx.set(i, x.get(i) > 0 ? dy.get(i) : negativeSlope * dy.get(i));
        }
    }
}
