package dev.descent.job.worker;

import dev.descent.core.train.TrainingSession;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a run: counted by its training thread before every batch, which costs two writes to memory at most, and
 * read by the thread that stores them about once a second.
 */
final class StepCount {

    private record Mark(long steps, long nanos) {}

    /** @param remaining at the pace of this run lately */
    record Reading(long steps, long total, Duration remaining) {}

    private final LongSupplier nanoTime;
    private final long before;
    private final long after;
    private volatile @Nullable Mark start;
    private volatile long steps;
    private volatile long total;

    /** The pace is that since this mark, which belongs to the reader: at least a third of the run, and not its start. */
    private @Nullable Mark since;

    private @Nullable Mark latest;

    private volatile long reported;

    StepCount(LongSupplier nanoTime) {
        this(nanoTime, 0, 0);
    }

    /**
     * @param before the steps of a job's other fits before this session
     * @param after the steps of those after it
     */
    StepCount(LongSupplier nanoTime, long before, long after) {
        this.nanoTime = nanoTime;
        this.before = before;
        this.after = after;
    }

    /** Called on the training thread, before its first batch. */
    void begin(TrainingSession session) {
        advance(session);
        start = new Mark(steps, nanoTime.getAsLong());
    }

    /** Called on the training thread. */
    void advance(TrainingSession session) {
        steps = before + session.steps();
        long inAll = before + session.totalSteps() + after;
        if (inAll != total) {
            total = inAll;
        }
    }

    /** Null if the run has taken no step since it began. Called by one thread at a time. */
    @Nullable
    Reading read() {
        Mark begun = start;
        Mark now = new Mark(steps, nanoTime.getAsLong());
        if (begun == null || now.steps <= begun.steps) {
            return null;
        }
        Mark from = since(begun, now);
        long inAll = total;
        double nanosPerStep = (double) (now.nanos - from.nanos) / (now.steps - from.steps);
        return new Reading(now.steps, inAll, Duration.ofNanos((long) (nanosPerStep * Math.max(0, inAll - now.steps))));
    }

    /** The same; null as well if no more steps have been taken than were last reported. */
    @Nullable
    Reading unreported() {
        Reading count = read();
        return count == null || count.steps() == reported ? null : count;
    }

    void reported(Reading count) {
        reported = count.steps();
    }

    /** The first steps of a run are slow, before the compiler has seen its loops: they are forgotten as it goes on. */
    private Mark since(Mark begun, Mark now) {
        Mark from = since == null ? begun : since;
        Mark middle = latest == null ? begun : latest;
        if (now.nanos - middle.nanos > middle.nanos - from.nanos) {
            since = middle;
            latest = now;
            from = middle;
        }
        return now.steps > from.steps ? from : begun;
    }
}
