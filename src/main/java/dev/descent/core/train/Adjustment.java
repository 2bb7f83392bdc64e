package dev.descent.core.train;

import org.jspecify.annotations.Nullable;

/**
 * A change of training that is under way; what is null stays as it is.
 *
 * @param learningRate the one that the schedule starts from
 * @param epochs in all; the epoch under way is always finished, and what is done stays done
 * @param patience of early stopping, in epochs
 */
public record Adjustment(
        @Nullable Double learningRate,
        @Nullable Integer epochs,
        @Nullable Integer patience) {}
