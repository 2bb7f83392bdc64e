package dev.descent.job;

import dev.descent.core.train.EpochReport;
import dev.descent.core.train.TrainingState;
import dev.descent.dataset.Datasets;
import dev.descent.listing.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
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
    private static final List<JobStatus> CLAIMED = List.of(JobStatus.RUNNING, JobStatus.CANCELLING);

    private final TrainingJobRepository jobs;
    private final EpochRepository epochs;
    private final CheckpointRepository checkpoints;
    private final ModelRegistry models;
    private final Datasets datasets;
    private final Machine machine;
    private final JobJson json;
    private final JobProperties properties;
    private final Clock clock;
    private final String worker = UUID.randomUUID().toString();

    JobRuns(
            TrainingJobRepository jobs,
            EpochRepository epochs,
            CheckpointRepository checkpoints,
            ModelRegistry models,
            Datasets datasets,
            Machine machine,
            JobJson json,
            JobProperties properties,
            Clock clock) {
        this.jobs = jobs;
        this.epochs = epochs;
        this.checkpoints = checkpoints;
        this.models = models;
        this.datasets = datasets;
        this.machine = machine;
        this.json = json;
        this.properties = properties;
        this.clock = clock;
    }

    /** Takes the oldest queued job, if there is one. History after its last checkpoint is dropped: it will be written again. */
    @Transactional
    public Optional<Claim> claim() {
        return jobs.findQueuedAndLock(Limit.of(1)).stream().findFirst().map(job -> {
            Specification specification = json.specification(job.specification());
            String sha256 = datasets.get(job.datasetId()).sha256();
            String provenance = json.write(machine.provenance(sha256, specification));
            job.start(worker, leaseEnd(), provenance, now());
            int resumeAt = checkpoints
                    .findFirstByJobIdOrderByEpochDesc(job.getId())
                    .map(Checkpoint::epoch)
                    .orElse(0);
            epochs.deleteAfter(job.getId(), resumeAt);
            if (resumeAt == 0) {
                job.progressTo(0, 0, null);
                job.forgetBest();
            }
            return new Claim(job.getId(), job.attempt(), specification);
        });
    }

    /** The state to go on from; none at a first attempt. */
    @Transactional(readOnly = true)
    public Optional<Checkpoint> lastCheckpoint(Claim claim) {
        return checkpoints.findFirstByJobIdOrderByEpochDesc(claim.jobId());
    }

    /** The data is read: says what a constant output would reach. */
    @Transactional
    public void measured(Claim claim, double baselineLoss) {
        own(claim).measuredBaseline(baselineLoss);
    }

    /** Tells that the worker is alive. */
    @Transactional
    public RunState heartbeat(Claim claim) {
        TrainingJob job = own(claim);
        job.renewLease(leaseEnd());
        return state(job);
    }

    /** Adds epochs to the history, and with them a checkpoint where one is due. */
    @Transactional
    public RunState record(Claim claim, List<EpochReport> reports, TrainingState state, byte @Nullable [] checkpoint) {
        TrainingJob job = own(claim);
        Instant now = now();
        epochs.saveAll(reports.stream()
                .map(report -> new Epoch(claim.jobId(), report, now))
                .toList());
        EpochReport last = reports.get(reports.size() - 1);
        job.progressTo(last.epoch(), last.step(), json.write(LatestScores.of(last)));
        job.foundBest(state.bestEpoch(), state.bestLoss());
        job.renewLease(leaseEnd());
        if (checkpoint != null) {
            String id = Ids.next("ckpt_");
            checkpoints.save(new Checkpoint(
                    id, claim.jobId(), state.epoch(), state.step(), checkpoint, Digests.sha256(checkpoint), now));
            checkpoints.deleteBefore(claim.jobId(), state.epoch());
        }
        return state(job);
    }

    /**
     * Weights, evaluation, model version and the end of the job, all at once. A cancellation that came first wins. What another job's end at the same
     * moment can spoil, it spoils once: two first versions of a model can't both make its row, and the second finds it when it tries again.
     */
    @Retryable(includes = {DataIntegrityViolationException.class, ConcurrencyFailureException.class})
    @Transactional
    public void succeed(Claim claim, StopReason reason, TrainedResult result) {
        TrainingJob job = own(claim);
        if (job.status() == JobStatus.CANCELLING) {
            job.finishCancel(now());
            return;
        }
        int version = models.publish(result);
        checkpoints.deleteBefore(claim.jobId(), Integer.MAX_VALUE);
        job.succeed(reason, version, result.weightsSha256(), now());
    }

    @Transactional
    public void cancelled(Claim claim) {
        own(claim).finishCancel(now());
    }

    @Transactional
    public void fail(Claim claim, StopReason reason, String code, String message) {
        own(claim).fail(reason, code, message, now());
    }

    /** The server stops: the job waits for the next start. */
    @Transactional
    public void release(Claim claim) {
        TrainingJob job = own(claim);
        if (job.status() == JobStatus.CANCELLING) {
            job.finishCancel(now());
        } else {
            job.requeue("The server stopped; training goes on at its next start", now());
        }
    }

    /** Puts jobs of dead workers back into the queue. */
    @Transactional
    public void recoverLost() {
        recover(jobs.findLostAndLock(CLAIMED, now()));
    }

    /** Where no other process can be at work, every claimed job at the start is lost. */
    @Transactional
    public void recoverAll() {
        recover(jobs.findLostAndLock(CLAIMED, Instant.parse("9999-01-01T00:00:00Z")));
    }

    private void recover(List<TrainingJob> lost) {
        for (TrainingJob job : lost) {
            if (job.status() == JobStatus.CANCELLING) {
                job.finishCancel(now());
            } else {
                job.requeue("Its worker died; training goes on from the last checkpoint", now());
                log.warn("Job {} lost its worker and is queued again", job.getId());
            }
        }
    }

    private TrainingJob own(Claim claim) {
        return jobs.findAndLock(claim.jobId())
                .filter(job -> job.attempt() == claim.attempt() && CLAIMED.contains(job.status()))
                .orElseThrow(() -> new StaleClaimException(claim));
    }

    private static RunState state(TrainingJob job) {
        return job.status() == JobStatus.CANCELLING ? RunState.CANCEL : RunState.GO_ON;
    }

    private Instant leaseEnd() {
        return now().plus(properties.lease());
    }

    private Instant now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.MICROS);
    }
}
