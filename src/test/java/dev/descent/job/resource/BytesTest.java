package dev.descent.job.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "1023, 1023 B",
        "1024, 1.0 KB",
        "1536, 1.5 KB",
        "1048524, 1023.9 KB",
        "1048575, 1.0 MB",
        "1048576, 1.0 MB",
        "5368709120, 5.0 GB",
        "9223372036854775807, 8192.0 PB"
    })
    void amountsAreWrittenWithTheUnitThatSuitsThem(long bytes, String words) {
        assertThat(Bytes.format(bytes)).isEqualTo(words);
    }
}
