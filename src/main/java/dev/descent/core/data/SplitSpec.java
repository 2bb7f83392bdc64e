package dev.descent.core.data;

import dev.descent.core.Bounds;
import dev.descent.core.Name;

/**
 * How examples are split. The shares need not add up to 1: 8, 1, 1 means the same as 0.8, 0.1, 0.1.
 *
 * @param train the part that the weights are fitted to; above 0
 * @param validation the part that selects the best epoch
 * @param test the part that is held out until the final score
 * @param stratify whether each part preserves the class frequencies of the whole; classification only
 */
public record SplitSpec(
        @Name("train") @Bounds(min = LEAST_TRAIN, max = 1e6) double train,
        @Name("validation") @Bounds(min = 0, max = 1e6) double validation,
        @Name("test") @Bounds(min = 0, max = 1e6) double test,
        @Name("stratify") boolean stratify,

        @Name("seed") @Bounds(min = -RandomStream.MAX_SEED, max = RandomStream.MAX_SEED)
        long seed) {

    /** Of the training part, both as it is given and of all parts together. */
    public static final double LEAST_TRAIN = 1e-6;

    public static final SplitSpec DEFAULT = new SplitSpec(0.8, 0.1, 0.1, true, 0);

    /** The same with shares that add up to 1. */
    public SplitSpec normalized() {
        double sum = train + validation + test;
        return new SplitSpec(train / sum, validation / sum, test / sum, stratify, seed);
    }
}
