package dev.descent.core.nn;

/**
 * L = (1 / N) Σ (o − t)², the mean over all N elements of a batch; ∂L/∂o = 2 (o − t) / N. Targets have the shape of the outputs.
 *
 * <p>Source: Bishop, "Pattern Recognition and Machine Learning" (2006), section 5.2; the mean over the elements is PyTorch's convention.
 */
final class MeanSquaredError implements Loss {

    @Override
    public double evaluate(Matrix outputs, Matrix targets, Matrix gradient) {
        int count = outputs.size();
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double error = outputs.get(i) - targets.get(i);
            sum += error * error;
            gradient.set(i, 2 * error / count);
        }
        return sum / count;
    }
}
