package dev.descent.core.nn;

import java.util.random.RandomGenerator;

/**
 * A fully connected layer: Y = X W + b.
 *
 * <table>
 * <caption>Shapes, for n examples</caption>
 * <tr><td>X</td><td>n × in</td></tr>
 * <tr><td>W, {@code weight}</td><td>in × units</td></tr>
 * <tr><td>b, {@code bias}</td><td>1 × units, added to every row</td></tr>
 * <tr><td>Y</td><td>n × units</td></tr>
 * </table>
 *
 * With G = ∂loss/∂Y: ∂loss/∂W = Xᵀ G, ∂loss/∂b = the column sums of G, ∂loss/∂X = G Wᵀ. X is kept between the two calls.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.5.
 */
final class Dense implements Layer {

    private final Parameter weight;
    private final Parameter bias;
    private final Buffer output;
    private final Buffer inputGradient;
    private final boolean inputGradientWanted;
    private Matrix input;

    Dense(LayerContext context, int units) {
        int in = context.inputWidth();
        this.weight = context.parameter("weight", in, units);
        this.bias = context.parameter("bias", 1, units);
        this.output = context.buffer(units);
        this.inputGradient = context.buffer(in);
        this.inputGradientWanted = context.inputGradientWanted();
        this.input = weight.value();
    }

    /**
     * Glorot's uniform initialisation: weights evenly from ±√(6 / (in + units)), biases 0.
     *
     * <p>Source: Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010), formula 16.
     */
    void initialise(RandomGenerator random) {
        Matrix w = weight.value();
        double limit = Math.sqrt(6.0 / (w.rows() + w.columns()));
        for (int place = 0; place < w.size(); place++) {
            w.set(place, limit * (2 * random.nextDouble() - 1));
        }
        bias.value().fill(0);
    }

    /** Cuts the layer off from one of its inputs, until training says otherwise. */
    void silence(int inputColumn) {
        for (int unit = 0; unit < weight.value().columns(); unit++) {
            weight.value().set(inputColumn, unit, 0);
        }
    }

    @Override
    public Matrix forward(Matrix... inputs) {
        input = inputs[0];
        Matrix y = output.rows(input.rows());
        for (int row = 0; row < y.rows(); row++) {
            y.copyRow(bias.value(), 0, row);
        }
        y.multiply(1, input, false, weight.value(), false, 1);
        return y;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        weight.gradient().multiply(1, input, true, outputGradient, false, 0);
        sumColumns(outputGradient, bias.gradient());
        if (!inputGradientWanted) {
            return NONE;
        }
        Matrix dx = inputGradient.rows(input.rows());
        dx.multiply(1, outputGradient, false, weight.value(), true, 0);
        return new Matrix[] {dx};
    }

    private static void sumColumns(Matrix g, Matrix sums) {
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
