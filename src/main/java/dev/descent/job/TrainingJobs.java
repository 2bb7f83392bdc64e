package dev.descent.job;

import dev.descent.core.Count;
import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.train.Adjustment;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.diagnose.FitDiagnosis;
import dev.descent.core.train.diagnose.LossHistory;
import dev.descent.dataset.Datasets;
import dev.descent.idempotency.Creation;
import dev.descent.idempotency.KeyedRequest;
import dev.descent.job.checkpoint.Checkpoint;
import dev.descent.job.checkpoint.CheckpointRepository;
import dev.descent.job.checkpoint.CheckpointView;
import dev.descent.job.checkpoint.CheckpointWeights;
import dev.descent.job.feed.JobEvent;
import dev.descent.job.feed.Standing;
import dev.descent.job.feed.WatchedJobs;
import dev.descent.job.history.Diagnosis;
import dev.descent.job.history.MetricPoint;
import dev.descent.job.history.MetricReader;
import dev.descent.job.history.Suggestions;
import dev.descent.job.lifecycle.Change;
import dev.descent.job.lifecycle.ChangeRepository;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.job.resource.TableHeap;
import dev.descent.job.specification.ResolvedTraining;
import dev.descent.job.specification.Specification;
import dev.descent.listing.Ids;
import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import dev.descent.quota.Quotas;
import dev.descent.request.EntityTags;
import dev.descent.request.RequestHeap;
import dev.descent.request.StoredJson;
import dev.descent.store.DiskSpace;
import dev.descent.store.Spool;
import dev.descent.store.Spools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The client side of training jobs. */
@Service
public class TrainingJobs implements WatchedJobs<TrainingJobView> {

    /** How jobs are created. */
    public static final Creation CREATION = new Creation("training-job", HttpStatus.ACCEPTED, "/v1/training-jobs/");

    /** A point with some 20 scores by name, as it is read and as it is written. */
    private static final long HEAP_PER_POINT = 3_000;

    private static final long HEAP_PER_LOSS = 80;

    private static final Logger log = LoggerFactory.getLogger(TrainingJobs.class);

    private final TrainingJobRepository jobs;
    private final Datasets datasets;
    private final Quotas quotas;
    private final CheckpointRepository checkpoints;
    private final ChangeRepository changes;
    private final JobQueue queue;
    private final JobRemoval removal;
    private final JobViews views;
    private final StoredSpecifications specifications;
    private final StoredJson json;
    private final MetricReader history;
    private final DiskSpace disk;
    private final TableHeap tables;
    private final RequestHeap heap;
    private final Spools spools;
    private final Clock clock;

    TrainingJobs(
            TrainingJobRepository jobs,
            Datasets datasets,
            Quotas quotas,
            CheckpointRepository checkpoints,
            ChangeRepository changes,
            JobQueue queue,
            JobRemoval removal,
            JobViews views,
            StoredSpecifications specifications,
            StoredJson json,
            MetricReader history,
            DiskSpace disk,
            TableHeap tables,
            RequestHeap heap,
            Spools spools,
            Clock clock) {
        this.jobs = jobs;
        this.datasets = datasets;
        this.quotas = quotas;
        this.checkpoints = checkpoints;
        this.changes = changes;
        this.queue = queue;
        this.removal = removal;
        this.views = views;
        this.specifications = specifications;
        this.json = json;
        this.history = history;
        this.disk = disk;
        this.tables = tables;
        this.heap = heap;
        this.spools = spools;
        this.clock = clock;
    }

    /** Stores a job; once this returns, the job will run, whatever crashes. */
    @Transactional
    public TrainingJobView create(Principal principal, ResolvedTraining training, KeyedRequest request) {
        disk.require();
        Specification specification = training.specification();
        datasets.lockForUse(principal, specification.dataset());
        requireWork(principal, "#/hyperparameters", training.epochs(), specification);
        quotas.requireQueueing(principal);
        Instant now = clock.instant();
        TrainingJob job = jobs.save(TrainingJob.queued(
                Ids.next("job_"),
                principal.owner(),
                specification,
                json.write(specification),
                json.write(training.warnings()),
                training.wiring().parameterCount(),
                training.memory(),
                training.epochs(),
                now));
        TrainingJobView view = view(job);
        request.made(job.getId(), view);
        log.info("Job {} \"{}\" queued", job.getId(), job.name());
        return view;
    }

    @Transactional(readOnly = true)
    public TrainingJobView get(Principal principal, String id) {
        return view(find(principal, id));
    }

    @Override
    @Transactional(readOnly = true)
    public TrainingJobView current(String id) {
        return view(jobs.findById(id).orElseThrow(() -> ProblemException.notFound("training job", id)));
    }

    /**
     * Does something to a job that nobody else changes meanwhile.
     *
     * @throws ProblemException 412 for a job in another state than expected
     */
    @Transactional
    public <T> T ifStill(EntityTags expected, Principal principal, String id, Supplier<T> action) {
        if (!expected.areAll()) {
            TrainingJob job = findAndLock(principal, id);
            Map<String, Integer> positions = job.status() == JobStatus.QUEUED ? queue.positions() : Map.of();
            expected.require(TrainingJobView.tag(job.version(), positions.get(id)));
        }
        return action.get();
    }

    /** @throws ProblemException 409 for a job that has ended otherwise; a second cancel changes nothing */
    @Transactional
    public TrainingJobView cancel(Principal principal, String id) {
        TrainingJob job = findAndLock(principal, id);
        switch (job.status()) {
            case QUEUED, RUNNING, PAUSING, PAUSED -> {
                job.cancel(clock.instant());
                jobs.save(job);
                log.info("Job {} is to be cancelled", id);
            }
            case CANCELLING, CANCELLED -> {
                // Already in the requested state.
            }
            case SUCCEEDED, FAILED -> throw refused(job, "live", "cancelled");
        }
        return view(job);
    }

    /**
     * Pauses a queued job immediately, a running one before its next batch.
     *
     * @throws ProblemException 409 for a job in any other state; a second pause changes nothing
     */
    @Transactional
    public TrainingJobView pause(Principal principal, String id) {
        TrainingJob job = findAndLock(principal, id);
        switch (job.status()) {
            case QUEUED, RUNNING -> {
                job.pause(clock.instant());
                jobs.save(job);
                log.info("Job {} is to pause", id);
            }
            case PAUSING, PAUSED -> {
                // Already in the requested state.
            }
            case CANCELLING, SUCCEEDED, FAILED, CANCELLED -> throw refused(job, "queued or running", "paused");
        }
        return view(job);
    }

    /**
     * Puts a paused job back into the queue.
     *
     * @throws ProblemException 409 for a job that is not paused; a second resume changes nothing
     */
    @Transactional
    public TrainingJobView resume(Principal principal, String id) {
        TrainingJob job = findAndLock(principal, id);
        switch (job.status()) {
            case PAUSED -> {
                job.resume(clock.instant());
                jobs.save(job);
                log.info("Job {} goes back into the queue", id);
            }
            case QUEUED, RUNNING -> {
                // Already in the requested state.
            }
            case PAUSING, CANCELLING, SUCCEEDED, FAILED, CANCELLED -> throw refused(job, "paused", "resumed");
        }
        return view(job);
    }

    /**
     * Changes a live job; training applies the change before its next batch.
     *
     * @throws ProblemException 409 for a job that has ended, 422 for a change that does not fit it
     */
    @Transactional
    public TrainingJobView change(Principal principal, String id, Adjustment adjustment) {
        TrainingJob job = findAndLock(principal, id);
        if (job.status().isTerminal() || job.status() == JobStatus.CANCELLING) {
            throw refused(job, "live", "changed");
        }
        requireOneFit(job);
        checkFits(adjustment, job);
        if (adjustment.epochs() != null) {
            requireWork(principal, "#", adjustment.epochs(), specifications.of(job));
        }
        int number = changes.findByJobIdOrderByNumber(id).size() + 1;
        changes.save(new Change(id, number, adjustment, clock.instant()));
        if (adjustment.epochs() != null) {
            job.changeEpochs(adjustment.epochs());
        }
        job.touch();
        jobs.save(job);
        log.info("Job {} changes: {}", id, adjustment);
        return view(job);
    }

    private void requireOneFit(TrainingJob job) {
        if (hasFolds(job)) {
            throw ProblemException.conflict(
                    "Job %s is a cross-validation, whose folds can be compared only if they are trained in the same way; cancel it, and submit another one"
                            .formatted(job.getId()));
        }
    }

    private boolean hasFolds(TrainingJob job) {
        return specifications.of(job).isCrossValidation();
    }

    /** What a client has submitted, and how far it is. */
    record Submitted(Specification specification, JobStatus status) {}

    /** @throws ProblemException 404 for an unknown id */
    @Transactional(readOnly = true)
    public Submitted submitted(Principal principal, String id) {
        TrainingJob job = find(principal, id);
        return new Submitted(specifications.of(job), job.status());
    }

    /** Whether the job is a cross-validation. */
    public boolean hasFolds(Principal principal, String id) {
        return hasFolds(find(principal, id));
    }

    /** @param parent the pointer to what has the number of epochs or steps */
    private void requireWork(Principal principal, String parent, int epochs, Specification specification) {
        String field = specification.hyperparameters().steps() == null ? "/epochs" : "/steps";
        quotas.requireWork(principal, parent + field, epochs, datasets.rowCount(specification.dataset()));
    }

    private void checkFits(Adjustment adjustment, TrainingJob job) {
        Specification specification = specifications.of(job);
        Violations violations = new Violations();
        Integer epochs = adjustment.epochs();
        if (epochs != null && specification.hyperparameters().steps() != null) {
            violations.add("#/epochs", "The job ends after a number of steps; accepted: no epochs");
        } else if (epochs != null && epochs <= job.progress().epoch()) {
            violations.add(
                    "#/epochs",
                    "epochs is %d, but %s done; accepted: a whole number from %d to %d"
                            .formatted(
                                    epochs,
                                    Count.of(job.progress().epoch(), "is", "are"),
                                    job.progress().epoch() + 1,
                                    Hyperparameters.MAX_EPOCHS));
        }
        if (adjustment.patience() != null && specification.hyperparameters().earlyStopping() == null) {
            violations.add("#/early_stopping/patience", "The job has no early stopping; accepted: no patience");
        }
        violations.throwIfAny();
    }

    /** Gives a job, with its checkpoints and history, to another owner. */
    @Transactional
    public TrainingJobView giveTo(Principal principal, String id, String owner) {
        TrainingJob job = findAndLock(principal, id);
        job.giveTo(owner);
        jobs.save(job);
        log.info("Job {} belongs to {} now", id, owner);
        return view(job);
    }

    private TrainingJob findAndLock(Principal principal, String id) {
        return jobs.findAndLock(id)
                .filter(job -> principal.owns(job.owner()))
                .orElseThrow(() -> ProblemException.notFound("training job", id));
    }

    private static ProblemException refused(TrainingJob job, String needed, String wanted) {
        return ProblemException.conflict("The status of job %s is %s; only a job that is %s can be %s"
                .formatted(job.getId(), Names.of(job.status()), needed, wanted));
    }

    /** The events of a job, newest first. */
    @Transactional(readOnly = true)
    public List<JobEvent> events(Principal principal, String id) {
        TrainingJob job = find(principal, id);
        return JobEvent.of(id, job.transitions(), changes.findByJobIdOrderByNumber(id));
    }

    /** The states that a job can resume from, newest first. */
    @Transactional(readOnly = true)
    public List<CheckpointView> checkpoints(Principal principal, String id) {
        find(principal, id);
        return CheckpointView.of(checkpoints.findSummaries(id), json);
    }

    /**
     * The weights of the best epoch recorded in a checkpoint, as safetensors.
     *
     * @throws ProblemException 404 for an unknown id, 409 for a checkpoint from within the first epoch or from a version
     *     that did not name its parameters
     */
    public Spool weights(Principal principal, String id, String checkpointId) {
        find(principal, id);
        long bytes = checkpoints.findSummaries(id).stream()
                .filter(summary -> summary.id().equals(checkpointId))
                .mapToLong(CheckpointRepository.Summary::bytes)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("checkpoint of job %s".formatted(id), checkpointId));
        // Read, by the driver and by Hibernate; what is made of them is off the heap, and goes to a file.
        return tables.use(
                3 * bytes,
                () -> checkpoints
                        .findOfJob(id, checkpointId)
                        .map(this::weights)
                        .orElseThrow(
                                () -> ProblemException.notFound("checkpoint of job %s".formatted(id), checkpointId)));
    }

    private Spool weights(Checkpoint checkpoint) {
        try {
            return spools.write(spool -> CheckpointWeights.write(checkpoint, spool));
        } catch (IllegalStateException without) {
            throw ProblemException.conflict(String.valueOf(without.getMessage()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @throws ProblemException 404 for an unknown id */
    @Transactional(readOnly = true)
    public Standing standing(Principal principal, String id) {
        find(principal, id);
        Standing standing = standings(List.of(id)).get(id);
        if (standing == null) {
            throw ProblemException.notFound("training job", id);
        }
        return standing;
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, Standing> standings(Collection<String> ids) {
        List<TrainingJobRepository.Standing> standings = jobs.findStandings(ids);
        boolean queued = standings.stream().anyMatch(standing -> standing.status() == JobStatus.QUEUED);
        Map<String, Integer> positions = queued ? queue.positions() : Map.of();
        return standings.stream()
                .collect(Collectors.toMap(
                        TrainingJobRepository.Standing::id,
                        standing -> new Standing(
                                standing.status(),
                                TrainingJobView.tag(standing.version(), positions.get(standing.id())))));
    }

    @Transactional
    public void delete(Principal principal, String id) {
        TrainingJob job = findAndLock(principal, id);
        if (!job.status().isTerminal()) {
            throw ProblemException.conflict("Job %s has not ended; cancel it first".formatted(id));
        }
        removal.delete(job);
    }

    /** The loss history of a job, or some of it. */
    public MetricReader.Sample history(Principal principal, String id, int maxPoints) {
        int most = Math.min(maxPoints, find(principal, id).progress().epoch());
        heap.reserve(HEAP_PER_POINT * most);
        return history.atMost(maxPoints, id);
    }

    /** The whole loss history, epoch by epoch. */
    public void history(Principal principal, String id, Consumer<MetricPoint> use) {
        find(principal, id);
        history.forEach(id, use);
    }

    /** How well the network fits, as far as it has been trained; of a cross-validation, that of the newest fold. */
    public Diagnosis diagnosis(Principal principal, String id) {
        TrainingJob job = find(principal, id);
        heap.reserve(HEAP_PER_LOSS * job.progress().epoch());
        List<Double> train = new ArrayList<>();
        List<Double> validation = new ArrayList<>();
        boolean hasFolds = hasFolds(job);
        history.forEach(id, point -> {
            if (hasFolds && point.fold() == null) {
                // All rows are trained on, so nothing tells how well it fits others.
                return;
            }
            if (hasFolds && point.epoch() == 1) {
                train.clear();
                validation.clear();
            }
            add(point.metric("train_loss"), train);
            add(point.metric("validation_loss"), validation);
        });
        Double baseline = job.progress().baselineLoss();
        FitDiagnosis diagnosis = FitDiagnosis.of(new LossHistory(
                train,
                validation,
                baseline == null ? Double.NaN : baseline,
                job.status().isTerminal(),
                job.stopReason() == StopReason.DIVERGED));
        return new Diagnosis(
                "training.diagnosis",
                diagnosis.verdict(),
                diagnosis.confidence(),
                diagnosis.evidence(),
                Suggestions.of(diagnosis, specifications.of(job)));
    }

    /**
     * What a job did.
     *
     * @throws ProblemException 404 for an unknown id, 409 for a job that has not succeeded
     */
    @Transactional(readOnly = true)
    public Specification succeeded(Principal principal, String id) {
        TrainingJob job = find(principal, id);
        if (job.status() != JobStatus.SUCCEEDED) {
            throw ProblemException.conflict("The status of job %s is %s; only a job that has succeeded can be evaluated"
                    .formatted(id, Names.of(job.status())));
        }
        return specifications.of(job);
    }

    /**
     * Counts that somebody sees figures of a job's test part. Once an owner has seen those of two jobs with the same
     * dataset and split, both parts are spent: whatever is chosen by them looks better than it is.
     *
     * @return the job as it is then
     */
    @Transactional
    public TestUse countTestEvaluation(Principal principal, String id) {
        // Whoever counts for another job of the same dataset waits here, so that each sees the other.
        jobs.findDatasetId(id).ifPresent(datasets::lockForUse);
        TrainingJob job = findAndLock(principal, id);
        job.countTestEvaluation();
        SplitSpec split = specifications.of(job).split();
        for (TrainingJob other : jobs.findOthersTested(job.datasetId(), job.owner(), id)) {
            if (specifications.of(other).split().equals(split)) {
                job.spendTest();
                if (!other.testIsSpent()) {
                    other.spendTest();
                    jobs.save(other);
                }
            }
        }
        jobs.save(job);
        return new TestUse(job.testEvaluations(), job.testIsSpent());
    }

    /**
     * How much the test part of a job is used up.
     *
     * @param evaluations how often somebody has seen figures of it
     * @param isSpent whether a choice between models may have been made with it
     */
    public record TestUse(
            @Name("test_evaluations") int evaluations,
            @Name("test_is_spent") boolean isSpent) {}

    private static void add(@Nullable Double loss, List<Double> losses) {
        if (loss != null) {
            losses.add(loss);
        }
    }

    private TrainingJob find(Principal principal, String id) {
        jobs.findSpecificationLength(id).ifPresent(length -> heap.reserve(JobViews.heapBytes(length)));
        return jobs.findById(id)
                .filter(job -> principal.owns(job.owner()))
                .orElseThrow(() -> ProblemException.notFound("training job", id));
    }

    private TrainingJobView view(TrainingJob job) {
        // Its version and queue position are known only after the write.
        jobs.flush();
        return views.of(
                job,
                changes.findByJobIdOrderByNumber(job.getId()),
                job.status() == JobStatus.QUEUED ? queue.positions() : Map.of());
    }
}
