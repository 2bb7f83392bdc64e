package dev.descent.job.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class SteadyClockTest {

    private static final Instant TIME = Instant.parse("2001-02-03T04:05:06Z");

    /** Always returns the same time, or fails. */
    private static final class Fake extends Clock {

        private Instant now = TIME;
        private boolean silent;

        @Override
        public Instant instant() {
            if (silent) {
                throw new DataAccessResourceFailureException("gone");
            }
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void itFollowsTheClockAndGoesOnWhileThatIsSilent() {
        Fake fake = new Fake();
        SteadyClock clock = new SteadyClock(fake, Duration.ZERO);
        Instant first = clock.instant();
        fake.silent = true;
        Instant second = clock.instant();
        Instant third = clock.instant();
        fake.silent = false;
        fake.now = TIME.plusSeconds(3_600);

        assertThat(first).isBetween(TIME, TIME.plusSeconds(60));
        assertThat(second).isBetween(first, first.plusSeconds(60));
        assertThat(third).isAfterOrEqualTo(second);
        assertThat(clock.instant()).isBetween(TIME.plusSeconds(3_600), TIME.plusSeconds(3_660));
    }

    @Test
    void itAsksNoMoreOftenThanItIsToldTo() {
        Fake fake = new Fake();
        SteadyClock clock = new SteadyClock(fake, Duration.ofDays(1));
        fake.now = TIME.plusSeconds(3_600);

        assertThat(clock.instant()).isBefore(TIME.plusSeconds(60));
    }
}
