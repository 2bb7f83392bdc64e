package dev.descent.job.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.core.train.EpochReport;
import dev.descent.core.train.evaluate.Score;
import org.jspecify.annotations.Nullable;

/** The scores of a job's newest epoch. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LatestScores(
        @Name("train_loss") double trainLoss,
        @Name("validation_loss") @Nullable Double validationLoss,
        @Name("train_accuracy") @Nullable Double trainAccuracy,
        @Name("validation_accuracy") @Nullable Double validationAccuracy,
        @Name("train_rmse") @Nullable Double trainRmse,
        @Name("validation_rmse") @Nullable Double validationRmse,
        @Name("train_r2") @Nullable Double trainR2,
        @Name("validation_r2") @Nullable Double validationR2) {

    public static LatestScores of(EpochReport report) {
        Score train = report.train();
        Score validation = report.validation();
        return new LatestScores(
                train.loss(),
                validation == null ? null : validation.loss(),
                train.accuracy(),
                validation == null ? null : validation.accuracy(),
                train.rmse(),
                validation == null ? null : validation.rmse(),
                finite(train.r2()),
                validation == null ? null : finite(validation.r2()));
    }

    /** R² does not exist where all targets are the same. */
    private static @Nullable Double finite(@Nullable Double value) {
        return value != null && Double.isFinite(value) ? value : null;
    }
}
