package dev.descent.job.worker;

import dev.descent.core.Names;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.TrainingOutcome;
import dev.descent.core.train.TrainingPlan;
import dev.descent.core.train.TrainingSession;
import dev.descent.core.train.TrainingState;
import dev.descent.core.train.evaluate.Baseline;
import dev.descent.core.train.evaluate.Evaluation;
import dev.descent.core.train.evaluate.HeldOutPredictions;
import dev.descent.core.train.evaluate.TrainedModel;
import dev.descent.core.train.examples.DataWarnings;
import dev.descent.core.train.examples.EncodedData;
import dev.descent.core.train.examples.ExampleSource;
import dev.descent.core.train.examples.HeldOutRows;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.dataset.DatasetInfo;
import dev.descent.dataset.DatasetReading;
import dev.descent.format.Safetensors;
import dev.descent.job.checkpoint.Checkpoint;
import dev.descent.job.checkpoint.TrainingStates;
import dev.descent.job.fold.Ensemble;
import dev.descent.job.fold.FoldModel;
import dev.descent.job.fold.FoldResult;
import dev.descent.job.fold.FoldSummary;
import dev.descent.job.fold.Stage;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.job.matrix.EncodedMatrices;
import dev.descent.job.matrix.StoredExamples;
import dev.descent.job.resource.Bytes;
import dev.descent.job.specification.PreparedTraining;
import dev.descent.job.specification.Specification;
import dev.descent.job.specification.UnfitTrainingException;
import dev.descent.problem.Outage;
import dev.descent.store.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** One attempt at one job, on one worker thread: reads the data, trains, evaluates and records the outcome. */
final class TrainingRun implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);

    private final Claim claim;
    private final RunServices services;
    private final RunRetry retry;
    private final ChangeInbox changes;
    private final CountDownLatch end = new CountDownLatch(1);

    /** Of the current stage; null before the first. */
    private volatile @Nullable ProgressWriter progress;

    TrainingRun(Claim claim, RunServices services, StoreRetry storeRetry) {
        this.claim = claim;
        this.services = services;
        this.retry = new RunRetry(storeRetry);
        this.changes = new ChangeInbox(claim, services.commands(), retry);
    }

    Claim claim() {
        return claim;
    }

    /** Makes the run stop before its next batch; its job is requeued. */
    void stopForShutdown() {
        retry.stop();
    }

    /** Receives what clients request of the job; called from another thread. */
    void hear(RunState state) {
        if (state.command() != RunState.WorkerCommand.GO_ON) {
            retry.stop();
        }
        changes.deliver(state.changes());
    }

    /** Stores how far the run is within an epoch; called from another thread. */
    void reportSteps() {
        ProgressWriter current = progress;
        if (current != null) {
            current.reportSteps();
        }
    }

    @Override
    public void run() {
        try {
            runToAnEnd();
        } finally {
            end.countDown();
        }
    }

    /** @return whether the run ended in time */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return end.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** A failure is recorded as an outcome and never kills the thread. */
    private void runToAnEnd() {
        try {
            train();
        } catch (CancellationException stopped) {
            end(this::stop);
        } catch (StaleClaimException lost) {
            log.warn("{}: another worker has the job; its result counts", lost.getMessage());
        } catch (OutOfMemoryError tooLarge) {
            runOutOfMemory(tooLarge);
        } catch (InternalError lost) {
            // So the JVM tells of a mapped page that the disk did not give.
            retry(new UncheckedIOException(new IOException("A mapped file could not be read", lost)));
        } catch (UnfitTrainingException unfit) {
            refuse(unfit);
        } catch (RuntimeException | LinkageError failure) {
            if (Outage.isOutOfMemory(failure)) {
                runOutOfMemory(failure);
            } else if (Outage.isBehind(failure)) {
                retry(failure);
            } else {
                fail("internal_error", "The server made a mistake; its log has the details", failure);
            }
        }
    }

    private void runOutOfMemory(Throwable cause) {
        fail(
                "out_of_memory",
                "The job ran out of memory: %s. It was expected to take %s, and this worker may use %s for its heap (-Xmx)"
                        .formatted(
                                NestedExceptionUtils.getMostSpecificCause(cause).getMessage(),
                                Bytes.format(claim.memoryBytes()),
                                Bytes.format(Runtime.getRuntime().maxMemory())),
                cause);
    }

    private void fail(String code, String message, Throwable cause) {
        log.error("Job {} failed", claim.jobId(), cause);
        end(() -> services.outcomes().fail(claim, StopReason.ERROR, code, message, null));
    }

    /** The job does not fit its data, which could not be known before the data was read. */
    private void refuse(UnfitTrainingException unfit) {
        String message = String.valueOf(unfit.getMessage());
        log.info("Job {} can't be trained: {}", claim.jobId(), message);
        end(() -> services.outcomes().fail(claim, StopReason.ERROR, unfit.code(), message, unfit.pointer()));
    }

    private void retry(Throwable cause) {
        log.warn("Job {}: attempt {} fails, not by the job's fault", claim.jobId(), claim.attempt(), cause);
        end(() -> services.outcomes().retry(claim, Outage.describe(cause)));
    }

    private void end(Runnable write) {
        try {
            retry.evenAtTheEnd(write);
        } catch (StaleClaimException lost) {
            log.warn("{}: another worker has the job", lost.getMessage());
        } catch (RuntimeException unreachable) {
            log.error("Job {}: that could not be recorded; its lease runs out", claim.jobId(), unreachable);
        }
    }

    private void train() {
        Specification specification = claim.specification();
        log.info("Job {} \"{}\": attempt {} starts", claim.jobId(), specification.name(), claim.attempt());
        boolean ended = false;
        while (!ended) {
            Stage stage = retry.untilItWorks(() -> services.progress().stage(claim));
            ended = stage.isEnsemble() ? succeedTogether(stage) : train(stage);
        }
    }

    /** @return whether the attempt has ended; false after a fold */
    private boolean train(Stage stage) {
        try (ReadData read = read(stage);
                TrainingSession session = services.engine()
                        .start(
                                stage.plan(plan(read)),
                                read.data().train(),
                                read.data().validation())) {
            double baseline = Baseline.loss(
                    claim.specification().loss(),
                    read.data().train(),
                    read.wiring().outputWidth());
            retry.untilItWorks(() -> services.progress().measured(claim, stage, read.findings(baseline)));
            ProgressWriter writer = writer(stage, read);
            progress = writer;
            resume(stage, session, writer);
            try {
                while (true) {
                    TrainingOutcome outcome = fit(session, writer);
                    if (outcome.reason() == TrainingOutcome.Reason.DIVERGED) {
                        diverge(stage, outcome);
                        return true;
                    }
                    if (stage.isFold()) {
                        endFold(stage, reason(outcome), session, read);
                        return false;
                    }
                    // Otherwise clients have changed the job in the meantime.
                    if (succeed(stage.reason(reason(outcome)), session, read.data())) {
                        return true;
                    }
                }
            } catch (CancellationException stopped) {
                writer.leave(session);
                throw stopped;
            }
        }
    }

    private ProgressWriter writer(Stage stage, ReadData read) {
        return new ProgressWriter(
                claim,
                stage,
                stage.work(claim.specification().hyperparameters(), read.trainRowsOfFits())
                        .stepsAfter(),
                services.progress(),
                retry,
                services.clock()::instant,
                services.checkpointInterval());
    }

    private TrainingOutcome fit(TrainingSession session, ProgressWriter writer) {
        TrainingOutcome outcome = session.fit(new RunListener(retry, changes, writer));
        if (outcome.reason() == TrainingOutcome.Reason.STOPPED) {
            throw new CancellationException();
        }
        // A run that diverges is worth a checkpoint only for the weights of its best epoch.
        writer.finish(session, outcome.reason() != TrainingOutcome.Reason.DIVERGED || outcome.bestEpoch() > 0);
        return outcome;
    }

    /** When this returns, nothing references the table any more. */
    private ReadData read(Stage stage) {
        Specification specification = claim.specification();
        if (stage.folds() != null) {
            return ReadData.of(prepare(specification, stage), stage.isFold(), retry::checkCancellation);
        }
        StoredExamples stored = services.matrices().find(specification).orElse(null);
        if (stored != null) {
            log.info("Job {} finds its examples encoded", claim.jobId());
            return ReadData.of(stored, claim);
        }
        if (specification.isOnDisk()) {
            return ReadData.of(keep(specification, () -> prepare(specification, stage)), claim);
        }
        PreparedTraining training = prepare(specification, stage);
        if (services.matrices().isWorthKeeping(training.data())) {
            try {
                return ReadData.of(keep(specification, () -> training), claim);
            } catch (RuntimeException failure) {
                if (!EncodedMatrices.canDoWithout(failure)) {
                    throw failure;
                }
                log.warn("Job {} can't keep its encoded examples for others", claim.jobId(), failure);
            }
        }
        return ReadData.of(training, false, retry::checkCancellation);
    }

    private StoredExamples keep(Specification specification, Supplier<PreparedTraining> training) {
        return services.matrices()
                .open(
                        specification,
                        () -> {
                            PreparedData data = training.get().data();
                            return new EncodedMatrices.Prepared(data, DataWarnings.of(data, retry::checkCancellation));
                        },
                        retry::checkCancellation);
    }

    private PreparedTraining prepare(Specification specification, Stage stage) {
        if (claim.heapBytes() == 0) {
            DatasetInfo dataset = retry.untilItWorks(() -> services.datasets().get(specification.dataset()));
            PreparedTraining.requireHeap(
                    specification, dataset, services.properties().resources().heapBytes());
        }
        PreparedTraining training =
                PreparedTraining.of(specification, table(specification), stage.fit(), retry::checkCancellation);
        training.requireWithin(claim.memoryBytes(), claim.heapBytes());
        if (claim.attempt() == 1) {
            training.requireBatches();
        }
        return training;
    }

    private Table table(Specification specification) {
        return retry.untilItWorks(() -> specification.read(services.datasets(), retry::checkCancellation));
    }

    private TrainingPlan plan(ReadData read) {
        return claim.specification().plan(read.wiring(), read.data().target(), claim.threads());
    }

    private void resume(Stage stage, TrainingSession session, ProgressWriter writer) {
        Checkpoint checkpoint = retry.untilItWorks(() -> services.checkpoints().resumePoint(claim, stage))
                .orElse(null);
        changes.begin(session, checkpoint == null ? -1 : checkpoint.step());
        if (checkpoint == null) {
            writer.begin(session);
            return;
        }
        try (Safetensors.Content content = Safetensors.read(checkpoint.state())) {
            session.resume(TrainingStates.read(content));
        }
        writer.begin(session);
        log.info("Job {} goes on after epoch {}, step {}", claim.jobId(), checkpoint.epoch(), checkpoint.step());
    }

    private static StopReason reason(TrainingOutcome outcome) {
        return switch (outcome.reason()) {
            case COMPLETED -> StopReason.COMPLETED;
            case EARLY_STOPPING -> StopReason.EARLY_STOPPING;
            case MAX_RUNTIME -> StopReason.MAX_RUNTIME;
            case DIVERGED -> StopReason.DIVERGED;
            case STOPPED -> throw new IllegalStateException("Training was stopped");
        };
    }

    private void diverge(Stage stage, TrainingOutcome outcome) {
        String what = "The loss was no longer a finite number in epoch %d, step %d; try a smaller learning rate than %s"
                .formatted(outcome.epoch(), outcome.step() + 1, outcome.learningRate());
        String message = stage.folds() == null ? what : "%s diverged. %s".formatted(stage.name(), what);
        retry.evenAtTheEnd(() -> services.outcomes().fail(claim, StopReason.DIVERGED, "diverged", message, null));
        log.info("Job {} diverged", claim.jobId());
    }

    private void endFold(Stage stage, StopReason reason, TrainingSession session, ReadData read) {
        TrainingState state = session.state();
        TrainedModel model = model(session, read.data());
        HeldOutRows rows = Objects.requireNonNull(read.heldOut());
        byte[] predictions = HeldOutPredictions.write(
                model, Objects.requireNonNull(read.data().validation()), rows, retry::checkCancellation);
        Map<String, Double> scores =
                retry.untilItWorks(() -> services.progress().scores(claim, stage, state.bestEpoch()));
        FoldSummary summary = new FoldSummary(
                claim.jobId(),
                stage.fit(),
                read.trainRows(),
                rows.rows().length,
                state.epoch(),
                state.step(),
                state.memory().seconds(),
                state.bestEpoch(),
                reason,
                scores);
        FoldResult fold = new FoldResult(summary, model.target(), member(stage, session, model), predictions);
        retry.untilItWorks(() -> services.progress().endFold(claim, stage, fold));
        log.info("Job {}: {} is done", claim.jobId(), stage.name());
    }

    private @Nullable FoldModel member(Stage stage, TrainingSession session, TrainedModel model) {
        if (stage.folds() == null || !stage.folds().ensemble()) {
            return null;
        }
        return new FoldModel(
                new FoldModel.Description(
                        model.preprocessor().encoders(),
                        claim.specification().wholeNetwork(model.target()),
                        model.target()),
                model.wiring().parameterCount(),
                Safetensors.write(session.bestWeights(), Map.of()));
    }

    /** The networks of all folds are the model. */
    private boolean succeedTogether(Stage stage) {
        List<FoldModel> members = retry.untilItWorks(() -> services.progress().models(claim));
        FoldModel.Description first = members.get(0).description();
        byte[] weights = Ensemble.weights(members);
        DatasetReading reading = retry.untilItWorks(
                () -> services.datasets().reading(claim.specification().dataset()));
        TrainedResult result = new TrainedResult(
                claim.jobId(),
                claim.specification(),
                first.network(),
                members.stream().mapToLong(FoldModel::parameterCount).sum(),
                new Preprocessor(first.encoders()),
                first.target(),
                members.stream().skip(1).map(FoldModel::description).toList(),
                reading,
                weights,
                Sha256.of(weights),
                null,
                null,
                services.clock().instant());
        retry.untilItWorks(() -> services.outcomes().succeed(claim, stage.reason(), result));
        log.info("Job {} succeeded with an ensemble of {}", claim.jobId(), members.size());
        return true;
    }

    private TrainedModel model(TrainingSession session, EncodedData data) {
        return new TrainedModel(
                        session.plan().wiring(), session.state().bestWeights(), data.preprocessor(), data.target())
                .withThreshold(data.train(), retry::checkCancellation);
    }

    private void stop() {
        JobStatus status = services.outcomes().requeue(claim);
        log.info(
                "Job {} {}",
                claim.jobId(),
                status == JobStatus.QUEUED ? "goes back into the queue: the server stops" : "is " + Names.of(status));
    }

    private boolean succeed(StopReason reason, TrainingSession session, EncodedData data) {
        if (changes.takeUpAll(session)) {
            return false;
        }
        byte[] weights = Safetensors.write(session.bestWeights(), Map.of());
        Wiring wiring = session.plan().wiring();
        TrainedModel model = model(session, data);
        DatasetReading reading = retry.untilItWorks(
                () -> services.datasets().reading(claim.specification().dataset()));
        TrainedResult result = new TrainedResult(
                claim.jobId(),
                claim.specification(),
                claim.specification().wholeNetwork(data.target()),
                wiring.parameterCount(),
                model.preprocessor(),
                model.target(),
                List.of(),
                reading,
                weights,
                Sha256.of(weights),
                evaluate(model, data.validation()),
                evaluate(model, data.test()),
                services.clock().instant());
        boolean ended = retry.untilItWorks(() -> services.outcomes().succeed(claim, reason, result));
        if (ended) {
            log.info("Job {} succeeded", claim.jobId());
        } else {
            changes.takeUpAll(session);
        }
        return ended;
    }

    private @Nullable Evaluation evaluate(TrainedModel model, @Nullable ExampleSource part) {
        return part == null ? null : model.evaluate(part, retry::checkCancellation);
    }
}
