package dev.descent.job.worker;

import dev.descent.core.Names;
import dev.descent.core.data.Table;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingOutcome;
import dev.descent.core.train.TrainingPlan;
import dev.descent.core.train.evaluate.Baseline;
import dev.descent.core.train.evaluate.Evaluation;
import dev.descent.core.train.evaluate.TrainedModel;
import dev.descent.core.train.examples.EncodedData;
import dev.descent.core.train.examples.Examples;
import dev.descent.core.train.examples.InvalidDataException;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.dataset.Datasets;
import dev.descent.format.Safetensors;
import dev.descent.job.Change;
import dev.descent.job.Digests;
import dev.descent.job.checkpoint.Checkpoint;
import dev.descent.job.checkpoint.TrainingStates;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.job.resource.Bytes;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.specification.Specification;
import dev.descent.problem.Outage;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** One attempt at one job, on one worker thread: reads the data, trains, evaluates, and records how it ended. */
final class TrainingRun implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);

    private final Claim claim;
    private final JobRuns runs;
    private final Datasets datasets;
    private final StoreRetry storeRetry;
    private final Clock clock;
    private final RunListener listener;
    private final CountDownLatch end = new CountDownLatch(1);

    TrainingRun(
            Claim claim,
            JobRuns runs,
            Datasets datasets,
            StoreRetry storeRetry,
            JobProperties properties,
            Clock clock) {
        this.claim = claim;
        this.runs = runs;
        this.datasets = datasets;
        this.storeRetry = storeRetry;
        this.clock = clock;
        this.listener = new RunListener(claim, runs, storeRetry, properties.checkpointInterval());
    }

    Claim claim() {
        return claim;
    }

    /** Makes the run end before its next batch; its job goes back into the queue. */
    void stopForShutdown() {
        listener.stop();
    }

    /** What clients want of the job; called from another thread. */
    void hear(RunState state) {
        listener.hear(state);
    }

    @Override
    public void run() {
        try {
            runToAnEnd();
        } finally {
            end.countDown();
        }
    }

    /** @return whether it came in time */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return end.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** A failure is a recorded outcome, never a dead thread. */
    private void runToAnEnd() {
        try {
            train();
        } catch (CancellationException stopped) {
            end(this::stop);
        } catch (StaleClaimException lost) {
            log.warn("{}: another worker has the job; its result counts", lost.getMessage());
        } catch (OutOfMemoryError tooLarge) {
            runOutOfMemory(tooLarge);
        } catch (InvalidDataException bad) {
            fail("invalid_data", "The dataset does not fit the job: " + bad.getMessage(), bad);
        } catch (RuntimeException | LinkageError failure) {
            if (Outage.isOutOfMemory(failure)) {
                runOutOfMemory(failure);
            } else if (Outage.isBehind(failure)) {
                retry(failure);
            } else {
                fail("internal_error", "Training failed: " + failure.getMessage(), failure);
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
        end(() -> runs.fail(claim, StopReason.ERROR, code, message));
    }

    private void retry(Throwable cause) {
        log.warn("Job {}: attempt {} fails, not by the job's fault", claim.jobId(), claim.attempt(), cause);
        String reason =
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(cause).getMessage());
        end(() -> runs.retry(claim, reason));
    }

    private void end(Runnable write) {
        try {
            storeRetry.untilItWorks(write);
        } catch (StaleClaimException lost) {
            log.warn("{}: another worker has the job", lost.getMessage());
        } catch (RuntimeException unreachable) {
            log.error("Job {}: that could not be recorded; its lease runs out", claim.jobId(), unreachable);
        }
    }

    private void train() {
        Specification specification = claim.specification();
        log.info("Job {} \"{}\": attempt {} starts", claim.jobId(), specification.name(), claim.attempt());
        try (EncodedData data = read(specification);
                Trainer trainer = new Trainer(plan(data), data.train(), data.validation())) {
            double baseline = Baseline.loss(
                    specification.loss(), data.train(), trainer.plan().wiring().outputWidth());
            listener.untilItWorks(() -> runs.measured(claim, baseline));
            resume(trainer);
            try {
                boolean ended = false;
                while (!ended) {
                    ended = conclude(fit(trainer), trainer, data);
                }
            } catch (CancellationException stopped) {
                listener.leave(trainer);
                throw stopped;
            }
        }
    }

    private TrainingOutcome fit(Trainer trainer) {
        TrainingOutcome outcome = trainer.fit(listener);
        if (outcome.reason() == TrainingOutcome.Reason.STOPPED) {
            throw new CancellationException();
        }
        listener.finish(trainer, outcome.reason() != TrainingOutcome.Reason.DIVERGED);
        return outcome;
    }

    /** With the end of this, nothing holds the table any more. */
    private EncodedData read(Specification specification) {
        return EncodedData.of(
                PreparedData.prepare(table(specification), specification.learningTask(), listener::cancellationCheck),
                Precision.FLOAT32,
                listener::cancellationCheck);
    }

    private Table table(Specification specification) {
        return listener.untilItWorks(
                () -> datasets.read(specification.dataset(), specification.columns(), listener::cancellationCheck));
    }

    private TrainingPlan plan(EncodedData data) {
        Specification specification = claim.specification();
        return specification.plan(
                specification.wholeNetwork(data.target()).wire(data.columns()), data.target(), claim.threads());
    }

    private void resume(Trainer trainer) {
        List<Change> changes = listener.untilItWorks(() -> runs.changes(claim));
        Checkpoint checkpoint =
                listener.untilItWorks(() -> runs.resumePoint(claim)).orElse(null);
        listener.begin(changes, trainer, checkpoint == null ? -1 : checkpoint.step());
        if (checkpoint == null) {
            return;
        }
        try (Safetensors.Content content = Safetensors.read(checkpoint.state())) {
            trainer.resume(TrainingStates.read(content));
        }
        log.info("Job {} goes on after epoch {}, step {}", claim.jobId(), checkpoint.epoch(), checkpoint.step());
    }

    /** @return whether the attempt has ended; not where training has something more to do, as clients changed the job meanwhile */
    private boolean conclude(TrainingOutcome outcome, Trainer trainer, EncodedData data) {
        return switch (outcome.reason()) {
            case COMPLETED -> succeed(StopReason.COMPLETED, trainer, data);
            case EARLY_STOPPING -> succeed(StopReason.EARLY_STOPPING, trainer, data);
            case MAX_RUNTIME -> succeed(StopReason.MAX_RUNTIME, trainer, data);
            case STOPPED -> throw new IllegalStateException("Training was stopped");
            case DIVERGED -> {
                diverge(
                        "The loss was no longer a finite number in epoch %d, step %d; try a smaller learning rate than %s"
                                .formatted(
                                        outcome.epoch(),
                                        outcome.step() + 1,
                                        claim.specification().optimizer().learningRate()));
                yield true;
            }
        };
    }

    private void diverge(String message) {
        storeRetry.untilItWorks(() -> runs.fail(claim, StopReason.DIVERGED, "diverged", message));
        log.info("Job {} diverged", claim.jobId());
    }

    private void stop() {
        JobStatus status = runs.requeue(claim);
        log.info(
                "Job {} {}",
                claim.jobId(),
                status == JobStatus.QUEUED ? "goes back into the queue: the server stops" : "is " + Names.of(status));
    }

    private boolean succeed(StopReason reason, Trainer trainer, EncodedData data) {
        if (isChanged(trainer)) {
            return false;
        }
        byte[] weights = Safetensors.write(trainer.bestWeights(), Map.of());
        Wiring wiring = trainer.plan().wiring();
        TrainedModel model = new TrainedModel(wiring, trainer.state().bestWeights(), data.preprocessor(), data.target())
                .withThreshold(data.train(), listener::cancellationCheck);
        TrainedResult result = new TrainedResult(
                claim.jobId(),
                claim.specification(),
                claim.specification().wholeNetwork(data.target()),
                wiring.parameterCount(),
                model.preprocessor(),
                model.target(),
                weights,
                Digests.sha256(weights),
                evaluate(model, data.validation()),
                evaluate(model, data.test()),
                Instant.now(clock));
        boolean ended = listener.untilItWorks(() -> runs.succeed(claim, reason, result));
        if (ended) {
            log.info("Job {} succeeded", claim.jobId());
        } else {
            isChanged(trainer);
        }
        return ended;
    }

    /** Whether clients changed the job since the last batch; if so, the trainer knows. */
    private boolean isChanged(Trainer trainer) {
        listener.learn(listener.untilItWorks(() -> runs.changes(claim)));
        return listener.takeUpAll(trainer);
    }

    private @Nullable Evaluation evaluate(TrainedModel model, @Nullable Examples part) {
        return part == null ? null : model.evaluate(part, listener::cancellationCheck);
    }
}
