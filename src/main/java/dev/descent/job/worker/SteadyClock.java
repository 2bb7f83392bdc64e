package dev.descent.job.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The time of a clock that may fail to answer. It is asked now and then only; in between, and for as long as it does
 * not answer, time goes on from its last answer at the pace of this process, whose time of day is never looked at. The
 * scheduler needs it: it expects no failure of a clock, and loses a thread by one.
 */
final class SteadyClock {

    private static final Logger log = LoggerFactory.getLogger(SteadyClock.class);

    private final Clock clock;
    private final long pauseNanos;
    private Instant answer;
    private long answeredAt;
    private long askedAt;

    /** @param pause between two questions */
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
