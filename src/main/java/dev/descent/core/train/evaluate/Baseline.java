package dev.descent.core.train.evaluate;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.train.examples.ExampleSource;
import org.jspecify.annotations.Nullable;

/** The loss that can be reached without looking at the inputs: that of the best constant output. */
public final class Baseline {

    private static final int BATCH = 1_024;

    private Baseline() {}

    /** The number of rows for which the loss is computed at once, with this many outputs each. */
    public static int batch(int outputs) {
        return Math.max(1, Math.min(BATCH, Matrix.MAX_ELEMENTS / outputs));
    }

    /**
     * The mean loss, weighted by the examples' weights, of the constant output that minimises it.
     *
     * @param outputs of the network
     */
    public static double loss(LossSpec spec, ExampleSource examples, int outputs) {
        try (ExampleSource.Outcomes outcomes = examples.outcomes()) {
            return loss(spec.build(), outcomes.targets(), outcomes.weights(), outputs);
        }
    }

    private static double loss(Loss loss, Matrix targets, @Nullable Matrix weights, int outputs) {
        double[] best = loss.bestConstant(targets, weights, outputs);
        int count = targets.rows();
        int batch = Math.min(batch(outputs), count);
        Precision precision = targets.precision();
        try (Matrix repeated = Matrix.zeros(precision, batch, outputs);
                Matrix scratch = Matrix.zeros(precision, batch, outputs)) {
            for (int row = 0; row < batch; row++) {
                repeated.setRow(row, best);
            }
            double sum = 0;
            double weightSum = 0;
            for (int from = 0; from < count; from += batch) {
                int rows = Math.min(batch, count - from);
                Matrix some = rows(targets, from, rows);
                Matrix theirWeights = weights == null ? null : rows(weights, from, rows);
                double weight = Loss.weightSum(theirWeights, rows);
                sum += weight * loss.evaluate(repeated.top(rows), some, theirWeights, scratch.top(rows));
                weightSum += weight;
            }
            return weightSum == 0 ? 0 : sum / weightSum;
        }
    }

    private static Matrix rows(Matrix matrix, int from, int rows) {
        return matrix.slice(from * matrix.columns(), rows, matrix.columns());
    }
}
