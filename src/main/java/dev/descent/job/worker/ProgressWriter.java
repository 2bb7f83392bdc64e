package dev.descent.job.worker;

import dev.descent.core.train.EpochReport;
import dev.descent.core.train.TrainingSession;
import dev.descent.core.train.TrainingState;
import dev.descent.job.checkpoint.Snapshot;
import dev.descent.job.fold.Stage;
import dev.descent.problem.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the epochs and checkpoints of a run's stage. Epochs may take only a millisecond, so they are written in batches to avoid a
 * thousand database writes per second; those lost in a crash are trained again. While the database is unavailable or
 * its disk is full, training continues and its epochs wait in memory.
 *
 * <p>A checkpoint is due after an interval. If epochs are shorter, it waits for the end of one, when the loss of its
 * weights is known; if they are longer, it is taken within an epoch.
 */
final class ProgressWriter {

    private static final Logger log = LoggerFactory.getLogger(ProgressWriter.class);

    private static final Duration FLUSH_INTERVAL = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_A_FAILURE = Duration.ofSeconds(2);

    /** One log line per minute is enough during a long outage. */
    private static final int FAILURES_A_LINE = 30;

    /** The maximum number of epochs waiting for the database; beyond that, training waits as well. */
    private static final int MAX_PENDING = 10_000;

    private final Claim claim;
    private final RunProgress progress;
    private final RunRetry retry;
    private final Supplier<Instant> now;
    private final long checkpointInterval;
    private final List<EndedEpoch> pending = new ArrayList<>();
    private final Stage stage;
    private final StepCount steps;
    private @Nullable EpochReport lastReport;
    private int failures;
    private long nextFlush = System.nanoTime();
    private long nextCheckpoint;
    private long epochBegan;

    /**
     * @param stepsAfter the steps of the job after this stage
     * @param now the time of day, without a query
     */
    ProgressWriter(
            Claim claim,
            Stage stage,
            long stepsAfter,
            RunProgress progress,
            RunRetry retry,
            Supplier<Instant> now,
            Duration checkpointInterval) {
        this.claim = claim;
        this.stage = stage;
        this.steps = new StepCount(System::nanoTime, stage.stepsBefore(), stepsAfter);
        this.progress = progress;
        this.retry = retry;
        this.now = now;
        this.checkpointInterval = checkpointInterval.toNanos();
    }

    /** Called when training begins, or goes on from a state. */
    void begin(TrainingSession session) {
        steps.begin(session);
        epochBegan = System.nanoTime();
        nextCheckpoint = epochBegan + checkpointInterval;
    }

    void beforeBatch(TrainingSession session) {
        steps.advance(session);
        if (isCheckpointDue() && isEpochLong()) {
            write(session, true);
        }
    }

    void afterEpoch(EpochReport report, TrainingSession session) {
        steps.advance(session);
        boolean isBestOfLongOnes = isEpochLong() && session.state().bestEpoch() == report.epoch();
        epochBegan = System.nanoTime();
        pending.add(new EndedEpoch(report, now.get()));
        lastReport = report;
        if (pending.size() >= MAX_PENDING) {
            finish(session, false);
        } else if (isBestOfLongOnes || isCheckpointDue()) {
            write(session, true);
        } else if (System.nanoTime() - nextFlush >= 0) {
            write(session, false);
        }
    }

    /**
     * Called from another thread, about once a second: stores how far training is within an epoch, if it is any
     * further.
     */
    void reportSteps() {
        StepCount.Reading count = steps.unreported();
        if (count != null) {
            progress.counted(claim, count);
            steps.reported(count);
        }
    }

    private boolean isCheckpointDue() {
        return System.nanoTime() - nextCheckpoint >= 0;
    }

    /** Whether the current epoch has already taken longer than the checkpoint interval. */
    private boolean isEpochLong() {
        return System.nanoTime() - epochBegan >= checkpointInterval;
    }

    /** Writes what is pending, or postpones it if the database is unavailable. */
    private void write(TrainingSession session, boolean checkpoint) {
        try {
            record(session, checkpoint);
        } catch (RuntimeException failure) {
            if (!Outage.isOfStore(failure)) {
                throw failure;
            }
            if (failures++ % FAILURES_A_LINE == 0) {
                log.warn(
                        "Job {} goes on, though its progress could not be written: {}",
                        claim.jobId(),
                        failure.getMessage());
            }
            nextFlush = System.nanoTime() + PAUSE_AFTER_A_FAILURE.toNanos();
            if (checkpoint) {
                nextCheckpoint = System.nanoTime() + checkpointInterval;
            }
        }
    }

    /**
     * Writes what is pending as soon as the database is available and its disk has space, unless the run is being
     * stopped.
     */
    void finish(TrainingSession session, boolean checkpoint) {
        retry.untilItWorks(() -> record(session, checkpoint));
    }

    /**
     * Called when the run is being stopped: writes what is pending as soon as the database is available. A full disk is
     * not waited for, so what has not been written is lost.
     */
    void leave(TrainingSession session) {
        retry.evenAtTheEnd(() -> {
            try {
                record(session, true);
            } catch (RuntimeException failure) {
                if (!Outage.isFullDisk(failure)) {
                    throw failure;
                }
                log.warn("Job {}: its last state could not be written: {}", claim.jobId(), failure.getMessage());
            }
        });
    }

    private void record(TrainingSession session, boolean checkpoint) {
        TrainingState state = session.state();
        progress.record(
                claim,
                stage,
                pending,
                state,
                checkpoint ? Snapshot.of(state, session.bestWeights(), lastReport) : null);
        pending.clear();
        failures = 0;
        nextFlush = System.nanoTime() + FLUSH_INTERVAL.toNanos();
        if (checkpoint) {
            nextCheckpoint = System.nanoTime() + checkpointInterval;
        }
    }
}
