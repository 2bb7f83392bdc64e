package dev.descent.job.history;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of one epoch.
 *
 * @param at when the epoch ended
 * @param metrics by name, as far as they exist; {@code train_loss} always does
 */
public record MetricPoint(int epoch, long step, Instant at, Map<String, Double> metrics) {

    public @Nullable Double metric(String name) {
        return metrics.get(name);
    }

    /** The loss that selects the best epoch. */
    double decisiveLoss() {
        return metrics.getOrDefault("validation_loss", metrics.getOrDefault("train_loss", Double.NaN));
    }
}
