package dev.descent.core.train.evaluate;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.train.examples.Examples;

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
    public static double loss(LossSpec spec, Examples examples, int outputs) {
        Loss loss = spec.build();
        double[] best = loss.bestConstant(examples.targets(), examples.weights(), outputs);
        int batch = Math.min(batch(outputs), examples.count());
        Precision precision = examples.targets().precision();
        try (Matrix repeated = Matrix.zeros(precision, batch, outputs);
                Matrix scratch = Matrix.zeros(precision, batch, outputs)) {
            for (int row = 0; row < batch; row++) {
                repeated.setRow(row, best);
            }
            double sum = 0;
            double weightSum = 0;
            for (int from = 0; from < examples.count(); from += batch) {
                Examples some = examples.range(from, Math.min(from + batch, examples.count()));
                double weight = Loss.weightSum(some.weights(), some.count());
                sum += weight
                        * loss.evaluate(
                                repeated.top(some.count()), some.targets(), some.weights(), scratch.top(some.count()));
                weightSum += weight;
            }
            return weightSum == 0 ? 0 : sum / weightSum;
        }
    }
}
