package dev.descent.job.worker;

import dev.descent.job.TrainingJob;
import dev.descent.job.checkpoint.Checkpoint;
import dev.descent.job.checkpoint.CheckpointRepository;
import dev.descent.job.checkpoint.Snapshot;
import dev.descent.job.fold.Stage;
import dev.descent.job.history.EpochRepository;
import dev.descent.listing.Ids;
import dev.descent.request.StoredJson;
import dev.descent.store.DiskSpace;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Stores the states that a job can resume from, and finds the newest intact one. */
@Service
class RunCheckpoints {

    private static final Logger log = LoggerFactory.getLogger(RunCheckpoints.class);

    private final ClaimedJobs jobs;
    private final CheckpointRepository checkpoints;
    private final EpochRepository epochs;
    private final StoredJson json;
    private final DiskSpace disk;
    private final Clock clock;

    RunCheckpoints(
            ClaimedJobs jobs,
            CheckpointRepository checkpoints,
            EpochRepository epochs,
            StoredJson json,
            DiskSpace disk,
            Clock clock) {
        this.jobs = jobs;
        this.checkpoints = checkpoints;
        this.epochs = epochs;
        this.json = json;
        this.disk = disk;
        this.clock = clock;
    }

    /**
     * The state of a stage to resume from; empty if it has none yet. Later history is deleted, since it will be written again. A
     * state that is corrupt, for instance after a disk fault, is deleted as well, and the previous one is used.
     */
    @Transactional
    public Optional<Checkpoint> resumePoint(Claim claim, Stage stage) {
        jobs.requireToHold(claim);
        Checkpoint point = null;
        List<Checkpoint> damaged = new ArrayList<>();
        for (String id : checkpoints.findIds(claim.jobId())) {
            // Only its worker removes a job's checkpoints.
            Checkpoint checkpoint = checkpoints.findById(id).orElseThrow(() -> new StaleClaimException(claim));
            if (checkpoint.isIntact()) {
                point = checkpoint;
                break;
            }
            log.error("Job {}: checkpoint {} is damaged, the one before it serves", claim.jobId(), id);
            damaged.add(checkpoint);
        }
        // After the read, which takes a while, so that clients need not wait for it.
        TrainingJob job = jobs.lock(claim);
        checkpoints.deleteAll(damaged);
        int epoch = point == null ? 0 : point.epoch();
        int epochsDone = stage.epochsBefore() + epoch;
        epochs.deleteAfter(claim.jobId(), epochsDone);
        job.progressTo(
                epochsDone,
                stage.stepsBefore() + (point == null ? 0 : point.step()),
                epochsDone == 0 ? null : job.progress().latest());
        if (point == null || epoch == 0) {
            job.forgetBest();
        } else if (point.bestEpoch() != null && point.bestLoss() != null) {
            job.foundBest(point.bestEpoch(), point.bestLoss());
        }
        return Optional.ofNullable(point);
    }

    /**
     * Writes a state before the job's row is locked, because it takes a while and clients should not have to wait for
     * it.
     *
     * @return its id
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public String write(Claim claim, Snapshot snapshot) {
        jobs.requireToHold(claim);
        disk.promiseToTransaction(snapshot.bytes().length);
        String id = Ids.next("ckpt_");
        checkpoints.saveAndFlush(new Checkpoint(
                id, claim.jobId(), snapshot, snapshot.scores().map(json::write).orElse(null), clock.instant()));
        return id;
    }

    /** Deletes all checkpoints of a locked job whose next fit starts anew. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void deleteAll(TrainingJob job) {
        checkpoints.deleteOfJob(job.getId());
    }

    /** Deletes all checkpoints of a locked job except the last and the best. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void prune(TrainingJob job, String last, long step) {
        List<CheckpointRepository.Summary> all = checkpoints.findSummaries(job.getId());
        String best = CheckpointRepository.Summary.best(all)
                .map(CheckpointRepository.Summary::id)
                .orElse(last);
        checkpoints.deleteAllBut(job.getId(), List.of(last, best));
        if (all.stream().noneMatch(other -> !other.id().equals(last) && other.step() >= step)) {
            job.hasCheckpoint();
        }
    }
}
