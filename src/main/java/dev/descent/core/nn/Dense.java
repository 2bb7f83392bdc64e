package dev.descent.core.nn;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A fully connected layer: Y = X W + b.
 *
 * <table>
 * <caption>Shapes, for n examples</caption>
 * <tr><td>X</td><td>n × in</td></tr>
 * <tr><td>W, {@code weight}</td><td>in × units</td></tr>
 * <tr><td>b, {@code bias}</td><td>1 × units, added to every row; may be left out</td></tr>
 * <tr><td>Y</td><td>n × units</td></tr>
 * </table>
 *
 * With G = ∂loss/∂Y: ∂loss/∂W = Xᵀ G, ∂loss/∂b = the column sums of G, ∂loss/∂X = G Wᵀ. X is kept between the two calls.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.5.
 */
final class Dense implements Layer {

    private final Parameter weight;
    private final @Nullable Parameter bias;
    private final Initializer initializer;
    private final Buffer output;
    private final Buffer inputGradient;
    private final boolean inputGradientWanted;
    private final FloatBlocks blocks = new FloatBlocks();
    private Matrix input;

    Dense(LayerContext context, LayerSpec.DenseSpec spec) {
        int in = context.inputWidth();
        int units = spec.units();
        this.weight = context.parameter("weight", Parameter.Kind.WEIGHT, in, units);
        this.bias = spec.bias() ? context.parameter("bias", Parameter.Kind.BIAS, 1, units) : null;
        this.initializer = spec.initializer();
        this.output = context.buffer(units);
        this.inputGradient = context.buffer(in);
        this.inputGradientWanted = context.inputGradientWanted();
        this.input = weight.value();
    }

    /** Random weights, biases 0. */
    @Override
    public void initialise(RandomGenerator random) {
        Matrix w = weight.value();
        for (int place = 0; place < w.size(); place++) {
            w.set(place, initializer.draw(random, w.rows(), w.columns()));
        }
        if (bias != null) {
            bias.value().fill(0);
        }
    }

    /** Cuts the layer off from one of its inputs, until training says otherwise. */
    void silence(int inputColumn) {
        for (int unit = 0; unit < weight.value().columns(); unit++) {
            weight.value().set(inputColumn, unit, 0);
        }
    }

    @Override
    public Matrix forward(Pass pass, Matrix... inputs) {
        input = inputs[0];
        Matrix y = output.rows(input.rows());
        if (bias != null) {
            for (int row = 0; row < y.rows(); row++) {
                y.copyRow(bias.value(), 0, row);
            }
        }
        y.multiply(1, input, false, weight.value(), false, bias == null ? 0 : 1);
        return y;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        weight.gradient().multiply(1, input, true, outputGradient, false, 0);
        if (bias != null) {
            sumColumns(outputGradient, bias.gradient());
        }
        if (!inputGradientWanted) {
            return NONE;
        }
        Matrix dx = inputGradient.rows(input.rows());
        dx.multiply(1, outputGradient, false, weight.value(), true, 0);
        return new Matrix[] {dx};
    }

    private void sumColumns(Matrix g, Matrix sums) {
        FloatBuffer from = g.floats();
        FloatBuffer to = sums.floats();
        if (from != null && to != null) {
            blocks.sumColumns(from, g.rows(), to);
            return;
        }
        sums.fill(0);
        int columns = g.columns();
        for (int row = 0; row < g.rows(); row++) {
            int start = row * columns;
            for (int column = 0; column < columns; column++) {
                sums.set(column, sums.get(column) + g.get(start + column));
            }
        }
    }

    private static final Matrix[] NONE = {};

    @Override
    public void close() {
        output.close();
        inputGradient.close();
    }
}
