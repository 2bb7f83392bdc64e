package dev.descent.job.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The scores of one epoch. Accuracies are there for classification, RMSE and R² for regression, those of validation where there is such a part.
 *
 * @param trainLoss measured batch by batch while the weights move
 * @param gradientNorm of the epoch's last step
 * @param samplesPerSecond training rows per second
 */
public record MetricPoint(
        int epoch,
        long step,
        Instant at,
        double trainLoss,
        @Nullable Double validationLoss,
        @Nullable Double trainAccuracy,
        @Nullable Double validationAccuracy,
        @Nullable Double trainRmse,
        @Nullable Double validationRmse,
        @Nullable Double trainR2,
        @Nullable Double validationR2,
        double learningRate,
        double gradientNorm,
        double samplesPerSecond) {

    double decisiveLoss() {
        return validationLoss == null ? trainLoss : validationLoss;
    }
}
