package dev.descent.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.springframework.data.domain.Persistable;

/** A name with versions of trained weights. */
@Entity
@Table(name = "model")
class Model implements Persistable<String> {

    @Id
    @Column(name = "name")
    private String name = "";

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "newest_version")
    private int newestVersion;

    @Transient
    private boolean stored = true;

    protected Model() {
        // For JPA only.
    }

    Model(String name, Instant createdAt) {
        this.stored = false;
        this.name = name;
        this.createdAt = createdAt;
    }

    /** The number of the next version; no number is ever reused. */
    int nextVersion() {
        newestVersion++;
        return newestVersion;
    }

    @Override
    public String getId() {
        return name;
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }

    int newestVersion() {
        return newestVersion;
    }
}
