package dev.descent.core.nn.layer.activation;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;

/**
 * The leaky rectified linear unit with slope s, element by element: y = x where x &gt; 0, else s x; ∂y/∂x = 1 where x
 * &gt; 0, else s.
 *
 * <p>Source: Maas, Hannun, Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models" (2013).
 */
public final class LeakyRelu implements Activation {

    private final double negativeSlope;

    public LeakyRelu(double negativeSlope) {
        this.negativeSlope = negativeSlope;
    }

    @Override
    public int grain() {
        return ThreadTeam.LIGHT;
    }

    @Override
    public void forward(Kernels kernels, int from, int to, Matrix x, Matrix y) {
        for (int i = from; i < to; i++) {
            y.set(i, x.get(i) > 0 ? x.get(i) : negativeSlope * x.get(i));
        }
    }

    @Override
    public void backward(Kernels kernels, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx) {
        for (int i = from; i < to; i++) {
            dx.set(i, x.get(i) > 0 ? dy.get(i) : negativeSlope * dy.get(i));
        }
    }
}
