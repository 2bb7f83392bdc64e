package dev.descent.core.nn.layer;

import dev.descent.core.math.Buffer;
import dev.descent.core.math.Matrix;
import java.util.random.RandomGenerator;

/**
 * Inverted dropout at rate p. In training: y = x m / (1 − p) with each m 0 with probability p, else 1, drawn for each
 * pass; so the expected output equals the input, and evaluation needs no scaling: there y = x. ∂y/∂x = m / (1 − p).
 *
 * <p>Source: Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting" (2014).
 */
final class Dropout implements Layer {

    private final double rate;
    private final int node;
    private final Buffer output;
    private final Buffer scales;
    private final Buffer gradient;
    private boolean active;
    private Matrix mask;

    Dropout(LayerContext context, double rate) {
        this.rate = rate;
        this.node = context.node();
        this.output = context.buffer("output");
        this.scales = context.buffer("scales");
        this.gradient = context.buffer("gradient");
        this.mask = scales.rows(0);
    }

    @Override
    public Matrix forward(Pass pass, Matrix... inputs) {
        Matrix x = inputs[0];
        active = pass.isTraining() && rate > 0;
        if (!active) {
            return x;
        }
        RandomGenerator random = pass.randomOfNode().apply(node);
        mask = scales.rows(x.rows());
        Matrix y = output.rows(x.rows());
        double kept = 1 / (1 - rate);
        for (int i = 0; i < x.size(); i++) {
            double scale = random.nextDouble() < rate ? 0 : kept;
            mask.set(i, scale);
            y.set(i, scale * x.get(i));
        }
        return y;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        if (!active) {
            return new Matrix[] {outputGradient};
        }
        Matrix dx = gradient.rows(mask.rows());
        for (int i = 0; i < dx.size(); i++) {
            dx.set(i, mask.get(i) * outputGradient.get(i));
        }
        return new Matrix[] {dx};
    }
}
