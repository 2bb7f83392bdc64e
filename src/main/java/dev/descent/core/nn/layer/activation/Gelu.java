package dev.descent.core.nn.layer.activation;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * The Gaussian error linear unit, element by element: y = x Φ(x) with the standard normal distribution function Φ(x) =
 * ½ (1 + erf(x / √2)), computed exactly, not with the tanh approximation; ∂y/∂x = Φ(x) + x φ(x) with the density φ(x) =
 * e^(−x²/2) / √(2π).
 *
 * <p>Source: Hendrycks, Gimpel, "Gaussian Error Linear Units" (2016).
 */
public final class Gelu implements Activation {

    private static double distribution(double x) {
        return 0.5 * Erfc.value(-x / Math.sqrt(2));
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    @Override
    public void forward(Kernels kernels, int from, int to, Matrix x, Matrix y) {
        for (int i = from; i < to; i++) {
            y.set(i, x.get(i) * distribution(x.get(i)));
        }
    }

    @Override
    public void backward(Kernels kernels, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx) {
        for (int i = from; i < to; i++) {
            dx.set(i, dy.get(i) * (distribution(x.get(i)) + x.get(i) * density(x.get(i))));
        }
    }
}
