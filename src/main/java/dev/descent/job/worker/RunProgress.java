package dev.descent.job.worker;

import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.train.EpochReport;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.TrainingState;
import dev.descent.job.TrainingJob;
import dev.descent.job.checkpoint.Snapshot;
import dev.descent.job.fold.FoldModel;
import dev.descent.job.fold.FoldResult;
import dev.descent.job.fold.FoldStore;
import dev.descent.job.fold.Stage;
import dev.descent.job.history.Epoch;
import dev.descent.job.history.EpochFit;
import dev.descent.job.history.EpochRepository;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.specification.ResolvedTraining;
import dev.descent.request.StoredJson;
import dev.descent.store.DiskSpace;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stores the progress of running jobs. */
@Service
class RunProgress {

    private final ClaimedJobs jobs;
    private final EpochRepository epochs;
    private final RunCheckpoints checkpoints;
    private final FoldStore folds;
    private final StoredJson json;
    private final JobProperties properties;
    private final DiskSpace disk;
    private final Clock clock;

    RunProgress(
            ClaimedJobs jobs,
            EpochRepository epochs,
            RunCheckpoints checkpoints,
            FoldStore folds,
            StoredJson json,
            JobProperties properties,
            DiskSpace disk,
            Clock clock) {
        this.jobs = jobs;
        this.epochs = epochs;
        this.checkpoints = checkpoints;
        this.folds = folds;
        this.json = json;
        this.properties = properties;
        this.disk = disk;
        this.clock = clock;
    }

    /** The fit of a job that is next, or under way. */
    @Transactional(readOnly = true)
    public Stage stage(Claim claim) {
        SplitSpec.FoldsSpec spec = claim.specification().split().crossValidation();
        return spec == null ? Stage.ONLY : new Stage(spec, folds.of(claim.jobId()));
    }

    /** The models of all folds. */
    @Transactional(readOnly = true)
    public List<FoldModel> models(Claim claim) {
        return folds.models(claim.jobId());
    }

    /** Stores what was found once the data of a stage has been read. */
    @Transactional
    public void measured(Claim claim, Stage stage, Findings found) {
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
        if (stage.folds() != null) {
            Stage.Work work = stage.work(hyperparameters, found.ofFits());
            job.hasWork(work.epochs(), work.steps());
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
    public void record(
            Claim claim, Stage stage, List<EndedEpoch> ended, TrainingState state, @Nullable Snapshot checkpoint) {
        disk.requireSome();
        String written = checkpoint == null ? null : checkpoints.write(claim, checkpoint);
        TrainingJob job = jobs.lock(claim);
        EpochFit fit = stage.epochFit();
        epochs.saveAll(ended.stream()
                .filter(epoch -> fit.epochsBefore() + epoch.report().epoch()
                        > job.progress().epoch())
                .map(epoch -> new Epoch(claim.jobId(), fit, epoch.report(), epoch.at()))
                .toList());
        job.progressTo(
                fit.epochsBefore() + state.epoch(),
                stage.stepsBefore() + state.step(),
                ended.isEmpty() ? job.progress().latest() : scoresOfLast(ended));
        job.leaseUntil(clock.instant().plus(properties.lease()));
        if (state.bestEpoch() > 0) {
            job.foundBest(state.bestEpoch(), state.bestLoss());
        }
        if (written != null && checkpoint != null) {
            checkpoints.prune(job, written, checkpoint.step());
        }
    }

    /**
     * Stores a fold that has been held out, and lets the next fit start anew. Does nothing if it is stored already,
     * because a response of the database was lost.
     *
     * @param fold whose scores are those of its best epoch, which is stored
     */
    @Transactional
    public void endFold(Claim claim, Stage stage, FoldResult fold) {
        disk.promiseToTransaction(fold.bytes());
        TrainingJob job = jobs.lock(claim);
        if (folds.of(claim.jobId()).size() > stage.fit()) {
            return;
        }
        folds.add(fold);
        checkpoints.deleteAll(job);
        job.forgetBest();
        job.hasCheckpoint();
        job.touch();
        job.leaseUntil(clock.instant().plus(properties.lease()));
        jobs.moved(job);
    }

    /** The scores of a fold's best epoch on the rows that it held out. */
    @Transactional(readOnly = true)
    public Map<String, Double> scores(Claim claim, Stage stage, int bestEpoch) {
        Map<String, Double> metrics = epochs.findByJobIdAndEpoch(claim.jobId(), stage.epochsBefore() + bestEpoch)
                .orElseThrow(() -> new StaleClaimException(claim))
                .metrics();
        Map<String, Double> scores = new LinkedHashMap<>();
        EpochReport.metricNames().stream()
                .filter(name -> name.startsWith("validation_") && metrics.containsKey(name))
                .forEach(name -> scores.put(name, metrics.get(name)));
        return scores;
    }

    private String scoresOfLast(List<EndedEpoch> ended) {
        return json.write(ended.get(ended.size() - 1).report().scores());
    }
}
