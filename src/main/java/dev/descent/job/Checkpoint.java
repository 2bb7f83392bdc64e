package dev.descent.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.springframework.data.domain.Persistable;

/** The whole state of a training run after an epoch, from which it goes on to the bit. */
@Entity
class Checkpoint implements Persistable<String> {

    @Id
    private String id = "";

    private String jobId = "";
    private int epoch;
    private long step;
    private Instant createdAt = Instant.EPOCH;
    private long bytes;
    private String sha256 = "";

    /** Not updatable, so that Hibernate keeps no copy of it to compare with. */
    @JdbcTypeCode(SqlTypes.LONG32VARBINARY)
    @Column(updatable = false)
    private byte[] state = {};

    @Transient
    private boolean stored = true;

    protected Checkpoint() {
        // For JPA alone.
    }

    Checkpoint(String id, String jobId, int epoch, long step, byte[] state, String sha256, Instant createdAt) {
        this.stored = false;
        this.id = id;
        this.jobId = jobId;
        this.epoch = epoch;
        this.step = step;
        this.createdAt = createdAt;
        this.bytes = state.length;
        this.sha256 = sha256;
        this.state = state;
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

    String sha256() {
        return sha256;
    }

    byte[] state() {
        return state;
    }
}
