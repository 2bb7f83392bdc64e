package dev.descent.job;

import dev.descent.core.train.MemoryEstimate;
import dev.descent.job.lifecycle.JobChanged;
import dev.descent.job.lifecycle.JobError;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StatusTransition;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.job.specification.Specification;
import dev.descent.listing.Cursor;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
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
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.AfterDomainEventPublication;
import org.springframework.data.domain.DomainEvents;
import org.springframework.data.domain.Persistable;

/**
 * A training job. Its state changes only through the methods named after what happens, each of which rejects
 * transitions that {@link JobStatus} does not allow.
 */
@Entity
@Table(name = "training_job")
public class TrainingJob implements Persistable<String> {

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

    @Embedded
    private Footprint footprint = new Footprint(0, 0, 0);

    @Column(name = "threads")
    private @Nullable Integer threads;

    @Column(name = "epochs")
    private int epochs;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Enumerated(EnumType.STRING)
    @Column(name = "status")
    private JobStatus status = JobStatus.QUEUED;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "change_count")
    private int changeCount;

    @Embedded
    private Attempts attempts = Attempts.NONE;

    @Embedded
    private @Nullable Lease lease;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(name = "provenance")
    private @Nullable String provenance;

    @Embedded
    private Progress progress = Progress.NONE;

    @Embedded
    private CountedSteps steps = CountedSteps.NONE;

    @Embedded
    private @Nullable Outcome outcome;

    @Column(name = "test_evaluations")
    private int testEvaluations;

    @Column(name = "test_is_spent")
    private boolean testIsSpent;

    @ElementCollection
    @CollectionTable(name = "training_job_transition", joinColumns = @JoinColumn(name = "job_id"))
    @OrderColumn(name = "number")
    @BatchSize(size = Cursor.MAX_LIMIT)
    private List<StatusTransition> transitions = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "training_job_metadata", joinColumns = @JoinColumn(name = "job_id"))
    @MapKeyColumn(name = "name")
    @Column(name = "text_value")
    @BatchSize(size = Cursor.MAX_LIMIT)
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Version
    @Column(name = "version")
    private int version;

    @Transient
    private boolean stored = true;

    @Transient
    private final List<JobChanged> events = new ArrayList<>();

    protected TrainingJob() {
        // For JPA only.
    }

    /** A new job in the queue. */
    public static TrainingJob queued(
            String id,
            String owner,
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
        job.owner = owner;
        job.priority = specification.priority();
        job.threads = specification.threads();
        job.specification = specificationJson;
        job.specificationFormat = Specification.FORMAT.version();
        job.warnings = warningsJson;
        job.footprint = Footprint.of(parameterCount, memory);
        job.epochs = epochs;
        job.createdAt = now;
        job.metadata.putAll(specification.metadata());
        job.enter(JobStatus.QUEUED, now, null);
        return job;
    }

    /**
     * A worker takes the job; from now on only writes of this attempt are accepted.
     *
     * @param threadsHere the number of threads per job in that worker; the first worker's number is kept, because
     *     another number would not give bit-identical results
     */
    public void start(String worker, int threadsHere, Instant leasedUntil, Instant now) {
        move(JobStatus.RUNNING, now, attempts.number() == 0 ? null : "attempt " + (attempts.number() + 1));
        attempts = attempts.next();
        steps = steps.finishing(null);
        lease = new Lease(worker, leasedUntil);
        if (threads == null) {
            threads = threadsHere;
        }
        if (startedAt == null) {
            startedAt = now;
        }
    }

    void giveTo(String other) {
        owner = other;
        touch();
    }

    public void runsOn(String provenanceJson) {
        provenance = provenanceJson;
    }

    /** What the attempt has done so far is safe. */
    public void hasCheckpoint() {
        attempts = attempts.progressed();
    }

    /** Records training progress; {@code latestJson} holds the scores of the epoch. */
    public void progressTo(int epochsDone, long stepsDone, @Nullable String latestJson) {
        progress = progress.to(epochsDone, stepsDone, latestJson);
        steps = steps.to(stepsDone);
    }

    /**
     * Records how far training is within an epoch.
     *
     * @param inAll the steps of the whole training
     */
    public void countedTo(long stepsDone, long inAll, Instant expectedFinish) {
        steps = steps.to(stepsDone).of(inAll).finishing(expectedFinish);
    }

    /** Extends the lease: a write by its worker also counts as a heartbeat. */
    public void leaseUntil(Instant end) {
        if (lease != null) {
            lease = new Lease(lease.owner(), end);
        }
    }

    /**
     * Replaces what was estimated from the profile by what is known now that the data has been read.
     *
     * @param baselineLoss the loss of the best constant output on the training part
     * @param stepsOfAnEpoch on the training part
     */
    public void readData(long parameterCount, String warningsJson, double baselineLoss, int stepsOfAnEpoch) {
        footprint = footprint.withParameters(parameterCount);
        warnings = warningsJson;
        progress = progress.withBaseline(baselineLoss);
        steps = steps.of((long) epochs * stepsOfAnEpoch);
    }

    public void foundBest(int inEpoch, double loss) {
        progress = progress.withBest(inEpoch, loss);
    }

    public void forgetBest() {
        progress = progress.withBest(null, null);
    }

    /**
     * Its worker shuts down in an orderly way. A client's request that the worker has not carried out yet takes
     * precedence.
     */
    public void requeue(String reason, Instant now) {
        requireClaimed();
        if (!endAsCommanded(now)) {
            attempts = attempts.pardoned();
            move(JobStatus.QUEUED, now, reason);
            lease = null;
        }
    }

    /**
     * Its worker died, or something the worker needs failed, through no fault of the job: it is retried, unless too
     * many consecutive attempts have made no progress.
     *
     * @param retryAt the earliest time of the retry
     */
    public void interrupt(String reason, Instant retryAt, Instant now) {
        requireClaimed();
        if (endAsCommanded(now)) {
            return;
        }
        if (attempts.areEnough()) {
            fail(
                    StopReason.ERROR,
                    "infrastructure",
                    "%d attempts in a row came to nothing. The last: %s".formatted(attempts.withoutProgress(), reason),
                    now);
        } else {
            attempts = attempts.waitingUntil(retryAt);
            move(JobStatus.QUEUED, now, reason);
            lease = null;
        }
    }

    private boolean endAsCommanded(Instant now) {
        if (status == JobStatus.CANCELLING) {
            finishCancel(now);
        } else if (status == JobStatus.PAUSING) {
            finishPause(now);
        } else {
            return false;
        }
        return true;
    }

    /** A client requests cancellation; a job without a worker ends immediately. */
    public void cancel(Instant now) {
        if (JobStatus.CLAIMED.contains(status)) {
            move(JobStatus.CANCELLING, now, null);
        } else {
            finishCancel(now);
        }
    }

    /** A client requests a pause; a job without a worker pauses immediately. */
    public void pause(Instant now) {
        if (status == JobStatus.QUEUED) {
            finishPause(now);
        } else {
            move(JobStatus.PAUSING, now, null);
        }
    }

    private void finishPause(Instant now) {
        move(JobStatus.PAUSED, now, null);
        attempts = attempts.waitingUntil(null);
        lease = null;
    }

    /** Puts a paused job back into the queue. */
    public void resume(Instant now) {
        if (status != JobStatus.PAUSED) {
            throw illegal(JobStatus.QUEUED);
        }
        attempts = attempts.progressed();
        move(JobStatus.QUEUED, now, null);
    }

    public void changeEpochs(int inAll) {
        steps = steps.withEpochs(epochs, inAll);
        epochs = inAll;
    }

    /** Replaces what was estimated of several fits. */
    public void hasWork(int epochsInAll, long stepsInAll) {
        epochs = epochsInAll;
        steps = steps.of(stepsInAll);
    }

    /** Training ends after so many steps, whatever the number of epochs. */
    public void changeSteps(long inAll) {
        steps = steps.of(inAll);
    }

    /** Somebody has seen figures of its test part. */
    void countTestEvaluation() {
        testEvaluations++;
        tell();
    }

    /** Figures of the same test part have been seen of other jobs as well, so that one may have been chosen by them. */
    void spendTest() {
        testIsSpent = true;
    }

    /** How often its test part was evaluated. */
    public int testEvaluations() {
        return testEvaluations;
    }

    /** Whether a choice between models may have been made with its test part. */
    public boolean testIsSpent() {
        return testIsSpent;
    }

    /** Marks the job as changed when a client has changed something stored elsewhere. */
    public void touch() {
        changeCount++;
        tell();
    }

    public void finishCancel(Instant now) {
        end(JobStatus.CANCELLED, Outcome.cancelled(now), null);
    }

    public void succeed(StopReason reason, int newModelVersion, String sha256, Instant now) {
        end(JobStatus.SUCCEEDED, Outcome.succeeded(reason, now, newModelVersion, sha256), null);
    }

    public void fail(StopReason reason, String code, String message, Instant now) {
        fail(reason, code, message, null, now);
    }

    /** @param pointer to the offending part of the request, if there is one */
    public void fail(StopReason reason, String code, String message, @Nullable String pointer, Instant now) {
        JobError error = new JobError(code, shortened(message), pointer);
        end(JobStatus.FAILED, Outcome.failed(reason, now, error), message);
    }

    private void end(JobStatus as, Outcome how, @Nullable String message) {
        move(as, how.finishedAt(), message);
        outcome = how;
        lease = null;
    }

    private void move(JobStatus next, Instant now, @Nullable String message) {
        if (!status.canBecome(next)) {
            throw illegal(next);
        }
        enter(next, now, message);
    }

    private void enter(JobStatus next, Instant now, @Nullable String message) {
        status = next;
        transitions.add(new StatusTransition(next, now, message == null ? null : shortened(message)));
        tell();
    }

    private void tell() {
        events.add(standing());
    }

    public JobChanged standing() {
        return new JobChanged(id, status, transitions.size(), priority, attempts.notBefore());
    }

    /** Published once the repository has saved the job. */
    @DomainEvents
    List<JobChanged> events() {
        return List.copyOf(events);
    }

    @AfterDomainEventPublication
    void forgetEvents() {
        events.clear();
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

    @Override
    public String getId() {
        return id;
    }

    /** The application assigns ids, so JPA cannot tell from the id whether the row exists. */
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

    /** The number of computing threads; determined by the first claim if the specification leaves it open. */
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

    public String warnings() {
        return warnings;
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

    public Footprint footprint() {
        return footprint;
    }

    public Attempts attempts() {
        return attempts;
    }

    public Progress progress() {
        return progress;
    }

    CountedSteps steps() {
        return steps;
    }

    /** The part of the training that is done, from 0 to 1; a success is all of it, even if training ended early. */
    double fraction() {
        if (status == JobStatus.SUCCEEDED) {
            return 1;
        }
        Long total = steps.total();
        double part = total == null ? (double) progress.epoch() / epochs : (double) steps.counted() / total;
        return Math.min(1, part);
    }

    @Nullable
    StopReason stopReason() {
        return outcome == null ? null : outcome.reason();
    }

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    Instant finishedAt() {
        return outcome == null ? null : outcome.finishedAt();
    }

    @Nullable
    JobError error() {
        return outcome == null ? null : outcome.error();
    }

    @Nullable
    String provenance() {
        return provenance;
    }

    @Nullable
    Integer modelVersion() {
        return outcome == null ? null : outcome.modelVersion();
    }

    @Nullable
    String weightsSha256() {
        return outcome == null ? null : outcome.weightsSha256();
    }

    public List<StatusTransition> transitions() {
        return Collections.unmodifiableList(transitions);
    }

    Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }
}
