package dev.descent.core.nn.layer;

import dev.descent.core.math.Buffer;
import dev.descent.core.math.Matrix;

/**
 * The element-wise product of two inputs, as used in gates: y = a b; ∂y/∂a = b and ∂y/∂b = a. Both inputs are kept.
 *
 * <p>Source: Hochreiter, Schmidhuber, "Long Short-Term Memory" (1997), on multiplicative gate units.
 */
final class Multiply implements Layer {

    private final Buffer output;
    private final Buffer gradientA;
    private final Buffer gradientB;
    private Matrix a;
    private Matrix b;

    Multiply(LayerContext context) {
        this.output = context.buffer("output");
        this.gradientA = context.buffer("gradientA");
        this.gradientB = context.buffer("gradientB");
        this.a = output.rows(0);
        this.b = a;
    }

    @Override
    public Matrix forward(Pass pass, Matrix... inputs) {
        a = inputs[0];
        b = inputs[1];
        Matrix y = output.rows(a.rows());
        for (int i = 0; i < y.size(); i++) {
            y.set(i, a.get(i) * b.get(i));
        }
        return y;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Matrix da = gradientA.rows(a.rows());
        Matrix db = gradientB.rows(a.rows());
        for (int i = 0; i < outputGradient.size(); i++) {
            da.set(i, outputGradient.get(i) * b.get(i));
            db.set(i, outputGradient.get(i) * a.get(i));
        }
        return new Matrix[] {da, db};
    }
}
