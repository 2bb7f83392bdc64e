package dev.descent.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** The whole state of a training run after a batch, from which it goes on to the bit. */
@Entity
class Checkpoint implements Persistable<String> {

    /** PostgreSQL takes a value of 1 GiB at most, together with what else is in its row. */
    static final long MAX_BYTES = 1_000_000_000;

    @Id
    private String id = "";

    private String jobId = "";
    private int epoch;
    private long step;
    private Instant createdAt = Instant.EPOCH;
    private long bytes;
    private String sha256 = "";
    private @Nullable Double loss;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    private @Nullable String scores;

    /** Not updatable, so that Hibernate keeps no copy of it to compare with. */
    @JdbcTypeCode(SqlTypes.LONG32VARBINARY)
    @Column(updatable = false)
    private byte[] state = {};

    @Transient
    private boolean stored = true;

    protected Checkpoint() {
        // For JPA alone.
    }

    /** @param scoresJson of its epoch */
    Checkpoint(String id, String jobId, Snapshot snapshot, @Nullable String scoresJson, Instant createdAt) {
        this.stored = false;
        this.id = id;
        this.jobId = jobId;
        this.epoch = snapshot.epoch();
        this.step = snapshot.step();
        this.createdAt = createdAt;
        this.bytes = snapshot.bytes().length;
        this.sha256 = snapshot.sha256();
        this.loss = snapshot.loss();
        this.scores = scoresJson;
        this.state = snapshot.bytes();
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    int epoch() {
        return epoch;
    }

    long step() {
        return step;
    }

    /** Whether it is what was written. */
    boolean isIntact() {
        return Digests.sha256(state).equals(sha256);
    }

    byte[] state() {
        return state;
    }
}
