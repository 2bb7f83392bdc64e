package dev.descent.core.nn.loss;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import org.jspecify.annotations.Nullable;

/**
 * How far a network's outputs are from the targets: the mean over a batch of a loss per example, and its gradient.
 * Where examples have weights w, the mean is Σ w loss / Σ w.
 */
public interface Loss {

    /**
     * The loss and its gradient together.
     *
     * @param team who computes it
     * @param outputs n × outputs
     * @param targets n rows, in the form that the loss asks for
     * @param weights n × 1, none below 0; null where each example counts the same
     * @param gradient n × outputs; receives ∂loss/∂outputs
     * @return the mean loss of the n examples; infinite or NaN only where the outputs are; 0 where all weights are
     */
    default double evaluate(
            ThreadTeam team, Matrix outputs, Matrix targets, @Nullable Matrix weights, Matrix gradient) {
        Batch batch = new Batch(outputs, targets, weights, weightSum(weights, outputs.rows()), gradient);
        int grain = Math.max(1, ThreadTeam.HEAVY / Math.max(1, outputs.columns()));
        return team.sum(outputs.rows(), grain, (kernels, from, to) -> evaluate(kernels, from, to, batch));
    }

    /**
     * The share of some examples in the mean loss, and their rows of the gradient.
     *
     * @param from the first example
     * @param to the one after the last
     */
    double evaluate(Kernels kernels, int from, int to, Batch batch);

    /**
     * What a loss is computed from, and where its gradient goes.
     *
     * @param weightSum Σ w over all examples
     */
    record Batch(Matrix outputs, Matrix targets, @Nullable Matrix weights, double weightSum, Matrix gradient) {

        /** The share of each example in the mean: w / Σ w. */
        double share(int row) {
            if (weights == null) {
                return 1 / weightSum;
            }
            return weightSum == 0 ? 0 : weights.get(row) / weightSum;
        }
    }

    /**
     * The outputs that, the same for every example, have the least mean loss: what can be reached without looking at
     * the inputs.
     *
     * @param targets n rows, in the form that the loss asks for
     * @param weights as in {@link #evaluate}; anything may come out where all are 0
     * @param outputs how many there are
     */
    double[] bestConstant(Matrix targets, @Nullable Matrix weights, int outputs);

    /** The loss and its gradient, computed by the calling thread alone. */
    default double evaluate(Matrix outputs, Matrix targets, @Nullable Matrix weights, Matrix gradient) {
        return evaluate(ThreadTeam.alone(outputs.precision()), outputs, targets, weights, gradient);
    }

    /** The same with examples that all count the same. */
    default double evaluate(Matrix outputs, Matrix targets, Matrix gradient) {
        return evaluate(outputs, targets, null, gradient);
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
