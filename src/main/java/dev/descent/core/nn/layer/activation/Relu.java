package dev.descent.core.nn.layer.activation;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;

/**
 * The rectified linear unit, element by element: y = max(x, 0); ∂y/∂x = 1 where x &gt; 0, else 0.
 *
 * <p>Source: Nair, Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines" (2010).
 */
public final class Relu implements Activation {

    @Override
    public int grain() {
        return ThreadTeam.LIGHT;
    }

    @Override
    public void forward(Kernels kernels, int from, int to, Matrix x, Matrix y) {
        kernels.rectify(from, to, x, y);
    }

    @Override
    public void backward(Kernels kernels, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx) {
        kernels.rectifyGradient(from, to, x, dy, dx);
    }
}
