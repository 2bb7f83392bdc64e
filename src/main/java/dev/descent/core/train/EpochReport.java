package dev.descent.core.train;

import dev.descent.core.train.evaluate.Score;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one pass over the training part.
 *
 * @param epoch from 1
 * @param step the number of optimizer steps so far
 * @param train measured batch by batch while the weights still move, so it trails a little behind
 * @param validation measured after the last step; absent where there is no validation part
 * @param learningRate in force during the epoch
 * @param gradientNorm √Σ g² over all parameters, of the epoch's first step
 * @param samplesPerSecond training examples per second, validation not counted
 */
public record EpochReport(
        int epoch,
        long step,
        Score train,
        @Nullable Score validation,
        double learningRate,
        double gradientNorm,
        double samplesPerSecond) {

    /** The loss by which the best epoch is chosen: that of the validation part, where there is one. */
    public double decisiveLoss() {
        return validation == null ? train.loss() : validation.loss();
    }

    /** Whether it can stand in a history, and training can go on from it. */
    boolean isFinite() {
        return Double.isFinite(train.loss()) && Double.isFinite(decisiveLoss());
    }
}
