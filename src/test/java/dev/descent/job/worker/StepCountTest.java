package dev.descent.job.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.descent.core.train.TrainingSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepCountTest {

    private final TrainingSession session = mock(TrainingSession.class);
    private long seconds;
    private final StepCount count =
            new StepCount(() -> Duration.ofSeconds(seconds).toNanos());

    private void begin(long steps) {
        when(session.steps()).thenReturn(steps);
        when(session.totalSteps()).thenReturn(1_000L);
        count.begin(session);
    }

    private StepCount.Reading readAt(long time, long steps) {
        seconds = time;
        when(session.steps()).thenReturn(steps);
        count.advance(session);
        return count.read();
    }

    @Test
    void nothingIsKnownBeforeTheFirstStepOfTheRun() {
        assertThat(count.read()).isNull();
        begin(40);

        assertThat(readAt(5, 40)).isNull();
    }

    @Test
    void theRestIsEstimatedFromWhatThisRunDid() {
        begin(400);

        assertThat(readAt(10, 500)).isEqualTo(new StepCount.Reading(500, 1_000, Duration.ofSeconds(50)));
        assertThat(readAt(60, 1_000)).isEqualTo(new StepCount.Reading(1_000, 1_000, Duration.ZERO));
    }

    /** One step in the first second, ten in each that follows. */
    @Test
    void aSlowStartIsForgotten() {
        begin(0);
        StepCount.Reading reading = readAt(1, 1);
        assertThat(reading.remaining()).isEqualTo(Duration.ofSeconds(999));
        for (int second = 2; second <= 51; second++) {
            reading = readAt(second, 10L * second - 9);
        }

        assertThat(reading.steps()).isEqualTo(501);
        assertThat(reading.remaining()).isEqualTo(Duration.ofMillis(49_900));
    }

    @Test
    void aStandstillIsNoReasonToGiveUpTheEstimate() {
        begin(0);
        StepCount.Reading first = readAt(1, 10);
        StepCount.Reading reading = first;
        for (int second = 2; second <= 20; second++) {
            reading = readAt(second, 10);
        }

        assertThat(reading.steps()).isEqualTo(10);
        assertThat(reading.remaining()).isGreaterThan(first.remaining());
    }
}
