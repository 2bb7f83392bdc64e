package dev.descent.job.worker;

import dev.descent.core.train.Adjustment;
import dev.descent.core.train.EpochReport;
import dev.descent.core.train.TrainingState;
import dev.descent.dataset.Datasets;
import dev.descent.job.Change;
import dev.descent.job.ChangeRepository;
import dev.descent.job.JobJson;
import dev.descent.job.JobQueue;
import dev.descent.job.TrainingJob;
import dev.descent.job.TrainingJobRepository;
import dev.descent.job.checkpoint.Checkpoint;
import dev.descent.job.checkpoint.CheckpointRepository;
import dev.descent.job.checkpoint.Snapshot;
import dev.descent.job.history.Epoch;
import dev.descent.job.history.EpochRepository;
import dev.descent.job.history.LatestScores;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.resource.Resources;
import dev.descent.job.specification.Specification;
import dev.descent.listing.Ids;
import dev.descent.problem.Outage;
import dev.descent.store.DiskSpace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The workers' side of jobs: claims, progress, ends. Every write locks the job's row, and is refused once the claim is stale; so whatever happens to
 * a worker, each job's history has one author at a time.
 */
@Service
class JobRuns {

    private static final Logger log = LoggerFactory.getLogger(JobRuns.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    private final TrainingJobRepository jobs;
    private final EpochRepository epochs;
    private final CheckpointRepository checkpoints;
    private final ChangeRepository changes;
    private final ModelRegistry models;
    private final Datasets datasets;
    private final JobQueue queue;
    private final DispatchTickets turns;
    private final Machine machine;
    private final JobJson json;
    private final JobProperties properties;
    private final DiskSpace disk;
    private final Clock clock;

    JobRuns(
            TrainingJobRepository jobs,
            EpochRepository epochs,
            CheckpointRepository checkpoints,
            ChangeRepository changes,
            ModelRegistry models,
            Datasets datasets,
            JobQueue queue,
            DispatchTickets turns,
            Machine machine,
            JobJson json,
            JobProperties properties,
            DiskSpace disk,
            Clock clock) {
        this.jobs = jobs;
        this.epochs = epochs;
        this.checkpoints = checkpoints;
        this.changes = changes;
        this.models = models;
        this.datasets = datasets;
        this.queue = queue;
        this.turns = turns;
        this.machine = machine;
        this.json = json;
        this.properties = properties;
        this.disk = disk;
        this.clock = clock;
    }

    /**
     * Takes the job that is next, unless it has to wait for memory of this process. Jobs behind it wait too: small ones that always fit must not keep a
     * large one waiting for ever.
     *
     * @param free what no running job of this process takes
     */
    @Transactional
    public Optional<Claim> claim(Resources free) {
        if (!disk.hasSome()) {
            // It would fail for what is not its fault, and the next one after it.
            return Optional.empty();
        }
        long number = queue.lock();
        Instant now = clock.instant();
        return queue.next(now, properties.runningPerOwner(), properties.resources())
                .filter(job -> free.holds(job.memoryBytes(), job.heapBytes()))
                .flatMap(candidate -> jobs.findAndLock(candidate.id()))
                // A client may have cancelled it meanwhile.
                .filter(job -> job.status() == JobStatus.QUEUED)
                .flatMap(job -> start(job, number, now));
    }

    /** A job that this version can't read, or whose dataset is gone, must not keep others waiting. */
    private Optional<Claim> start(TrainingJob job, long number, Instant now) {
        Specification specification;
        String sha256;
        try {
            specification = json.specification(job);
            sha256 = datasets.get(job.datasetId()).sha256();
        } catch (RuntimeException unreadable) {
            if (Outage.isOfStore(unreadable)) {
                throw unreadable;
            }
            log.error("Job {} failed", job.getId(), unreadable);
            job.fail(StopReason.ERROR, "unreadable_specification", String.valueOf(unreadable.getMessage()), now);
            return Optional.empty();
        }
        queue.served(job.owner(), number);
        job.start(machine.worker(), properties.threadsOfAJob(), now.plus(properties.lease()), now);
        int threads = Objects.requireNonNull(job.threads());
        job.runsOn(json.write(
                machine.provenance(sha256, specification.hyperparameters().seed(), threads)));
        return Optional.of(
                new Claim(job.getId(), job.attempt(), specification, threads, job.memoryBytes(), job.heapBytes()));
    }

    /** Whether there is anything to wait for. */
    @Transactional(readOnly = true)
    public int queued() {
        return queue.length();
    }

    /**
     * The state to go on from; none at a first attempt. History after it is dropped: it will be written again. A state that is not what was written,
     * as after a fault of the disk, is dropped as well; the one before it serves.
     */
    @Transactional
    public Optional<Checkpoint> resumePoint(Claim claim) {
        requireToHold(claim);
        Checkpoint point = null;
        List<Checkpoint> damaged = new ArrayList<>();
        for (String id : checkpoints.findIds(claim.jobId())) {
            // Nobody but its worker removes a job's checkpoints.
            Checkpoint checkpoint = checkpoints.findById(id).orElseThrow(() -> new StaleClaimException(claim));
            if (checkpoint.isIntact()) {
                point = checkpoint;
                break;
            }
            log.error("Job {}: checkpoint {} is damaged, the one before it serves", claim.jobId(), id);
            damaged.add(checkpoint);
        }
        // After the reading, which takes a while: clients need not wait for it.
        TrainingJob job = own(claim);
        checkpoints.deleteAll(damaged);
        int epoch = point == null ? 0 : point.epoch();
        epochs.deleteAfter(claim.jobId(), epoch);
        job.progressTo(epoch, point == null ? 0 : point.step(), epoch == 0 ? null : job.latest());
        if (epoch == 0) {
            job.forgetBest();
        }
        return Optional.ofNullable(point);
    }

    /** The changes that training took up before; in the order in which they were made. */
    @Transactional(readOnly = true)
    public List<Change> changes(Claim claim) {
        return changes.findByJobIdOrderByNumber(claim.jobId());
    }

    /** Training takes up a change at its present step. */
    @Transactional
    public void takeUp(Claim claim, Change change, Adjustment effect, long step) {
        TrainingJob job = own(claim);
        changes.findById(change.getId()).orElseThrow().takenUpAt(step, effect);
        if (effect.epochs() != null) {
            job.changeEpochs(effect.epochs());
        }
    }

    /** The data is read: says what a constant output would reach. */
    @Transactional
    public void measured(Claim claim, double baselineLoss) {
        own(claim).measuredBaseline(baselineLoss);
    }

    /** What clients want of running jobs. */
    @Transactional(readOnly = true)
    public Map<Claim, RunState> states(Collection<Claim> claims) {
        Set<String> ids = claims.stream().map(Claim::jobId).collect(Collectors.toSet());
        Map<String, TrainingJobRepository.Standing> standings = jobs.findStandings(ids).stream()
                .collect(Collectors.toMap(TrainingJobRepository.Standing::id, Function.identity()));
        Map<String, List<Change>> made = changes.findByJobIdInOrderByNumber(ids).stream()
                .collect(Collectors.groupingBy(change -> change.getId().jobId()));
        return claims.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        claim -> new RunState(
                                command(claim, standings.get(claim.jobId())),
                                made.getOrDefault(claim.jobId(), List.of()))));
    }

    private static RunState.WorkerCommand command(Claim claim, TrainingJobRepository.@Nullable Standing standing) {
        if (standing == null || standing.attempt() != claim.attempt()) {
            return RunState.WorkerCommand.LEAVE;
        }
        return switch (standing.status()) {
            case RUNNING -> RunState.WorkerCommand.GO_ON;
            case PAUSING -> RunState.WorkerCommand.PAUSE;
            case CANCELLING -> RunState.WorkerCommand.CANCEL;
            case QUEUED, PAUSED, SUCCEEDED, FAILED, CANCELLED -> RunState.WorkerCommand.LEAVE;
        };
    }

    /**
     * Adds epochs to the history, and with them a checkpoint where one is due. Epochs that are in it already, since an answer of the database got lost,
     * are left out.
     *
     * @param reports none where a checkpoint falls within an epoch
     */
    @Transactional
    public void record(Claim claim, List<EpochReport> reports, TrainingState state, @Nullable Snapshot checkpoint) {
        disk.requireSome();
        // Before the job's row is locked: it takes a while, and clients need not wait for it.
        String kept = checkpoint == null ? null : save(claim, checkpoint);
        TrainingJob job = own(claim);
        Instant now = clock.instant();
        epochs.saveAll(reports.stream()
                .filter(report -> report.epoch() > job.epoch())
                .map(report -> new Epoch(claim.jobId(), report, now))
                .toList());
        String latest = reports.isEmpty() ? job.latest() : json.write(LatestScores.of(reports.get(reports.size() - 1)));
        job.progressTo(state.epoch(), state.step(), latest);
        job.leaseUntil(now.plus(properties.lease()));
        if (state.bestEpoch() > 0) {
            job.foundBest(state.bestEpoch(), state.bestLoss());
        }
        if (kept != null && checkpoint != null) {
            prune(job, kept, checkpoint.step());
        }
    }

    private String save(Claim claim, Snapshot snapshot) {
        requireToHold(claim);
        disk.promiseToTransaction(snapshot.bytes().length);
        String id = Ids.next("ckpt_");
        LatestScores scores = snapshot.scores();
        checkpoints.saveAndFlush(new Checkpoint(
                id, claim.jobId(), snapshot, scores == null ? null : json.write(scores), clock.instant()));
        return id;
    }

    /** Of all checkpoints, the last and the best stay. */
    private void prune(TrainingJob job, String last, long step) {
        List<CheckpointRepository.Summary> all = checkpoints.findSummaries(job.getId());
        String best = all.stream()
                .filter(checkpoint -> checkpoint.loss() != null)
                .min(Comparator.comparing(CheckpointRepository.Summary::loss))
                .map(CheckpointRepository.Summary::id)
                .orElse(last);
        checkpoints.deleteAllBut(job.getId(), List.of(last, best));
        if (all.stream().noneMatch(other -> !other.id().equals(last) && other.step() >= step)) {
            job.hasCheckpoint();
        }
    }

    /**
     * Weights, evaluation, model version and the end of the job, all at once. A cancellation that came first wins. What another job's end at the same
     * moment can spoil, it spoils once: two first versions of a model can't both make its row, and the second finds it when it tries again.
     *
     * @return whether it has ended; not where a client changed it meanwhile, which training has to take up first
     */
    @Retryable(includes = {DataIntegrityViolationException.class, ConcurrencyFailureException.class})
    @Transactional
    public boolean succeed(Claim claim, StopReason reason, TrainedResult result) {
        TrainingJob job = own(claim);
        Instant now = clock.instant();
        if (job.status() == JobStatus.CANCELLING) {
            job.finishCancel(now);
            return true;
        }
        if (changes.existsByJobIdAndStepIsNull(claim.jobId())) {
            return false;
        }
        disk.promiseToTransaction(result.weights().length);
        int version = models.publish(result);
        job.succeed(reason, version, result.weightsSha256(), now);
        return true;
    }

    /**
     * The worker stops, as a client wished, or since the server stops; then the job waits in the queue.
     *
     * @return what the job has become
     */
    @Transactional
    public JobStatus requeue(Claim claim) {
        TrainingJob job = own(claim);
        Instant now = clock.instant();
        job.requeue("The server stopped; training goes on at its next start", now);
        if (job.status() == JobStatus.QUEUED) {
            turns.grant(job, now);
        }
        return job.status();
    }

    /** The job itself is at fault. A cancellation that came first wins. */
    @Transactional
    public void fail(Claim claim, StopReason reason, String code, String message) {
        TrainingJob job = own(claim);
        if (job.status() == JobStatus.CANCELLING) {
            job.finishCancel(clock.instant());
        } else {
            job.fail(reason, code, message, clock.instant());
        }
    }

    /** What the job needs is at fault: it is tried again, later each time. */
    @Transactional
    public void retry(Claim claim, String reason) {
        TrainingJob job = own(claim);
        Instant now = clock.instant();
        Duration pause = FIRST_RETRY.multipliedBy(1L << 2 * Math.max(0, job.attemptsWithoutProgress() - 1));
        job.interrupt(reason, now.plus(pause), now);
        if (job.status() == JobStatus.QUEUED) {
            turns.grant(job, now);
        }
    }

    /** A look without a lock: what is large is not written for a claim that is stale by now, or for a job that is gone. */
    private void requireToHold(Claim claim) {
        boolean holds = jobs.findStandings(List.of(claim.jobId())).stream()
                .anyMatch(job -> job.attempt() == claim.attempt() && JobStatus.CLAIMED.contains(job.status()));
        if (!holds) {
            throw new StaleClaimException(claim);
        }
    }

    private TrainingJob own(Claim claim) {
        return jobs.findAndLock(claim.jobId())
                .filter(job -> job.attempt() == claim.attempt() && JobStatus.CLAIMED.contains(job.status()))
                .orElseThrow(() -> new StaleClaimException(claim));
    }
}
