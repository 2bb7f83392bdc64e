package dev.descent.job.worker;

import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.TrainingState;
import dev.descent.job.TrainingJob;
import dev.descent.job.checkpoint.Snapshot;
import dev.descent.job.history.Epoch;
import dev.descent.job.history.EpochRepository;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.specification.ResolvedTraining;
import dev.descent.request.StoredJson;
import dev.descent.store.DiskSpace;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stores the progress of running jobs. */
@Service
class RunProgress {

    private final ClaimedJobs jobs;
    private final EpochRepository epochs;
    private final RunCheckpoints checkpoints;
    private final StoredJson json;
    private final JobProperties properties;
    private final DiskSpace disk;
    private final Clock clock;

    RunProgress(
            ClaimedJobs jobs,
            EpochRepository epochs,
            RunCheckpoints checkpoints,
            StoredJson json,
            JobProperties properties,
            DiskSpace disk,
            Clock clock) {
        this.jobs = jobs;
        this.epochs = epochs;
        this.checkpoints = checkpoints;
        this.json = json;
        this.properties = properties;
        this.disk = disk;
        this.clock = clock;
    }

    /** Stores what was found once the data has been read. */
    @Transactional
    public void measured(Claim claim, Findings found) {
        TrainingJob job = jobs.lock(claim);
        List<String> warnings = ResolvedTraining.together(json.strings(job.warnings()), found.warnings());
        Hyperparameters hyperparameters = claim.specification().hyperparameters();
        job.readData(
                found.parameterCount(),
                json.write(warnings),
                found.baselineLoss(),
                hyperparameters.stepsOfAnEpoch(found.trainRows()));
        if (hyperparameters.steps() != null) {
            // The number of epochs depends on the number of rows.
            job.changeEpochs(hyperparameters.totalEpochs(found.trainRows()));
            job.changeSteps(hyperparameters.steps());
        }
    }

    /** Stores how far a run is within an epoch. */
    @Transactional
    public void counted(Claim claim, StepCount.Reading count) {
        disk.requireSome();
        TrainingJob job = jobs.lock(claim);
        Instant finish = clock.instant().plus(count.remaining()).truncatedTo(ChronoUnit.MICROS);
        job.countedTo(count.steps(), count.total(), finish);
    }

    /**
     * Adds epochs to the history, together with a checkpoint if one is due. Epochs already stored, because a response
     * of the database was lost, are skipped.
     *
     * @param ended empty if a checkpoint is taken within an epoch
     */
    @Transactional
    public void record(Claim claim, List<EndedEpoch> ended, TrainingState state, @Nullable Snapshot checkpoint) {
        disk.requireSome();
        String written = checkpoint == null ? null : checkpoints.write(claim, checkpoint);
        TrainingJob job = jobs.lock(claim);
        epochs.saveAll(ended.stream()
                .filter(epoch -> epoch.report().epoch() > job.progress().epoch())
                .map(epoch -> new Epoch(claim.jobId(), epoch.report(), epoch.at()))
                .toList());
        job.progressTo(
                state.epoch(), state.step(), ended.isEmpty() ? job.progress().latest() : scoresOfLast(ended));
        job.leaseUntil(clock.instant().plus(properties.lease()));
        if (state.bestEpoch() > 0) {
            job.foundBest(state.bestEpoch(), state.bestLoss());
        }
        if (written != null && checkpoint != null) {
            checkpoints.prune(job, written, checkpoint.step());
        }
    }

    private String scoresOfLast(List<EndedEpoch> ended) {
        return json.write(ended.get(ended.size() - 1).report().scores());
    }
}
