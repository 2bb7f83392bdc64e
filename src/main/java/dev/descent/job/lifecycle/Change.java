package dev.descent.job.lifecycle;

import dev.descent.core.train.Adjustment;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/**
 * A change that a client made to a live job. Once training has applied it, it records the step, so that a later attempt
 * applies it at the same step.
 */
@Entity
@IdClass(ChangeId.class)
@Table(name = "job_change")
public class Change implements Persistable<ChangeId> {

    @Id
    @Column(name = "job_id")
    private String jobId = "";

    @Id
    @Column(name = "number")
    private int number;

    @Column(name = "at")
    private Instant at = Instant.EPOCH;

    @Column(name = "learning_rate")
    private @Nullable Double learningRate;

    @Column(name = "epochs")
    private @Nullable Integer epochs;

    @Column(name = "patience")
    private @Nullable Integer patience;

    @Column(name = "step")
    private @Nullable Long step;

    @Transient
    private boolean stored = true;

    protected Change() {
        // For JPA only.
    }

    public Change(String jobId, int number, Adjustment adjustment, Instant at) {
        this.stored = false;
        this.jobId = jobId;
        this.number = number;
        this.at = at;
        this.learningRate = adjustment.learningRate();
        this.epochs = adjustment.epochs();
        this.patience = adjustment.patience();
    }

    /** @param effect the effective adjustment, which a later attempt applies again */
    public void takenUpAt(long atStep, Adjustment effect) {
        step = atStep;
        epochs = effect.epochs();
    }

    @Override
    public ChangeId getId() {
        return new ChangeId(jobId, number);
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    public int number() {
        return number;
    }

    public Instant at() {
        return at;
    }

    public Adjustment adjustment() {
        return new Adjustment(learningRate, epochs, patience);
    }

    /** The number of steps done when training applied it; null before. */
    @Nullable
    public Long step() {
        return step;
    }
}
