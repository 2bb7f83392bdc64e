package dev.descent.core.train.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * How well a network did on some examples.
 *
 * @param loss the mean loss of an example
 * @param accuracy the share of examples whose most probable class is the right one; classification only
 * @param rmse the root of the mean squared error, in the target's unit; regression only
 * @param r2 1 − squared error / squared deviation from the mean; regression only; NaN where the targets are all the same
 */
public record Score(
        double loss,
        @Nullable Double accuracy,
        @Nullable Double rmse,
        @Nullable Double r2) {}
