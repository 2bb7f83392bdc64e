package dev.descent.job;

import dev.descent.core.train.MemoryEstimate;
import dev.descent.job.lifecycle.JobError;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StatusTransition;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.job.specification.Specification;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/**
 * A training job. Its state moves only through the methods named after what happens; each refuses where {@link JobStatus} has no way.
 */
@Entity
@Table(name = "training_job")
public class TrainingJob implements Persistable<String> {

    /** Attempts in a row that may end without a checkpoint, by no fault of the job, before it is given up. */
    public static final int MAX_ATTEMPTS_WITHOUT_PROGRESS = 3;

    private static final int MAX_MESSAGE = 2_000;

    @Id
    @Column(name = "id")
    private String id = "";

    @Column(name = "name")
    private String name = "";

    @Column(name = "dataset_id")
    private String datasetId = "";

    @Column(name = "model_name")
    private String modelName = "";

    @Column(name = "owner")
    private String owner = "";

    @Column(name = "priority")
    private int priority;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(name = "specification")
    private String specification = "";

    @Column(name = "specification_format")
    private int specificationFormat;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(name = "warnings")
    private String warnings = "";

    @Column(name = "parameter_count")
    private long parameterCount;

    @Column(name = "memory_bytes")
    private long memoryBytes;

    @Column(name = "heap_bytes")
    private long heapBytes;

    @Column(name = "epochs")
    private int epochs;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Enumerated(EnumType.STRING)
    @Column(name = "status")
    private JobStatus status = JobStatus.QUEUED;

    @Enumerated(EnumType.STRING)
    @Column(name = "stop_reason")
    private @Nullable StopReason stopReason;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;

    @Column(name = "error_code")
    private @Nullable String errorCode;

    @Column(name = "error_message", length = MAX_MESSAGE)
    private @Nullable String errorMessage;

    @Column(name = "attempt")
    private int attempt;

    @Column(name = "fruitless_attempts")
    private int attemptsWithoutProgress;

    @Column(name = "change_count")
    private int changeCount;

    @Column(name = "not_before")
    private @Nullable Instant notBefore;

    @Column(name = "threads")
    private @Nullable Integer threads;

    @Column(name = "lease_owner")
    private @Nullable String leaseOwner;

    @Column(name = "lease_until")
    private @Nullable Instant leaseUntil;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(name = "provenance")
    private @Nullable String provenance;

    @Column(name = "epoch")
    private int epoch;

    @Column(name = "step")
    private long step;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(name = "latest")
    private @Nullable String latest;

    @Column(name = "baseline_loss")
    private @Nullable Double baselineLoss;

    @Column(name = "best_epoch")
    private @Nullable Integer bestEpoch;

    @Column(name = "best_loss")
    private @Nullable Double bestLoss;

    @Column(name = "model_version")
    private @Nullable Integer modelVersion;

    @Column(name = "weights_sha256")
    private @Nullable String weightsSha256;

    @ElementCollection
    @CollectionTable(name = "training_job_transition", joinColumns = @JoinColumn(name = "job_id"))
    @OrderColumn(name = "number")
    private List<StatusTransition> transitions = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "training_job_metadata", joinColumns = @JoinColumn(name = "job_id"))
    @MapKeyColumn(name = "name")
    @Column(name = "text_value")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Version
    @Column(name = "version")
    private int version;

    @Transient
    private boolean stored = true;

    protected TrainingJob() {
        // For JPA alone.
    }

    /** A new job, queued. */
    static TrainingJob queued(
            String id,
            Specification specification,
            String specificationJson,
            String warningsJson,
            long parameterCount,
            MemoryEstimate memory,
            int epochs,
            Instant now) {
        TrainingJob job = new TrainingJob();
        job.stored = false;
        job.id = id;
        job.name = specification.name();
        job.datasetId = specification.dataset();
        job.modelName = specification.model();
        job.owner = specification.owner();
        job.priority = specification.priority();
        job.threads = specification.threads();
        job.specification = specificationJson;
        job.specificationFormat = Specification.FORMAT.version();
        job.warnings = warningsJson;
        job.parameterCount = parameterCount;
        job.memoryBytes = memory.bytes();
        job.heapBytes = memory.heapBytes();
        job.epochs = epochs;
        job.createdAt = now;
        job.metadata.putAll(specification.metadata());
        job.transitions.add(new StatusTransition(JobStatus.QUEUED, now, null));
        return job;
    }

    /**
     * A worker takes the job; from here on only writes of this attempt count.
     *
     * @param threadsHere of the worker's jobs; the first worker decides, as another number would give other bits
     */
    public void start(String worker, int threadsHere, Instant leasedUntil, Instant now) {
        become(JobStatus.RUNNING, now, attempt == 0 ? null : "attempt " + (attempt + 1));
        attempt++;
        attemptsWithoutProgress++;
        notBefore = null;
        leaseOwner = worker;
        leaseUntil = leasedUntil;
        if (threads == null) {
            threads = threadsHere;
        }
        if (startedAt == null) {
            startedAt = now;
        }
    }

    public void runsOn(String provenanceJson) {
        provenance = provenanceJson;
    }

    /** What the attempt has done so far is safe. */
    public void hasCheckpoint() {
        attemptsWithoutProgress = 0;
    }

    /** Where training stands; {@code latestJson} holds the scores of the epoch. */
    public void progressTo(int epochsDone, long stepsDone, @Nullable String latestJson) {
        epoch = epochsDone;
        step = stepsDone;
        latest = latestJson;
    }

    /** What its worker writes is a sign of life, too. */
    public void leaseUntil(Instant end) {
        leaseUntil = end;
    }

    /** What a constant output reaches on the training part. */
    public void measuredBaseline(double loss) {
        baselineLoss = loss;
    }

    public void foundBest(int inEpoch, double loss) {
        bestEpoch = inEpoch;
        bestLoss = loss;
    }

    public void forgetBest() {
        bestEpoch = null;
        bestLoss = null;
    }

    /** Its worker stops in good order. A wish of a client that the worker had not carried out yet comes first. */
    public void requeue(String reason, Instant now) {
        requireClaimed();
        if (!endAsWished(now)) {
            become(JobStatus.QUEUED, now, reason);
            attemptsWithoutProgress = Math.max(0, attemptsWithoutProgress - 1);
            release();
        }
    }

    /**
     * Its worker died, or what the worker needs fails, by no fault of the job: it is tried again, unless too many attempts in a row came to nothing.
     *
     * @param retryAt when, at the earliest
     */
    public void interrupt(String reason, Instant retryAt, Instant now) {
        requireClaimed();
        if (endAsWished(now)) {
            return;
        }
        if (attemptsWithoutProgress >= MAX_ATTEMPTS_WITHOUT_PROGRESS) {
            fail(
                    StopReason.ERROR,
                    "infrastructure",
                    "%d attempts in a row came to nothing. The last: %s".formatted(attemptsWithoutProgress, reason),
                    now);
        } else {
            become(JobStatus.QUEUED, now, reason);
            notBefore = retryAt;
            release();
        }
    }

    private boolean endAsWished(Instant now) {
        if (status == JobStatus.CANCELLING) {
            finishCancel(now);
        } else if (status == JobStatus.PAUSING) {
            finishPause(now);
        } else {
            return false;
        }
        return true;
    }

    /** A client asks for the end; a job that nobody works on ends at once. */
    void cancel(Instant now) {
        if (JobStatus.CLAIMED.contains(status)) {
            become(JobStatus.CANCELLING, now, null);
        } else {
            finishCancel(now);
        }
    }

    /** A client asks for a rest; a job that nobody works on rests at once. */
    void pause(Instant now) {
        if (status == JobStatus.QUEUED) {
            finishPause(now);
        } else {
            become(JobStatus.PAUSING, now, null);
        }
    }

    void finishPause(Instant now) {
        become(JobStatus.PAUSED, now, null);
        notBefore = null;
        release();
    }

    /** Back into the queue after a rest. */
    void resume(Instant now) {
        if (status != JobStatus.PAUSED) {
            throw illegal(JobStatus.QUEUED);
        }
        become(JobStatus.QUEUED, now, null);
        attemptsWithoutProgress = 0;
    }

    public void changeEpochs(int inAll) {
        epochs = inAll;
    }

    /** A client changed something that is kept elsewhere. */
    void touch() {
        changeCount++;
    }

    public void finishCancel(Instant now) {
        become(JobStatus.CANCELLED, now, null);
        end(StopReason.CANCELLED, now);
    }

    public void succeed(StopReason reason, int newModelVersion, String sha256, Instant now) {
        become(JobStatus.SUCCEEDED, now, null);
        end(reason, now);
        modelVersion = newModelVersion;
        weightsSha256 = sha256;
    }

    public void fail(StopReason reason, String code, String message, Instant now) {
        become(JobStatus.FAILED, now, message);
        end(reason, now);
        errorCode = code;
        errorMessage = shortened(message);
    }

    private void become(JobStatus next, Instant now, @Nullable String message) {
        if (!status.canBecome(next)) {
            throw illegal(next);
        }
        status = next;
        transitions.add(new StatusTransition(next, now, message == null ? null : shortened(message)));
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
    }

    private void requireClaimed() {
        if (!JobStatus.CLAIMED.contains(status)) {
            throw illegal(JobStatus.QUEUED);
        }
    }

    private IllegalStateException illegal(JobStatus next) {
        return new IllegalStateException("Job %s is %s and can't become %s".formatted(id, status, next));
    }

    private void end(StopReason reason, Instant now) {
        stopReason = reason;
        finishedAt = now;
        release();
    }

    private void release() {
        leaseOwner = null;
        leaseUntil = null;
    }

    @Override
    public String getId() {
        return id;
    }

    /** The id is given by us, so JPA cannot tell from it whether the row exists. */
    @Override
    public boolean isNew() {
        return !stored;
    }

    String name() {
        return name;
    }

    public String datasetId() {
        return datasetId;
    }

    String modelName() {
        return modelName;
    }

    public String owner() {
        return owner;
    }

    public int priority() {
        return priority;
    }

    public long memoryBytes() {
        return memoryBytes;
    }

    public long heapBytes() {
        return heapBytes;
    }

    public int attemptsWithoutProgress() {
        return attemptsWithoutProgress;
    }

    @Nullable
    public Instant notBefore() {
        return notBefore;
    }

    /** That compute; decided at the first claim, where the specification leaves it open. */
    @Nullable
    public Integer threads() {
        return threads;
    }

    int version() {
        return version;
    }

    String specification() {
        return specification;
    }

    int specificationFormat() {
        return specificationFormat;
    }

    String warnings() {
        return warnings;
    }

    long parameterCount() {
        return parameterCount;
    }

    int epochs() {
        return epochs;
    }

    Instant createdAt() {
        return createdAt;
    }

    public JobStatus status() {
        return status;
    }

    @Nullable
    StopReason stopReason() {
        return stopReason;
    }

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    Instant finishedAt() {
        return finishedAt;
    }

    @Nullable
    JobError error() {
        return errorCode == null ? null : new JobError(errorCode, String.valueOf(errorMessage), null);
    }

    public int attempt() {
        return attempt;
    }

    @Nullable
    String provenance() {
        return provenance;
    }

    public int epoch() {
        return epoch;
    }

    long step() {
        return step;
    }

    @Nullable
    public String latest() {
        return latest;
    }

    @Nullable
    Double baselineLoss() {
        return baselineLoss;
    }

    @Nullable
    Integer bestEpoch() {
        return bestEpoch;
    }

    @Nullable
    Double bestLoss() {
        return bestLoss;
    }

    @Nullable
    Integer modelVersion() {
        return modelVersion;
    }

    @Nullable
    String weightsSha256() {
        return weightsSha256;
    }

    public List<StatusTransition> transitions() {
        return Collections.unmodifiableList(transitions);
    }

    Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }
}
