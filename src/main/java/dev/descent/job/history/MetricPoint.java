package dev.descent.job.history;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured in one epoch.
 *
 * @param at when the epoch ended
 * @param metrics by name, those that exist; {@code train_loss} always does
 */
public record MetricPoint(int epoch, long step, Instant at, Map<String, Double> metrics) {

    public @Nullable Double metric(String name) {
        return metrics.get(name);
    }

    /** The loss by which the best epoch is chosen. */
    double decisiveLoss() {
        return metrics.getOrDefault("validation_loss", metrics.getOrDefault("train_loss", Double.NaN));
    }
}
