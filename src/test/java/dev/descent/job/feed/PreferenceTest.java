package dev.descent.job.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "wait=20, 20",
                "'respond-async, wait=7', 7",
                "'wait=5; handling=lenient', 5",
                "Wait = \"3\", 3",
                "wait=100, 60",
                "wait=999999999, 60",
                "wait=0, 0",
                "await=20, 0",
                "wait=-1, 0",
                "wait=2.5, 0",
                "wait, 0",
                "return=minimal, 0",
                "'', 0"
            })
    void aClientWaitsAsLongAsItSaysButNotForEver(String header, long seconds) {
        assertThat(Preference.wait(header, Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(seconds));
    }
}
