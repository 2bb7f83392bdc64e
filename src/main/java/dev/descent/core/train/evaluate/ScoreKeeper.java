package dev.descent.core.train.evaluate;

import dev.descent.core.math.Matrix;
import dev.descent.core.nn.loss.Loss;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates a score batch by batch; every example counts equally, or by its weight, whatever the size of its batch.
 */
public class ScoreKeeper {

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
        return score(weightSum == 0 ? 0 : lossSum / weightSum, count);
    }

    /** The sums so far, from which another keeper for the same target can continue. */
    public final double[] memory() {
        double[] own = sums();
        double[] memory = new double[3 + own.length];
        memory[0] = count;
        memory[1] = weightSum;
        memory[2] = lossSum;
        System.arraycopy(own, 0, memory, 3, own.length);
        return memory;
    }

    public final void remember(double[] memory) {
        count = (long) memory[0];
        weightSum = memory[1];
        lossSum = memory[2];
        rememberSums(Arrays.copyOfRange(memory, 3, memory.length));
    }

    void add(Matrix outputs, Matrix targets) {}

    double[] sums() {
        return new double[0];
    }

    void rememberSums(double[] sums) {}

    Score score(double loss, long examples) {
        return new Score(loss, null, null, null);
    }
}
