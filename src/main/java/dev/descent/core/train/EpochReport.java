package dev.descent.core.train;

import dev.descent.core.train.evaluate.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one pass over the training part.
 *
 * @param epoch from 1
 * @param step the number of optimizer steps so far
 * @param train measured batch by batch while the weights still change, so it lags slightly behind
 * @param validation measured after the last step; null without a validation part
 * @param learningRate in effect during the epoch
 * @param gradientNorm √Σ g² over all parameters, of the epoch's first step
 * @param samplesPerSecond training examples per second, excluding validation
 */
public record EpochReport(
        int epoch,
        long step,
        Score train,
        @Nullable Score validation,
        double learningRate,
        double gradientNorm,
        double samplesPerSecond) {

    private static final String LEARNING_RATE = "learning_rate";
    private static final String GRADIENT_NORM = "gradient_norm";
    private static final String SAMPLES_PER_SECOND = "samples_per_second";
    private static final List<String> METRICS = Stream.concat(
                    Score.names().stream().flatMap(measure -> Stream.of("train_" + measure, "validation_" + measure)),
                    Stream.of(LEARNING_RATE, GRADIENT_NORM, SAMPLES_PER_SECOND))
            .toList();

    /** Every metric that an epoch may have, such as {@code validation_loss}, in display order. */
    public static List<String> metricNames() {
        return METRICS;
    }

    /** The scores of both parts by name. Missing and non-finite ones are left out. */
    public Map<String, Double> scores() {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (String measure : Score.names()) {
            put(scores, "train_" + measure, train.value(measure));
            put(scores, "validation_" + measure, validation == null ? null : validation.value(measure));
        }
        return scores;
    }

    /** All metrics by name, those of {@link #scores} first. */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = scores();
        put(metrics, LEARNING_RATE, learningRate);
        put(metrics, GRADIENT_NORM, gradientNorm);
        put(metrics, SAMPLES_PER_SECOND, samplesPerSecond);
        return metrics;
    }

    private static void put(Map<String, Double> metrics, String name, @Nullable Double value) {
        if (value != null && Double.isFinite(value)) {
            metrics.put(name, value);
        }
    }

    /** The loss that selects the best epoch: the validation loss if there is one. */
    public double decisiveLoss() {
        return validation == null ? train.loss() : validation.loss();
    }

    /** Whether the epoch can be stored in a history and training can continue from it. */
    boolean isFinite() {
        return Double.isFinite(train.loss()) && Double.isFinite(decisiveLoss());
    }
}
