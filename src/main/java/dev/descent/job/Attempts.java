package dev.descent.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often workers have tried to run a job.
 *
 * @param number of the current attempt; only its writes are accepted
 * @param withoutProgress consecutive attempts, including the current one, that ended without a checkpoint through no
 *     fault of the job
 * @param notBefore the earliest time of the next attempt
 */
@Embeddable
public record Attempts(
        @Column(name = "attempt") int number,
        @Column(name = "fruitless_attempts") int withoutProgress,
        @Column(name = "not_before") @Nullable Instant notBefore) {

    /** The maximum number of such attempts in a row. */
    public static final int MAX_WITHOUT_PROGRESS = 3;

    static final Attempts NONE = new Attempts(0, 0, null);

    Attempts next() {
        return new Attempts(number + 1, withoutProgress + 1, null);
    }

    /** Does not count the current attempt, because it ended in an orderly way. */
    Attempts pardoned() {
        return new Attempts(number, Math.max(0, withoutProgress - 1), notBefore);
    }

    Attempts progressed() {
        return new Attempts(number, 0, notBefore);
    }

    Attempts waitingUntil(@Nullable Instant time) {
        return new Attempts(number, withoutProgress, time);
    }

    boolean areEnough() {
        return withoutProgress >= MAX_WITHOUT_PROGRESS;
    }
}
