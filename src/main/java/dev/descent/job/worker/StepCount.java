package dev.descent.job.worker;

import dev.descent.core.train.TrainingSession;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a run: counted by its training thread before every batch, which costs two writes to memory at most, and
 * read by the thread that stores them about once a second.
 */
final class StepCount {

    /** Where the run began, which after a resume is in the middle. */
    private record Start(long steps, long nanos) {}

    /** @param remaining at the pace of this run so far */
    record Reading(long steps, long total, Duration remaining) {}

    private volatile @Nullable Start start;
    private volatile long steps;
    private volatile long total;

    /** Called on the training thread, before its first batch. */
    void begin(TrainingSession session) {
        advance(session);
        start = new Start(session.steps(), System.nanoTime());
    }

    /** Called on the training thread. */
    void advance(TrainingSession session) {
        steps = session.steps();
        long inAll = session.totalSteps();
        if (inAll != total) {
            total = inAll;
        }
    }

    /** Null if the run has taken no step yet. */
    @Nullable
    Reading read() {
        Start from = start;
        long now = steps;
        if (from == null || now <= from.steps) {
            return null;
        }
        long inAll = total;
        double nanosPerStep = (double) (System.nanoTime() - from.nanos) / (now - from.steps);
        return new Reading(now, inAll, Duration.ofNanos((long) (nanosPerStep * Math.max(0, inAll - now))));
    }
}
