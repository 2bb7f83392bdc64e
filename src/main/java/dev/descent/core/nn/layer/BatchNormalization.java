package dev.descent.core.nn.layer;

import dev.descent.core.math.Matrix;
import java.util.random.RandomGenerator;

/**
 * Normalizes each column: x̂ = (x − mean) / √(variance + ε); y = x̂ γ + β. In training, mean and variance (divided by
 * n) are those of the batch, and the running ones are updated with momentum m: {@code running_mean} ← (1 − m)
 * running_mean + m mean, {@code running_variance} likewise with the variance divided by n − 1. Evaluation uses the
 * running ones. A batch of one row has no variance and leaves the running variance unchanged.
 *
 * <p>With g = ∂loss/∂x̂, in training: ∂loss/∂x = (g − mean(g) − x̂ mean(g x̂)) / √(variance + ε), with means over the
 * column; in evaluation: g / √(variance + ε).
 *
 * <p>Source: Ioffe, Szegedy, "Batch Normalization" (2015), algorithms 1 and 2.
 */
final class BatchNormalization extends Normalization {

    private final double momentum;
    private final double epsilon;
    private final Matrix runningMean;
    private final Matrix runningVariance;
    private final double[] inverseDeviations;
    private boolean training;

    BatchNormalization(LayerContext context, double momentum, double epsilon) {
        super(context);
        int width = context.inputWidth();
        this.momentum = momentum;
        this.epsilon = epsilon;
        this.runningMean = context.state("running_mean", width);
        this.runningVariance = context.state("running_variance", width);
        this.inverseDeviations = new double[width];
    }

    @Override
    public void initialise(RandomGenerator random) {
        super.initialise(random);
        runningMean.fill(0);
        runningVariance.fill(1);
    }

    @Override
    void normalize(Pass pass, Matrix x, Matrix xHat) {
        training = pass.isTraining();
        for (int k = 0; k < x.columns(); k++) {
            double mean = training ? mean(x, k) : runningMean.get(k);
            double variance = training ? variance(x, k, mean) : runningVariance.get(k);
            double inverse = 1 / Math.sqrt(variance + epsilon);
            inverseDeviations[k] = inverse;
            for (int row = 0; row < x.rows(); row++) {
                xHat.set(row, k, (x.get(row, k) - mean) * inverse);
            }
            if (training) {
                remember(k, x.rows(), mean, variance);
            }
        }
    }

    private static double mean(Matrix x, int k) {
        double sum = 0;
        for (int row = 0; row < x.rows(); row++) {
            sum += x.get(row, k);
        }
        return sum / x.rows();
    }

    private static double variance(Matrix x, int k, double mean) {
        double sum = 0;
        for (int row = 0; row < x.rows(); row++) {
            double difference = x.get(row, k) - mean;
            sum += difference * difference;
        }
        return sum / x.rows();
    }

    private void remember(int k, int rows, double mean, double variance) {
        runningMean.set(k, (1 - momentum) * runningMean.get(k) + momentum * mean);
        if (rows > 1) {
            double unbiased = variance * rows / (rows - 1);
            runningVariance.set(k, (1 - momentum) * runningVariance.get(k) + momentum * unbiased);
        }
    }

    @Override
    void denormalize(Matrix xHat, Matrix dx) {
        int n = dx.rows();
        for (int k = 0; k < dx.columns(); k++) {
            double mean = 0;
            double meanProduct = 0;
            if (training) {
                for (int row = 0; row < n; row++) {
                    mean += dx.get(row, k) / n;
                    meanProduct += dx.get(row, k) * xHat.get(row, k) / n;
                }
            }
            for (int row = 0; row < n; row++) {
                dx.set(row, k, (dx.get(row, k) - mean - xHat.get(row, k) * meanProduct) * inverseDeviations[k]);
            }
        }
    }
}
