package dev.descent.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many optimizer steps a job has taken, counted within an epoch too.
 *
 * @param counted the most that any attempt has taken: it never falls, although an attempt whose worker died may have to
 *     repeat some
 * @param total of the whole training; null until the data has been read
 * @param expectedFinish at the pace of the current attempt; null until there is one
 */
@Embeddable
public record CountedSteps(
        @Column(name = "counted_steps") long counted,
        @Column(name = "total_steps") @Nullable Long total,
        @Column(name = "expected_finish_at") @Nullable Instant expectedFinish) {

    static final CountedSteps NONE = new CountedSteps(0, null, null);

    CountedSteps to(long steps) {
        return new CountedSteps(Math.max(counted, steps), total, expectedFinish);
    }

    CountedSteps of(long inAll) {
        return new CountedSteps(counted, inAll, expectedFinish);
    }

    CountedSteps finishing(@Nullable Instant at) {
        return new CountedSteps(counted, total, at);
    }

    /** Every epoch has the same number of steps. */
    CountedSteps withEpochs(int before, int now) {
        return total == null ? this : of(total / before * now);
    }
}
