package dev.descent.job.worker;

import dev.descent.core.train.Adjustment;
import dev.descent.core.train.EpochReport;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingListener;
import dev.descent.core.train.TrainingState;
import dev.descent.job.Change;
import dev.descent.job.checkpoint.Snapshot;
import dev.descent.problem.Outage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands epochs and checkpoints to the store, and carries out what clients want of a running job. Epochs of a millisecond must not write the database
 * a thousand times a second, so they are gathered; what a crash loses of them is trained again. While the database does not answer, or its disk is full, training
 * goes on and its epochs wait in memory.
 */
final class RunListener implements TrainingListener {

    private static final Logger log = LoggerFactory.getLogger(RunListener.class);

    private static final Duration FLUSH_INTERVAL = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_A_FAILURE = Duration.ofSeconds(2);

    /** A line a minute is enough of a long outage. */
    private static final int FAILURES_A_LINE = 30;

    /** Epochs that wait for the database; with more, training waits as well. */
    private static final int MAX_PENDING = 10_000;

    private final Claim claim;
    private final JobRuns runs;
    private final StoreRetry storeRetry;
    private final Duration checkpointInterval;
    private final List<EpochReport> pending = new ArrayList<>();
    private final Deque<Change> upcoming = new ArrayDeque<>();
    private final Set<Integer> known = new HashSet<>();
    private volatile @Nullable RunState news;
    private volatile boolean stopped;
    private @Nullable EpochReport lastReport;
    private int failures;
    private long nextFlush = System.nanoTime();
    private long nextCheckpoint;
    private long epochBegan;

    RunListener(Claim claim, JobRuns runs, StoreRetry storeRetry, Duration checkpointInterval) {
        this.claim = claim;
        this.runs = runs;
        this.storeRetry = storeRetry;
        this.checkpointInterval = checkpointInterval;
    }

    /** Training is to end before its next batch; called from another thread. */
    void stop() {
        stopped = true;
    }

    /** What clients want; called from another thread. */
    void hear(RunState state) {
        if (state.command() != RunState.WorkerCommand.GO_ON) {
            stopped = true;
        }
        news = state;
    }

    /**
     * Training is about to begin. Changes of earlier attempts: the trainer, which goes on after some steps, has taken up those of the steps before. One of
     * that very step is still to come, as it was after the end of its epoch.
     */
    void begin(List<Change> changes, Trainer trainer, long resumedAt) {
        epochBegan = System.nanoTime();
        nextCheckpoint = epochBegan + checkpointInterval.toNanos();
        for (Change change : changes) {
            known.add(change.number());
            Long step = change.step();
            if (step != null && step < resumedAt) {
                trainer.adjust(change.adjustment());
            } else {
                upcoming.add(change);
            }
        }
    }

    @Override
    public boolean beforeBatch(Trainer trainer) {
        if (stopped) {
            return false;
        }
        RunState heard = news;
        if (heard != null) {
            news = null;
            learn(heard.changes());
        }
        if (!upcoming.isEmpty()) {
            takeUp(trainer, change -> isDue(change, trainer));
        }
        if (System.nanoTime() - nextCheckpoint >= 0) {
            write(trainer, true);
        }
        return true;
    }

    @Override
    public void cancellationCheck() {
        if (stopped) {
            throw new CancellationException();
        }
    }

    @Override
    public void onEpoch(EpochReport report, Trainer trainer) {
        boolean isLong = System.nanoTime() - epochBegan >= checkpointInterval.toNanos();
        epochBegan = System.nanoTime();
        pending.add(report);
        lastReport = report;
        if (pending.size() >= MAX_PENDING) {
            finish(trainer, false);
        } else if (isLong && trainer.state().bestEpoch() == report.epoch()) {
            // The ones in time all fall within an epoch, and have no loss of their own to be the best by.
            write(trainer, true);
        } else if (System.nanoTime() - nextFlush >= 0) {
            write(trainer, false);
        }
    }

    /** Changes that clients have made so far; called from the thread that trains. */
    void learn(List<Change> changes) {
        changes.stream().filter(change -> known.add(change.number())).forEach(upcoming::add);
    }

    /** Training has come to an end, so that no later step is to come: whatever waits for one is due. */
    boolean takeUpAll(Trainer trainer) {
        return takeUp(trainer, change -> true);
    }

    /** @return whether there was anything to take up */
    private boolean takeUp(Trainer trainer, Predicate<Change> isDue) {
        boolean any = false;
        while (!upcoming.isEmpty() && isDue.test(upcoming.peek())) {
            Change change = upcoming.remove();
            Adjustment effect = trainer.adjust(change.adjustment());
            if (change.step() == null) {
                untilItWorks(() -> runs.takeUp(claim, change, effect, trainer.steps()));
            }
            log.info("Job {} takes up a change at step {}", claim.jobId(), trainer.steps());
            any = true;
        }
        return any;
    }

    private static boolean isDue(Change change, Trainer trainer) {
        Long step = change.step();
        return step == null || step <= trainer.steps();
    }

    /** Writes what is pending; or leaves it for later, if the database does not answer. */
    private void write(Trainer trainer, boolean checkpoint) {
        try {
            record(trainer, checkpoint);
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
                nextCheckpoint = System.nanoTime() + checkpointInterval.toNanos();
            }
        }
    }

    /** Writes what is pending as soon as the database answers and its disk has space, unless training is to end. */
    void finish(Trainer trainer, boolean checkpoint) {
        untilItWorks(() -> record(trainer, checkpoint));
    }

    /** Training is to end: writes what is pending as soon as the database answers; a full disk keeps nobody waiting, and costs what was not written. */
    void leave(Trainer trainer) {
        storeRetry.untilItWorks(() -> {
            try {
                record(trainer, true);
            } catch (RuntimeException failure) {
                if (!Outage.isFullDisk(failure)) {
                    throw failure;
                }
                log.warn("Job {}: its last state could not be written: {}", claim.jobId(), failure.getMessage());
            }
        });
    }

    /** Does something as often as it fails for the store's sake, unless training is to end. */
    void untilItWorks(Runnable write) {
        untilItWorks(() -> {
            write.run();
            return true;
        });
    }

    /** The same for something that has a result. */
    <T> T untilItWorks(Supplier<T> write) {
        return storeRetry.untilItWorks(write, this::cancellationCheck);
    }

    private void record(Trainer trainer, boolean checkpoint) {
        TrainingState state = trainer.state();
        runs.record(claim, pending, state, checkpoint ? Snapshot.of(state, lastReport) : null);
        pending.clear();
        failures = 0;
        nextFlush = System.nanoTime() + FLUSH_INTERVAL.toNanos();
        if (checkpoint) {
            nextCheckpoint = System.nanoTime() + checkpointInterval.toNanos();
        }
    }
}
