package dev.descent.model;

import dev.descent.core.Names;
import dev.descent.principal.Visibility;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.springframework.data.domain.Persistable;

/** A name with versions of trained weights. Names are unique among the models of an owner. */
@Entity
@Table(name = "model")
class Model implements Persistable<String> {

    @Id
    @Column(name = "id")
    private String id = "";

    @Column(name = "name")
    private String name = "";

    @Column(name = "owner")
    private String owner = "";

    @Column(name = "visibility")
    private String visibility = Names.of(Visibility.PRIVATE);

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "newest_version")
    private int newestVersion;

    @Column(name = "last_number")
    private int lastNumber;

    @Transient
    private boolean stored = true;

    protected Model() {
        // For JPA only.
    }

    /** @param lastNumber of an earlier model of that owner and name; 0 if there was none */
    Model(String id, String owner, String name, int lastNumber, Instant createdAt) {
        this.stored = false;
        this.id = id;
        this.owner = owner;
        this.name = name;
        this.lastNumber = lastNumber;
        this.createdAt = createdAt;
    }

    /** The number of the next version; no number is ever reused. */
    int nextVersion() {
        lastNumber++;
        newestVersion = lastNumber;
        return newestVersion;
    }

    /** The newest of those that are left, after others were deleted. */
    void fallBackTo(int version) {
        newestVersion = version;
    }

    /** Makes numbers continue after those of an earlier model of the same owner and name. */
    void continueAfter(int number) {
        lastNumber = Math.max(lastNumber, number);
    }

    void giveTo(String other) {
        owner = other;
    }

    void show(Visibility wanted) {
        visibility = Names.of(wanted);
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    String name() {
        return name;
    }

    String owner() {
        return owner;
    }

    Visibility visibility() {
        return Names.constant(Visibility.class, visibility);
    }

    Instant createdAt() {
        return createdAt;
    }

    int newestVersion() {
        return newestVersion;
    }

    int lastNumber() {
        return lastNumber;
    }
}
