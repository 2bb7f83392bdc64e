package dev.descent.core.nn.loss;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import org.jspecify.annotations.Nullable;

/**
 * The distance between a network's outputs and the targets: the mean over a batch of a loss per example, and its
 * gradient. If examples have weights w, the mean is Σ w loss / Σ w.
 */
public interface Loss {

    /**
     * The loss and its gradient together.
     *
     * @param team the threads that compute it
     * @param outputs n × outputs
     * @param targets n rows, in the form that the loss requires
     * @param weights n × 1, non-negative; null if all examples count equally
     * @param gradient n × outputs; receives ∂loss/∂outputs
     * @return the mean loss of the n examples; infinite or NaN only if the outputs are; 0 if all weights are
     */
    default double evaluate(
            ThreadTeam team, Matrix outputs, Matrix targets, @Nullable Matrix weights, Matrix gradient) {
        Batch batch = new Batch(outputs, targets, weights, weightSum(weights, outputs.rows()), gradient);
        int grain = Math.max(1, ThreadTeam.HEAVY / Math.max(1, outputs.columns()));
        return team.sum(outputs.rows(), grain, (kernels, from, to) -> evaluate(kernels, from, to, batch));
    }

    /**
     * The contribution of some examples to the mean loss, and their rows of the gradient.
     *
     * @param from the first example, inclusive
     * @param to the last example, exclusive
     */
    double evaluate(Kernels kernels, int from, int to, Batch batch);

    /**
     * The input of a loss and the destination of its gradient.
     *
     * @param weightSum Σ w over all examples
     */
    record Batch(Matrix outputs, Matrix targets, @Nullable Matrix weights, double weightSum, Matrix gradient) {

        /** An example's share of the mean: w / Σ w. */
        double share(int row) {
            if (weights == null) {
                return 1 / weightSum;
            }
            return weightSum == 0 ? 0 : weights.get(row) / weightSum;
        }
    }

    /**
     * The constant outputs that minimise the mean loss: what can be reached without looking at the inputs.
     *
     * @param targets n rows, in the form that the loss requires
     * @param weights as in {@link #evaluate}; the result is undefined if all are 0
     * @param outputs the number of outputs
     */
    double[] bestConstant(Matrix targets, @Nullable Matrix weights, int outputs);

    /** The loss and its gradient, computed by the calling thread only. */
    default double evaluate(Matrix outputs, Matrix targets, @Nullable Matrix weights, Matrix gradient) {
        return evaluate(ThreadTeam.alone(outputs.precision()), outputs, targets, weights, gradient);
    }

    /** The same with equally weighted examples. */
    default double evaluate(Matrix outputs, Matrix targets, Matrix gradient) {
        return evaluate(outputs, targets, null, gradient);
    }

    /** Σ w; the number of rows if all examples count equally. */
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
