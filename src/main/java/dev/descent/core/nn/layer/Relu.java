package dev.descent.core.nn.layer;

import dev.descent.core.math.FloatBlocks;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import java.nio.FloatBuffer;

/**
 * The rectified linear unit, element by element: y = max(x, 0); ∂y/∂x = 1 where x &gt; 0, else 0.
 *
 * <p>Source: Nair, Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines" (2010).
 */
final class Relu extends ElementwiseLayer {

    Relu(LayerContext context) {
        super(context, ThreadTeam.LIGHT);
    }

    @Override
    void forward(FloatBlocks blocks, int from, int to, Matrix x, Matrix y) {
        FloatBuffer inputs = x.floats();
        FloatBuffer outputs = y.floats();
        if (inputs != null && outputs != null) {
            blocks.rectify(from, to, inputs, outputs);
            return;
        }
        for (int i = from; i < to; i++) {
            y.set(i, Math.max(x.get(i), 0));
        }
    }

    @Override
    void backward(FloatBlocks blocks, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx) {
        FloatBuffer inputs = x.floats();
        FloatBuffer incoming = dy.floats();
        FloatBuffer outgoing = dx.floats();
        if (inputs != null && incoming != null && outgoing != null) {
            blocks.rectifyGradient(from, to, inputs, incoming, outgoing);
            return;
        }
        for (int i = from; i < to; i++) {
            dx.set(i, x.get(i) > 0 ? dy.get(i) : 0);
        }
    }
}
