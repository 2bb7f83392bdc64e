package dev.descent.job;

import dev.descent.core.train.EpochReport;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingListener;
import dev.descent.core.train.TrainingState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands epochs and checkpoints to the store, and learns there whether to go on. Epochs of a millisecond must not write the database a thousand
 * times a second, so they are gathered; what a crash loses of them is trained again.
 */
final class RunListener implements TrainingListener {

    private static final Duration FLUSH_INTERVAL = Duration.ofMillis(200);

    private final Claim claim;
    private final JobRuns runs;
    private final Duration checkpointInterval;
    private final List<EpochReport> pending = new ArrayList<>();
    private volatile Stop stop = Stop.NONE;
    private long lastFlush = System.nanoTime();
    private long lastCheckpoint = System.nanoTime();
    private @Nullable TrainingState lastState;

    /** Why training should end early. */
    enum Stop {
        NONE,
        /** A client cancelled the job. */
        CANCEL,
        /** The server stops. */
        SHUTDOWN,
        /** The job belongs to another worker now. */
        LOST
    }

    RunListener(Claim claim, JobRuns runs, Duration checkpointInterval) {
        this.claim = claim;
        this.runs = runs;
        this.checkpointInterval = checkpointInterval;
    }

    @Override
    public boolean beforeBatch(Trainer trainer) {
        return stop == Stop.NONE;
    }

    Stop stopped() {
        return stop;
    }

    void stop(Stop reason) {
        if (stop == Stop.NONE) {
            stop = reason;
        }
    }

    void heartbeat() {
        try {
            follow(runs.heartbeat(claim));
        } catch (StaleClaimException lost) {
            stop(Stop.LOST);
        }
    }

    @Override
    public void onEpoch(EpochReport report, Trainer trainer) {
        pending.add(report);
        lastState = trainer.state();
        long now = System.nanoTime();
        boolean checkpointDue = now - lastCheckpoint >= checkpointInterval.toNanos();
        if (checkpointDue || now - lastFlush >= FLUSH_INTERVAL.toNanos()) {
            write(checkpointDue ? TrainingStates.write(lastState) : null);
            lastFlush = System.nanoTime();
            lastCheckpoint = checkpointDue ? lastFlush : lastCheckpoint;
        }
    }

    /** Writes what is still pending; called once training has ended. */
    void flush() {
        write(null);
    }

    private void write(byte @Nullable [] checkpoint) {
        if (pending.isEmpty() || lastState == null || stop == Stop.LOST) {
            return;
        }
        follow(runs.record(claim, pending, lastState, checkpoint));
        pending.clear();
    }

    private void follow(RunState state) {
        if (state == RunState.CANCEL) {
            stop(Stop.CANCEL);
        }
    }
}
