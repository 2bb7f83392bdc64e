package dev.descent.core.nn.layer;

import dev.descent.core.math.Matrix;

/**
 * Normalizes each row by its own mean and variance: x̂ = (x − mean) / √(variance + ε), with the variance divided by the
 * number of columns d; y = x̂ γ + β.
 *
 * <p>With g = ∂loss/∂x̂: ∂loss/∂x = (g − mean(g) − x̂ mean(g x̂)) / √(variance + ε), with means over the row.
 *
 * <p>Source: Ba, Kiros, Hinton, "Layer Normalization" (2016).
 */
final class LayerNormalization extends Normalization {

    private final double epsilon;
    private final double[] inverseDeviations;

    LayerNormalization(LayerContext context, double epsilon) {
        super(context);
        this.epsilon = epsilon;
        this.inverseDeviations = new double[context.maxRows()];
    }

    @Override
    void normalize(Pass pass, Matrix x, Matrix xHat) {
        int d = x.columns();
        for (int row = 0; row < x.rows(); row++) {
            double mean = 0;
            for (int k = 0; k < d; k++) {
                mean += x.get(row, k) / d;
            }
            double variance = 0;
            for (int k = 0; k < d; k++) {
                double difference = x.get(row, k) - mean;
                variance += difference * difference / d;
            }
            double inverse = 1 / Math.sqrt(variance + epsilon);
            inverseDeviations[row] = inverse;
            for (int k = 0; k < d; k++) {
                xHat.set(row, k, (x.get(row, k) - mean) * inverse);
            }
        }
    }

    @Override
    void denormalize(Matrix xHat, Matrix dx) {
        int d = dx.columns();
        for (int row = 0; row < dx.rows(); row++) {
            double mean = 0;
            double meanProduct = 0;
            for (int k = 0; k < d; k++) {
                mean += dx.get(row, k) / d;
                meanProduct += dx.get(row, k) * xHat.get(row, k) / d;
            }
            for (int k = 0; k < d; k++) {
                dx.set(row, k, (dx.get(row, k) - mean - xHat.get(row, k) * meanProduct) * inverseDeviations[row]);
            }
        }
    }
}
