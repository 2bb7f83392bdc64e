package dev.descent.dataset;

import dev.descent.core.Names;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.dataset.format.ReadingRules;
import dev.descent.dataset.profile.DatasetProfile;
import dev.descent.principal.Visibility;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** An uploaded dataset: a file and what is known about it, which never change, and whose it is. */
@Entity
@Table(name = "dataset")
class Dataset implements Persistable<String> {

    @Id
    @Column(name = "id")
    private String id;

    @Column(name = "name")
    private String name;

    @Column(name = "owner")
    private String owner;

    @Column(name = "visibility")
    private String visibility = Names.of(Visibility.PRIVATE);

    @Column(name = "description")
    private @Nullable String description;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "format")
    private String format;

    @Column(name = "delimiter")
    private String delimiter;

    @Column(name = "header")
    private boolean header;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(name = "reading")
    private @Nullable String reading;

    @Column(name = "reading_format")
    private @Nullable Integer readingFormat;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(name = "missing_values")
    private String missingValues;

    @Column(name = "bytes")
    private long bytes;

    @Column(name = "sha256")
    private String sha256;

    @Column(name = "row_count")
    private long rows;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(name = "profile")
    private String profile;

    @Column(name = "profile_format")
    private int profileFormat;

    @jakarta.persistence.Transient
    private boolean stored = true;

    protected Dataset() {
        // For JPA only.
        this("", "", "", null, Instant.EPOCH, DatasetFormat.CSV, new Layout(",", true, ""), "[]", 0, "", 0, "[]");
    }

    /**
     * @param missingValues a JSON array of strings
     * @param profile {@link DatasetProfile} as JSON
     */
    Dataset(
            String id,
            String owner,
            String name,
            @Nullable String description,
            Instant createdAt,
            DatasetFormat format,
            Layout layout,
            String missingValues,
            long bytes,
            String sha256,
            long rows,
            String profile) {
        this.id = id;
        this.owner = owner;
        this.name = name;
        this.description = description;
        this.createdAt = createdAt;
        this.format = Names.of(format);
        this.delimiter = layout.delimiter();
        this.header = layout.header();
        this.reading = layout.reading();
        this.readingFormat = ReadingRules.FORMAT.version();
        this.missingValues = missingValues;
        this.bytes = bytes;
        this.sha256 = sha256;
        this.rows = rows;
        this.profile = profile;
        this.profileFormat = DatasetProfile.FORMAT.version();
    }

    @Override
    public String getId() {
        return id;
    }

    /** The application assigns ids, so JPA cannot tell from the id whether the row exists. */
    @Override
    public boolean isNew() {
        return !stored;
    }

    Dataset asNew() {
        stored = false;
        return this;
    }

    String owner() {
        return owner;
    }

    void giveTo(String other) {
        owner = other;
    }

    Visibility visibility() {
        return Names.constant(Visibility.class, visibility);
    }

    void show(Visibility wanted) {
        visibility = Names.of(wanted);
    }

    String name() {
        return name;
    }

    @Nullable
    String description() {
        return description;
    }

    Instant createdAt() {
        return createdAt;
    }

    /** @throws IllegalStateException if a later version of Descent wrote it */
    DatasetFormat format() {
        return DatasetFormat.named(format);
    }

    /**
     * How its file is read, as far as every version tells.
     *
     * @throws IllegalStateException if a later version of Descent wrote it
     */
    Layout layout() {
        if (readingFormat != null) {
            ReadingRules.FORMAT.requireKnown(readingFormat);
        }
        return new Layout(delimiter, header, reading);
    }

    /**
     * How a file is read.
     *
     * @param reading {@link ReadingRules} as JSON; null for what was stored when there were none
     */
    record Layout(
            String delimiter, boolean header, @Nullable String reading) {}

    String missingValues() {
        return missingValues;
    }

    long bytes() {
        return bytes;
    }

    String sha256() {
        return sha256;
    }

    long rows() {
        return rows;
    }

    /** @throws IllegalStateException if a later version of Descent wrote it */
    String profile() {
        DatasetProfile.FORMAT.requireKnown(profileFormat);
        return profile;
    }
}
