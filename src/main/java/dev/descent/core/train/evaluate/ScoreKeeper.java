package dev.descent.core.train.evaluate;

import dev.descent.core.math.Matrix;
import dev.descent.core.nn.loss.Loss;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates a score batch by batch; every example counts equally, or by its weight, whatever the size of its batch.
 */
public class ScoreKeeper {

    /** How many numbers of the memory all keepers have. */
    private static final int COMMON = 3;

    private long count;
    private double weightSum;
    private double lossSum;

    /** @param meanLoss the mean loss of the batch's examples */
    public final void add(Matrix outputs, Matrix targets, @Nullable Matrix weights, double meanLoss) {
        double weight = Loss.weightSum(weights, outputs.rows());
        count += outputs.rows();
        weightSum += weight;
        lossSum += meanLoss * weight;
        add(outputs, targets);
    }

    public final Score score() {
        return new Score(weightSum == 0 ? 0 : lossSum / weightSum, measures(count));
    }

    /** The sums so far, from which another keeper for the same target can continue. */
    public final double[] memory() {
        double[] own = sums();
        double[] memory = new double[COMMON + own.length];
        memory[0] = count;
        memory[1] = weightSum;
        memory[2] = lossSum;
        System.arraycopy(own, 0, memory, COMMON, own.length);
        return memory;
    }

    /**
     * Continues from the memory of another keeper. A sum that an earlier version did not keep is NaN from then on, so
     * what is measured by it does not exist for these examples.
     */
    public final void remember(double[] memory) {
        count = (long) memory[0];
        weightSum = memory[1];
        lossSum = memory[2];
        double[] own = sums();
        int known = Math.min(own.length, memory.length - COMMON);
        System.arraycopy(memory, COMMON, own, 0, known);
        Arrays.fill(own, known, own.length, Double.NaN);
        rememberSums(own);
    }

    void add(Matrix outputs, Matrix targets) {}

    /** A new array, which is stored: a new sum goes to the end. */
    double[] sums() {
        return new double[0];
    }

    void rememberSums(double[] sums) {}

    /** What the task has besides the loss. */
    Map<Score.Measure, Double> measures(long examples) {
        return Map.of();
    }
}
