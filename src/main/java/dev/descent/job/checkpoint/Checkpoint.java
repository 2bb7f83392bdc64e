package dev.descent.job.checkpoint;

import dev.descent.store.Sha256;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** The complete state of a training run after a batch, from which it resumes to the bit. */
@Entity
@Table(name = "checkpoint")
public class Checkpoint implements Persistable<String> {

    @Id
    @Column(name = "id")
    private String id = "";

    @Column(name = "job_id")
    private String jobId = "";

    @Column(name = "epoch")
    private int epoch;

    @Column(name = "step")
    private long step;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "bytes")
    private long bytes;

    @Column(name = "sha256")
    private String sha256 = "";

    @Column(name = "best_epoch")
    private @Nullable Integer bestEpoch;

    @Column(name = "best_loss")
    private @Nullable Double bestLoss;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(name = "scores")
    private @Nullable String scores;

    /** Not updatable, so that Hibernate keeps no copy for dirty checking. */
    @JdbcTypeCode(SqlTypes.LONG32VARBINARY)
    @Column(name = "state", updatable = false)
    private byte[] state = {};

    @Column(name = "state_format")
    private int stateFormat;

    @Transient
    private boolean stored = true;

    protected Checkpoint() {
        // For JPA only.
    }

    /** @param scoresJson of its weights */
    public Checkpoint(String id, String jobId, Snapshot snapshot, @Nullable String scoresJson, Instant createdAt) {
        this.stored = false;
        this.id = id;
        this.jobId = jobId;
        this.epoch = snapshot.epoch();
        this.step = snapshot.step();
        this.createdAt = createdAt;
        this.bytes = snapshot.bytes().length;
        this.sha256 = snapshot.sha256();
        this.bestEpoch = snapshot.bestEpoch();
        this.bestLoss = snapshot.bestLoss();
        this.scores = scoresJson;
        this.state = snapshot.bytes();
        this.stateFormat = TrainingStates.FORMAT.version();
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    public int epoch() {
        return epoch;
    }

    public long step() {
        return step;
    }

    /** The epoch with the lowest loss so far; null if none had ended, or an earlier version did not record it. */
    @Nullable
    public Integer bestEpoch() {
        return bestEpoch;
    }

    @Nullable
    public Double bestLoss() {
        return bestLoss;
    }

    /** Whether the bytes match their checksum. */
    public boolean isIntact() {
        return Sha256.of(state).equals(sha256);
    }

    /** @throws IllegalStateException if a later version of Descent wrote it */
    public byte[] state() {
        TrainingStates.FORMAT.requireKnown(stateFormat);
        return state;
    }
}
