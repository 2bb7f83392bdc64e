package dev.descent.core.nn;

import java.nio.FloatBuffer;

/**
 * The rectified linear unit, element by element: y = max(x, 0); ∂y/∂x = 1 where x &gt; 0, else 0.
 *
 * <p>Source: Nair, Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines" (2010).
 */
final class Relu extends ElementwiseLayer {

    private final FloatBlocks blocks = new FloatBlocks();

    Relu(LayerContext context) {
        super(context);
    }

    @Override
    void forward(Matrix x, Matrix y) {
        FloatBuffer from = x.floats();
        FloatBuffer to = y.floats();
        if (from != null && to != null) {
            blocks.rectify(from, to);
            return;
        }
        for (int i = 0; i < x.size(); i++) {
            y.set(i, Math.max(x.get(i), 0));
        }
    }

    @Override
    void backward(Matrix x, Matrix y, Matrix dy, Matrix dx) {
        FloatBuffer inputs = x.floats();
        FloatBuffer from = dy.floats();
        FloatBuffer to = dx.floats();
        if (inputs != null && from != null && to != null) {
            blocks.rectifyGradient(inputs, from, to);
            return;
        }
        for (int i = 0; i < x.size(); i++) {
            dx.set(i, x.get(i) > 0 ? dy.get(i) : 0);
        }
    }
}
