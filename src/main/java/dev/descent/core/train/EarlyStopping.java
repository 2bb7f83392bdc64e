package dev.descent.core.train;

import dev.descent.core.Bounds;
import dev.descent.core.Name;

/**
 * Stops training once the loss has not improved for a while. Either way, the weights of the best epoch are the result.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), algorithm 7.1.
 *
 * @param patience how many consecutive epochs may pass without improvement
 * @param minDelta the smallest improvement that counts
 */
public record EarlyStopping(
        @Name("patience") @Bounds(min = 1, max = 100_000) int patience,
        @Name("min_delta") @Bounds(min = 0, max = 1e6) double minDelta) {

    public static final EarlyStopping DEFAULT = new EarlyStopping(10, 0);
}
