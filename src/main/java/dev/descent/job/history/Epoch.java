package dev.descent.job.history;

import dev.descent.core.train.EpochReport;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** One entry of a job's loss history. */
@Entity
@Table(name = "epoch")
@IdClass(EpochId.class)
public class Epoch implements Persistable<EpochId> {

    @Id
    @jakarta.persistence.Column(name = "job_id")
    private String jobId = "";

    @Id
    @jakarta.persistence.Column(name = "epoch")
    private int epoch;

    @jakarta.persistence.Column(name = "step")
    private long step;

    @jakarta.persistence.Column(name = "at")
    private Instant at = Instant.EPOCH;

    @jakarta.persistence.Column(name = "train_loss")
    private double trainLoss;

    @jakarta.persistence.Column(name = "validation_loss")
    private @Nullable Double validationLoss;

    @jakarta.persistence.Column(name = "train_accuracy")
    private @Nullable Double trainAccuracy;

    @jakarta.persistence.Column(name = "validation_accuracy")
    private @Nullable Double validationAccuracy;

    @jakarta.persistence.Column(name = "train_rmse")
    private @Nullable Double trainRmse;

    @jakarta.persistence.Column(name = "validation_rmse")
    private @Nullable Double validationRmse;

    @jakarta.persistence.Column(name = "train_r2")
    private @Nullable Double trainR2;

    @jakarta.persistence.Column(name = "validation_r2")
    private @Nullable Double validationR2;

    @jakarta.persistence.Column(name = "learning_rate")
    private double learningRate;

    @jakarta.persistence.Column(name = "gradient_norm")
    private double gradientNorm;

    @jakarta.persistence.Column(name = "samples_per_second")
    private double samplesPerSecond;

    @Transient
    private boolean stored = true;

    protected Epoch() {
        // For JPA alone.
    }

    public Epoch(String jobId, EpochReport report, Instant at) {
        this.stored = false;
        this.jobId = jobId;
        this.epoch = report.epoch();
        this.step = report.step();
        this.at = at;
        LatestScores scores = LatestScores.of(report);
        this.trainLoss = scores.trainLoss();
        this.validationLoss = scores.validationLoss();
        this.trainAccuracy = scores.trainAccuracy();
        this.validationAccuracy = scores.validationAccuracy();
        this.trainRmse = scores.trainRmse();
        this.validationRmse = scores.validationRmse();
        this.trainR2 = scores.trainR2();
        this.validationR2 = scores.validationR2();
        this.learningRate = report.learningRate();
        this.gradientNorm = report.gradientNorm();
        this.samplesPerSecond = report.samplesPerSecond();
    }

    public MetricPoint point() {
        return new MetricPoint(
                epoch,
                step,
                at,
                trainLoss,
                validationLoss,
                trainAccuracy,
                validationAccuracy,
                trainRmse,
                validationRmse,
                trainR2,
                validationR2,
                learningRate,
                gradientNorm,
                samplesPerSecond);
    }

    @Override
    public EpochId getId() {
        return new EpochId(jobId, epoch);
    }

    @Override
    public boolean isNew() {
        return !stored;
    }
}
