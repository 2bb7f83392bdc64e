package dev.descent.job.history;

import dev.descent.core.train.EpochReport;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** An entry of a job's loss history. Immutable. */
@Entity
@Table(name = "epoch")
@IdClass(EpochId.class)
public class Epoch implements Persistable<EpochId> {

    @Id
    @Column(name = "job_id")
    private String jobId = "";

    @Id
    @Column(name = "epoch")
    private int epoch;

    @Column(name = "repeat_number")
    private @Nullable Integer repeat;

    @Column(name = "fold")
    private @Nullable Integer fold;

    /** Its number in its fit; null if that is the same. */
    @Column(name = "fit_epoch")
    private @Nullable Integer fitEpoch;

    @Column(name = "step")
    private long step;

    @Column(name = "at")
    private Instant at = Instant.EPOCH;

    @Column(name = "metrics")
    @Convert(converter = StoredMetrics.class)
    private Map<String, Double> metrics = Map.of();

    @Transient
    private boolean stored = true;

    protected Epoch() {
        // For JPA only.
    }

    /** @param at when it ended */
    public Epoch(String jobId, EpochFit fit, EpochReport report, Instant at) {
        this.stored = false;
        this.jobId = jobId;
        this.epoch = fit.epochsBefore() + report.epoch();
        this.repeat = fit.repeat();
        this.fold = fit.fold();
        this.fitEpoch = fit.equals(EpochFit.ONLY) ? null : report.epoch();
        this.step = report.step();
        this.at = at;
        this.metrics = report.metrics();
    }

    public Map<String, Double> metrics() {
        return metrics;
    }

    public MetricPoint point() {
        return new MetricPoint(repeat, fold, fitEpoch == null ? epoch : fitEpoch, step, at, metrics);
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
