package dev.descent.job.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.descent.core.train.TrainingSession;
import org.junit.jupiter.api.Test;

class StepCountTest {

    private final TrainingSession session = mock(TrainingSession.class);
    private final StepCount count = new StepCount();

    private void stand(long steps, long total) {
        when(session.steps()).thenReturn(steps);
        when(session.totalSteps()).thenReturn(total);
    }

    @Test
    void nothingIsKnownBeforeTheFirstStepOfTheRun() {
        assertThat(count.read()).isNull();
        stand(40, 100);
        count.begin(session);

        assertThat(count.read()).isNull();
    }

    @Test
    void theRestIsEstimatedFromWhatThisRunDid() {
        stand(40, 100);
        count.begin(session);
        stand(70, 100);
        count.advance(session);
        StepCount.Reading half = count.read();
        stand(100, 100);
        count.advance(session);
        StepCount.Reading all = count.read();

        assertThat(half).isNotNull();
        assertThat(half.steps()).isEqualTo(70);
        assertThat(half.total()).isEqualTo(100);
        assertThat(half.remaining()).isPositive();
        assertThat(all).isNotNull();
        assertThat(all.remaining()).isZero();
    }
}
