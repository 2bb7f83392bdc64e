package dev.descent.core.nn;

/**
 * The hyperbolic tangent, element by element: y = tanh x; ∂y/∂x = 1 − y².
 *
 * <p>Source: LeCun et al., "Efficient BackProp" (1998), section 4.4.
 */
final class Tanh extends ElementwiseLayer {

    Tanh(LayerContext context) {
        super(context);
    }

    @Override
    void forward(Matrix x, Matrix y) {
        for (int i = 0; i < x.size(); i++) {
            y.set(i, Math.tanh(x.get(i)));
        }
    }

    @Override
    void backward(Matrix x, Matrix y, Matrix dy, Matrix dx) {
        for (int i = 0; i < y.size(); i++) {
            dx.set(i, dy.get(i) * (1 - y.get(i) * y.get(i)));
        }
    }
}
