package dev.descent.core.nn;

/**
 * The rectified linear unit, element by element: y = max(x, 0); ∂y/∂x = 1 where x &gt; 0, else 0.
 *
 * <p>Source: Nair, Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines" (2010).
 */
final class Relu extends ElementwiseLayer {

    Relu(LayerContext context) {
        super(context);
    }

    @Override
    void forward(Matrix x, Matrix y) {
        for (int i = 0; i < x.size(); i++) {
            y.set(i, Math.max(x.get(i), 0));
        }
    }

    @Override
    void backward(Matrix x, Matrix y, Matrix dy, Matrix dx) {
        for (int i = 0; i < x.size(); i++) {
            dx.set(i, x.get(i) > 0 ? dy.get(i) : 0);
        }
    }
}
