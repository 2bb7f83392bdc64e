package dev.descent.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often workers have tried a job.
 *
 * @param number of the newest attempt; only its writes count
 * @param withoutProgress attempts in a row, the newest included, that ended without a checkpoint by no fault of the job
 * @param notBefore when the next one may begin
 */
@Embeddable
public record Attempts(
        @Column(name = "attempt") int number,
        @Column(name = "fruitless_attempts") int withoutProgress,
        @Column(name = "not_before") @Nullable Instant notBefore) {

    /** So many in a row are enough. */
    public static final int MAX_WITHOUT_PROGRESS = 3;

    static final Attempts NONE = new Attempts(0, 0, null);

    Attempts next() {
        return new Attempts(number + 1, withoutProgress + 1, null);
    }

    /** The newest one doesn't count: it ended in good order. */
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
