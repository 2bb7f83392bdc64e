package dev.descent.job.history;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of one epoch.
 *
 * @param repeat in which a fold was held out; null if none was
 * @param fold that fold, from 1
 * @param epoch of its fit, from 1
 * @param step of its fit
 * @param at when the epoch ended
 * @param metrics by name, as far as they exist; {@code train_loss} always does
 */
public record MetricPoint(
        @Nullable Integer repeat,
        @Nullable Integer fold,
        int epoch,
        long step,
        Instant at,
        Map<String, Double> metrics) {

    /** Of a job with one fit. */
    MetricPoint(int epoch, long step, Instant at, Map<String, Double> metrics) {
        this(null, null, epoch, step, at, metrics);
    }

    public @Nullable Double metric(String name) {
        return metrics.get(name);
    }

    /** The loss that selects the best epoch. */
    double decisiveLoss() {
        return metrics.getOrDefault("validation_loss", metrics.getOrDefault("train_loss", Double.NaN));
    }
}
