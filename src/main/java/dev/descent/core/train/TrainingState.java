package dev.descent.core.train;

import dev.descent.core.math.Matrix;
import java.util.List;

/**
 * Everything that, together with its plan and examples, training needs to continue after a batch as if it had never
 * stopped. Random number generators are not included: every epoch and step draws from its own stream.
 *
 * @param epoch the number of epochs completed
 * @param step the number of optimizer steps taken
 * @param weights every value of the network, 1 × (parameters + state)
 * @param moments of the optimizer, each 1 × parameters
 * @param bestEpoch the epoch with the lowest loss so far; 0 before the first
 * @param bestLoss that loss
 * @param bestWeights the weights after that epoch
 * @param partialEpoch the progress of the next epoch
 * @param memory what follows from past losses
 */
public record TrainingState(
        int epoch,
        long step,
        Matrix weights,
        List<Matrix> moments,
        int bestEpoch,
        double bestLoss,
        Matrix bestWeights,
        PartialEpoch partialEpoch,
        Memory memory) {

    /**
     * An epoch that has started but not ended.
     *
     * @param examples the number of examples visited
     * @param score the sums of their losses and scores
     * @param gradientNorm of its first step
     */
    public record PartialEpoch(int examples, double[] score, double gradientNorm) {

        /** Between two epochs. */
        public static final PartialEpoch NOTHING = new PartialEpoch(0, new double[0], 0);
    }

    /**
     * What the rules of training remember of past losses.
     *
     * @param schedule of the learning rate
     * @param patience of early stopping
     * @param seconds of training so far
     */
    public record Memory(double[] schedule, double[] patience, double seconds) {}
}
