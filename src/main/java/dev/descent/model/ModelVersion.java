package dev.descent.model;

import dev.descent.job.Specification;
import dev.descent.job.TrainedResult;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.springframework.data.domain.Persistable;

/** Trained weights, with all that is needed to predict from raw columns. It never changes. */
@Entity
@IdClass(ModelVersionId.class)
class ModelVersion implements Persistable<ModelVersionId> {

    @Id
    private String modelName = "";

    @Id
    private int version;

    private Instant createdAt = Instant.EPOCH;
    private String jobId = "";
    private String datasetId = "";

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    private String targets = "";

    private String task = "";
    private long parameterCount;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    private String description = "";

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    private String evaluation = "";

    private String weightsSha256 = "";

    /** Not updatable, so that Hibernate keeps no copy of it to compare with. */
    @JdbcTypeCode(SqlTypes.LONG32VARBINARY)
    @Column(updatable = false)
    private byte[] weights = {};

    @Transient
    private boolean stored = true;

    protected ModelVersion() {
        // For JPA alone.
    }

    /**
     * @param targets the names of the target columns as JSON
     * @param description {@link ModelDescription} as JSON
     * @param evaluation {@link EvaluationSummary} as JSON
     */
    ModelVersion(int version, TrainedResult result, String targets, String description, String evaluation) {
        Specification specification = result.specification();
        this.stored = false;
        this.modelName = specification.model();
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
    }

    @Override
    public ModelVersionId getId() {
        return new ModelVersionId(modelName, version);
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    String modelName() {
        return modelName;
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

    String description() {
        return description;
    }

    String evaluation() {
        return evaluation;
    }

    String weightsSha256() {
        return weightsSha256;
    }

    byte[] weights() {
        return weights;
    }
}
