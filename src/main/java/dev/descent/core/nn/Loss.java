package dev.descent.core.nn;

import org.jspecify.annotations.Nullable;

/**
 * How far a network's outputs are from the targets: the mean over a batch of a loss per example, and its gradient. Where examples have weights w, the
 * mean is Σ w loss / Σ w.
 */
public interface Loss {

    /**
     * The loss and its gradient together.
     *
     * @param outputs n × outputs
     * @param targets n rows, in the form that the loss asks for
     * @param weights n × 1, none below 0; null where each example counts the same
     * @param gradient n × outputs; receives ∂loss/∂outputs
     * @return the mean loss of the n examples; infinite or NaN only where the outputs are; 0 where all weights are
     */
    double evaluate(Matrix outputs, Matrix targets, @Nullable Matrix weights, Matrix gradient);

    /** The same with examples that all count the same. */
    default double evaluate(Matrix outputs, Matrix targets, Matrix gradient) {
        return evaluate(outputs, targets, null, gradient);
    }

    /** The share of each example in the mean: w / Σ w. */
    static double share(@Nullable Matrix weights, int rows, int row, double weightSum) {
        if (weights == null) {
            return 1.0 / rows;
        }
        return weightSum == 0 ? 0 : weights.get(row) / weightSum;
    }

    /** Σ w; the number of rows where each example counts the same. */
    static double weightSum(@Nullable Matrix weights, int rows) {
        if (weights == null) {
            return rows;
        }
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += weights.get(row);
        }
        return sum;
    }
}
