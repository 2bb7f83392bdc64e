package dev.descent.job;

import dev.descent.core.nn.Precision;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.Baseline;
import dev.descent.core.train.EncodedData;
import dev.descent.core.train.Evaluation;
import dev.descent.core.train.Examples;
import dev.descent.core.train.PreparedData;
import dev.descent.core.train.TrainedModel;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingOutcome;
import dev.descent.core.train.TrainingPlan;
import dev.descent.dataset.Datasets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at one job, on one worker thread: reads the data, trains, evaluates, and records how it ended. */
final class TrainingRun implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);

    private final Claim claim;
    private final JobRuns runs;
    private final Datasets datasets;
    private final Clock clock;
    private final RunListener listener;

    TrainingRun(Claim claim, JobRuns runs, Datasets datasets, JobProperties properties, Clock clock) {
        this.claim = claim;
        this.runs = runs;
        this.datasets = datasets;
        this.clock = clock;
        this.listener = new RunListener(claim, runs, properties.checkpointInterval());
    }

    Claim claim() {
        return claim;
    }

    /** Makes the run end before its next batch; its job goes back into the queue. */
    void stopForShutdown() {
        listener.stop(RunListener.Stop.SHUTDOWN);
    }

    /** Tells that this run is alive, and learns whether it should go on; called from another thread. */
    void heartbeat() {
        listener.heartbeat();
    }

    /** A failure is a recorded outcome, never a dead thread. */
    @Override
    public void run() {
        try {
            train();
        } catch (StaleClaimException lost) {
            log.warn("{}: another worker has the job; its result counts", lost.getMessage());
        } catch (OutOfMemoryError tooLarge) {
            fail("out_of_memory", "The job ran out of memory: " + tooLarge.getMessage(), tooLarge);
        } catch (RuntimeException | LinkageError unexpected) {
            fail("internal_error", "Training failed: " + unexpected.getMessage(), unexpected);
        }
    }

    private void fail(String code, String message, Throwable cause) {
        log.error("Job {} failed", claim.jobId(), cause);
        try {
            runs.fail(claim, StopReason.ERROR, code, message);
        } catch (RuntimeException unreachable) {
            log.error(
                    "Job {}: not recorded either; its lease runs out and it is queued again",
                    claim.jobId(),
                    unreachable);
        }
    }

    private void train() {
        Specification specification = claim.specification();
        log.info("Job {} \"{}\": attempt {} starts", claim.jobId(), specification.name(), claim.attempt());
        try (EncodedData data = read(specification);
                Trainer trainer = new Trainer(plan(data), data.train(), data.validation())) {
            Wiring wiring = trainer.plan().wiring();
            runs.measured(claim, Baseline.loss(specification.loss(), data.train(), wiring.outputWidth()));
            resume(trainer);
            TrainingOutcome outcome = trainer.fit(listener);
            listener.flush();
            conclude(outcome, trainer, data);
        }
    }

    /** With the end of this, nothing holds the table any more. */
    private EncodedData read(Specification specification) {
        return EncodedData.of(
                PreparedData.prepare(
                        datasets.read(specification.dataset(), specification.columns()), specification.learningTask()),
                Precision.FLOAT32);
    }

    private TrainingPlan plan(EncodedData data) {
        Specification specification = claim.specification();
        return specification.plan(specification.wholeNetwork(data.target()).wire(data.columns()), data.target());
    }

    private void resume(Trainer trainer) {
        Checkpoint checkpoint = runs.lastCheckpoint(claim).orElse(null);
        if (checkpoint == null) {
            return;
        }
        if (!Digests.sha256(checkpoint.state()).equals(checkpoint.sha256())) {
            throw new IllegalStateException("Checkpoint %s is damaged".formatted(checkpoint.getId()));
        }
        try (Safetensors.Content content = Safetensors.read(checkpoint.state())) {
            trainer.resume(TrainingStates.read(content));
        }
        log.info("Job {} goes on after epoch {}", claim.jobId(), checkpoint.epoch());
    }

    private void conclude(TrainingOutcome outcome, Trainer trainer, EncodedData data) {
        switch (outcome.reason()) {
            case COMPLETED -> succeed(StopReason.COMPLETED, trainer, data);
            case EARLY_STOPPING -> succeed(StopReason.EARLY_STOPPING, trainer, data);
            case MAX_RUNTIME -> succeed(StopReason.MAX_RUNTIME, trainer, data);
            case STOPPED -> stop();
            case DIVERGED ->
                diverge(
                        "The loss was no longer a finite number in epoch %d, step %d; try a smaller learning rate than %s"
                                .formatted(
                                        outcome.epoch(),
                                        outcome.step() + 1,
                                        claim.specification().optimizer().learningRate()));
        }
    }

    private void diverge(String message) {
        runs.fail(claim, StopReason.DIVERGED, "diverged", message);
        log.info("Job {} diverged", claim.jobId());
    }

    private void stop() {
        switch (listener.stopped()) {
            case CANCEL -> {
                runs.cancelled(claim);
                log.info("Job {} cancelled", claim.jobId());
            }
            case SHUTDOWN -> {
                runs.release(claim);
                log.info("Job {} goes back into the queue: the server stops", claim.jobId());
            }
            case LOST -> throw new StaleClaimException(claim);
            case NONE -> throw new IllegalStateException("Stopped, but nobody asked for it");
        }
    }

    private void succeed(StopReason reason, Trainer trainer, EncodedData data) {
        byte[] weights = Safetensors.write(trainer.bestWeights(), Map.of());
        Wiring wiring = trainer.plan().wiring();
        TrainedModel model = new TrainedModel(wiring, trainer.state().bestWeights(), data.preprocessor(), data.target())
                .withThreshold(data.train());
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
        runs.succeed(claim, reason, result);
        log.info("Job {} succeeded", claim.jobId());
    }

    private static @Nullable Evaluation evaluate(TrainedModel model, @Nullable Examples part) {
        return part == null ? null : model.evaluate(part);
    }
}
