package dev.descent.core.nn.layer;

import dev.descent.core.math.Buffer;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.parameter.Parameter;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The common part of batch and layer normalization: y = x̂ γ + β by column, where x̂ is the normalized input, and γ
 * ({@code gamma}, initially 1) and β ({@code beta}, initially 0) are learnt. ∂loss/∂γ = Σ dy x̂ and ∂loss/∂β = Σ dy,
 * both over the rows.
 */
abstract class Normalization implements Layer {

    private final Parameter gamma;
    private final Parameter beta;
    private final Buffer output;
    private final Buffer normalized;
    private final Buffer gradient;
    private Matrix xHat;

    Normalization(LayerContext context) {
        int width = context.inputWidth();
        this.gamma = context.parameter("gamma", Parameter.Kind.SCALE, 1, width);
        this.beta = context.parameter("beta", Parameter.Kind.SHIFT, 1, width);
        this.output = context.buffer("output");
        this.normalized = context.buffer("normalized");
        this.gradient = context.buffer("gradient");
        this.xHat = normalized.rows(0);
    }

    static List<BufferSpec> buffers(Incoming in) {
        return List.of(
                BufferSpec.forward("output", in.width()),
                BufferSpec.forward("normalized", in.width()),
                BufferSpec.backward("gradient", in.width()));
    }

    @Override
    public void initialise(RandomGenerator random) {
        gamma.value().fill(1);
        beta.value().fill(0);
    }

    /** x̂ ← normalized x. */
    abstract void normalize(Pass pass, Matrix x, Matrix normalizedX);

    /** dx ← ∂loss/∂x from dx̂ = ∂loss/∂x̂, in the same memory. */
    abstract void denormalize(Matrix normalizedX, Matrix dx);

    @Override
    public final Matrix forward(Pass pass, Matrix... inputs) {
        Matrix x = inputs[0];
        xHat = normalized.rows(x.rows());
        normalize(pass, x, xHat);
        Matrix y = output.rows(x.rows());
        for (int row = 0; row < x.rows(); row++) {
            for (int k = 0; k < x.columns(); k++) {
                y.set(
                        row,
                        k,
                        xHat.get(row, k) * gamma.value().get(k) + beta.value().get(k));
            }
        }
        return y;
    }

    @Override
    public final Matrix[] backward(Matrix dy) {
        Matrix dGamma = gamma.gradient();
        Matrix dBeta = beta.gradient();
        dGamma.fill(0);
        dBeta.fill(0);
        Matrix dx = gradient.rows(dy.rows());
        for (int row = 0; row < dy.rows(); row++) {
            for (int k = 0; k < dy.columns(); k++) {
                double g = dy.get(row, k);
                dGamma.set(k, dGamma.get(k) + g * xHat.get(row, k));
                dBeta.set(k, dBeta.get(k) + g);
                dx.set(row, k, g * gamma.value().get(k));
            }
        }
        denormalize(xHat, dx);
        return new Matrix[] {dx};
    }
}
