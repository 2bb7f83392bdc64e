package dev.descent.model;

import dev.descent.job.specification.Specification;
import dev.descent.job.worker.TrainedResult;
import dev.descent.store.StoredFormat;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.springframework.data.domain.Persistable;

/** Trained weights with everything needed to predict from raw columns. Immutable. */
@Entity
@Table(name = "model_version")
@IdClass(ModelVersionId.class)
class ModelVersion implements Persistable<ModelVersionId> {

    private static final StoredFormat WEIGHTS = new StoredFormat("set of weights", 1);

    @Id
    @Column(name = "model_id")
    private String modelId = "";

    @Id
    @Column(name = "version")
    private int version;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "job_id")
    private String jobId = "";

    @Column(name = "dataset_id")
    private String datasetId = "";

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(name = "targets")
    private String targets = "";

    @Column(name = "task")
    private String task = "";

    @Column(name = "parameter_count")
    private long parameterCount;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(name = "description")
    private String description = "";

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(name = "evaluation")
    private String evaluation = "";

    @Column(name = "weights_sha256")
    private String weightsSha256 = "";

    /** Not updatable, so that Hibernate keeps no copy for dirty checking. */
    @JdbcTypeCode(SqlTypes.LONG32VARBINARY)
    @Column(name = "weights", updatable = false)
    private byte[] weights = {};

    @Column(name = "weights_bytes")
    private long weightsBytes;

    @Column(name = "description_format")
    private int descriptionFormat;

    @Column(name = "weights_format")
    private int weightsFormat;

    @Transient
    private boolean stored = true;

    protected ModelVersion() {
        // For JPA only.
    }

    /**
     * @param targets the names of the target columns as JSON
     * @param description {@link ModelDescription} as JSON
     * @param evaluation {@link EvaluationSummary} as JSON
     */
    ModelVersion(
            String modelId,
            int version,
            TrainedResult result,
            String targets,
            int descriptionFormat,
            String description,
            String evaluation) {
        Specification specification = result.specification();
        this.stored = false;
        this.modelId = modelId;
        this.version = version;
        this.createdAt = result.finishedAt();
        this.jobId = result.jobId();
        this.datasetId = specification.dataset();
        this.targets = targets;
        this.task = specification.task().label();
        this.parameterCount = result.parameterCount();
        this.description = description;
        this.evaluation = evaluation;
        this.weightsSha256 = result.weightsSha256();
        this.weights = result.weights();
        this.weightsBytes = result.weights().length;
        this.descriptionFormat = descriptionFormat;
        this.weightsFormat = WEIGHTS.version();
    }

    @Override
    public ModelVersionId getId() {
        return new ModelVersionId(modelId, version);
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    int version() {
        return version;
    }

    Instant createdAt() {
        return createdAt;
    }

    String jobId() {
        return jobId;
    }

    String datasetId() {
        return datasetId;
    }

    String targets() {
        return targets;
    }

    String task() {
        return task;
    }

    long parameterCount() {
        return parameterCount;
    }

    /** @throws IllegalStateException if a later version of Descent wrote it */
    String description() {
        ModelDescription.FORMAT.requireKnown(descriptionFormat);
        return description;
    }

    String evaluation() {
        return evaluation;
    }

    String weightsSha256() {
        return weightsSha256;
    }

    /** @throws IllegalStateException if a later version of Descent wrote them */
    byte[] weights() {
        WEIGHTS.requireKnown(weightsFormat);
        return weights;
    }
}
