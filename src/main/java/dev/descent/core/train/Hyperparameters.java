package dev.descent.core.train;

import dev.descent.core.Bounds;
import dev.descent.core.data.RandomStream;

/**
 * How long and in which portions training goes.
 *
 * @param epochs passes over the training part
 * @param batchSize examples per step; more than the training part has means all of them in one batch
 * @param seed what the first weights and the order of the examples come from
 */
public record Hyperparameters(
        @Bounds(min = 1, max = 100_000) int epochs,
        @Bounds(min = 1, max = Integer.MAX_VALUE) int batchSize,

        @Bounds(min = -RandomStream.MAX_SEED, max = RandomStream.MAX_SEED)
        long seed) {

    public static final Hyperparameters DEFAULT = new Hyperparameters(100, 32, 0);
}
