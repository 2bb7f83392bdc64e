package dev.descent.core.train;

import dev.descent.core.Bounds;
import dev.descent.core.Name;

/**
 * Ends training once the loss has not improved for a while. The weights of the best epoch are the result whether it
 * does or not.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), algorithm 7.1.
 *
 * @param patience how many epochs in a row may pass without an improvement
 * @param minDelta the least improvement that counts
 */
public record EarlyStopping(
        @Name("patience") @Bounds(min = 1, max = 100_000) int patience,
        @Name("min_delta") @Bounds(min = 0, max = 1e6) double minDelta) {

    public static final EarlyStopping DEFAULT = new EarlyStopping(10, 0);
}
