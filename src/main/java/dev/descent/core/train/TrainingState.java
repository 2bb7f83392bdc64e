package dev.descent.core.train;

import dev.descent.core.math.Matrix;
import java.util.List;

/**
 * All that training needs to go on after a batch as if nothing had happened, together with its plan and examples.
 * Randomness is not in it: every epoch and step draws from a stream of its own.
 *
 * @param epoch the number of epochs done
 * @param step the number of optimizer steps done
 * @param weights every value of the network, 1 × (parameters + what layers remember)
 * @param moments of the optimizer, each 1 × parameters
 * @param bestEpoch the epoch with the least loss so far; 0 before the first
 * @param bestLoss that loss
 * @param bestWeights the weights after that epoch
 * @param partialEpoch of the epoch that comes after these
 * @param memory what follows from the losses so far
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
     * An epoch that has begun and not ended.
     *
     * @param examples that it has visited
     * @param score what it has added up of their losses
     * @param gradientNorm of its first step
     */
    public record PartialEpoch(int examples, double[] score, double gradientNorm) {

        /** Between two epochs. */
        public static final PartialEpoch NOTHING = new PartialEpoch(0, new double[0], 0);
    }

    /**
     * What the rules of training remember of the losses.
     *
     * @param schedule of the learning rate
     * @param patience of early stopping
     * @param seconds of training so far
     */
    public record Memory(double[] schedule, double[] patience, double seconds) {}
}
