package dev.descent.job.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Time based on a clock that may be unavailable. The clock is queried only occasionally; in between, and while it is
 * unavailable, time advances from its last answer at the pace of this process's monotonic clock. The scheduler needs
 * this: it does not expect a clock to fail, and loses a thread if one does.
 */
final class SteadyClock {

    private static final Logger log = LoggerFactory.getLogger(SteadyClock.class);

    private final Clock clock;
    private final long pauseNanos;
    private Instant answer;
    private long answeredAt;
    private long askedAt;

    /** @param pause between two queries */
    SteadyClock(Clock clock, Duration pause) {
        this.clock = clock;
        this.pauseNanos = pause.toNanos();
        this.answer = clock.instant();
        this.answeredAt = System.nanoTime();
        this.askedAt = answeredAt;
    }

    synchronized Instant instant() {
        if (System.nanoTime() - askedAt >= pauseNanos) {
            ask();
        }
        return answer.plusNanos(System.nanoTime() - answeredAt);
    }

    private void ask() {
        askedAt = System.nanoTime();
        try {
            answer = clock.instant();
            answeredAt = System.nanoTime();
        } catch (DataAccessException silent) {
            log.debug("The clock goes on by itself: {}", silent.getMessage());
        }
    }
}
