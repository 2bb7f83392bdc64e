package dev.descent.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTest {

    @ParameterizedTest
    @CsvSource({"0, 0 rows, '0 rows'", "1, 1 row, '1 row'", "2000000, 2000000 rows, '2,000,000 rows'"})
    void oneIsSingularInEveryForm(long count, String plain, String grouped) {
        assertThat(Count.of(count, "row")).isEqualTo(plain);
        assertThat(Count.grouped(count, "row")).isEqualTo(grouped);
    }
}
