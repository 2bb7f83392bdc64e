package dev.descent.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class PatienceTest {

    private static final long SECOND = 1_000_000_000;

    private final Patience patience = new Patience(Duration.ofSeconds(10), DataSize.ofKilobytes(1));

    @Test
    void aPauseUpToTheLimitIsEndured() {
        assertThat(patience.endures(10 * SECOND, 0)).isTrue();
        assertThat(patience.endures(1, 0)).isFalse();
    }

    @Test
    void atTheLeastRateItNeverEnds() {
        for (int second = 0; second < 1_000_000; second++) {
            assertThat(patience.endures(SECOND, 1_024)).isTrue();
        }
    }

    @Test
    void belowItEndsHoweverMuchCameBefore() {
        patience.endures(SECOND, 1L << 40);
        int seconds = 0;
        while (patience.endures(SECOND, 512)) {
            seconds++;
        }
        assertThat(seconds).isEqualTo(20);
    }

    @Test
    void withoutALeastRatePausesAloneCount() {
        Patience lenient = new Patience(Duration.ofSeconds(10), DataSize.ofBytes(0));
        assertThat(lenient.endures(10 * SECOND, 1)).isTrue();
        assertThat(lenient.endures(SECOND, 1)).isTrue();
        assertThat(lenient.endures(2 * SECOND, 0)).isFalse();
    }
}
