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
    private final Crew crew;
    private Matrix input;

    Dense(LayerContext context, LayerSpec.DenseSpec spec) {
        int in = context.inputWidth();
        int units = spec.units();
        this.weight = context.parameter("weight", Parameter.Kind.WEIGHT, in, units);
        this.bias = spec.bias() ? context.parameter("bias", Parameter.Kind.BIAS, 1, units) : null;
        this.initializer = spec.initializer();
        this.crew = context.crew();
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
        if (bias == null) {
            crew.multiply(1, input, false, weight.value(), false, 0, y);
            return y;
        }
        Matrix b = bias.value();
        crew.each(y.rows(), Math.max(1, Crew.LIGHT / y.columns()), (blocks, from, to) -> {
            for (int row = from; row < to; row++) {
                y.copyRow(b, 0, row);
            }
        });
        crew.multiply(1, input, false, weight.value(), false, 1, y);
        return y;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Matrix[] inputGradients = inputGradientWanted ? new Matrix[] {inputGradient(outputGradient)} : NONE;
        // Only now: this may change the weights already.
        weight.takeGradient(input, outputGradient);
        if (bias != null) {
            sumColumns(outputGradient, bias.gradient());
        }
        return inputGradients;
    }

    private Matrix inputGradient(Matrix outputGradient) {
        Matrix dx = inputGradient.rows(input.rows());
        crew.multiply(1, outputGradient, false, weight.value(), true, 0, dx);
        return dx;
    }

    private void sumColumns(Matrix g, Matrix sums) {
        FloatBuffer floats = g.floats();
        FloatBuffer floatSums = sums.floats();
        int grain = Math.max(64, Crew.LIGHT / Math.max(1, g.rows()));
        crew.each(g.columns(), grain, (blocks, from, to) -> {
            if (floats != null && floatSums != null) {
                blocks.sumColumns(from, to, floats, g.rows(), floatSums);
                return;
            }
            for (int column = from; column < to; column++) {
                double sum = 0;
                for (int row = 0; row < g.rows(); row++) {
                    sum += g.get(row, column);
                }
                sums.set(column, sum);
            }
        });
    }

    private static final Matrix[] NONE = {};

    @Override
    public void close() {
        output.close();
        inputGradient.close();
    }
}
