package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSizeTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 32, Integer.MAX_VALUE})
    void aWholeNumberIsThatManyRows(long rows) {
        assertThat(BatchSize.ofPlain(rows).rows()).isEqualTo((int) rows);
    }

    @Test
    void theWordAllIsReadAndWritten() {
        assertThat(BatchSize.ofPlain("all")).isEqualTo(BatchSize.ALL);
        assertThat(BatchSize.ALL.plain()).isEqualTo("all");
        assertThat(new BatchSize(32).plain()).isEqualTo(32);
    }

    static Stream<Object> refused() {
        return Stream.of(0L, -1L, Integer.MAX_VALUE + 1L, Long.MIN_VALUE, 32.0, "ALL", "32", "", true, List.of(32L));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void anythingElseIsRefused(Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchSize.ofPlain(value))
                .withMessage("a whole number from 1 to 2147483647, or \"all\"");
    }

    @ParameterizedTest
    @CsvSource({"32, 100, 32", "32, 32, 32", "32, 10, 10", "2147483647, 10, 10"})
    void aBatchIsNeverLargerThanTheTrainingPart(int rows, int trainRows, int within) {
        assertThat(new BatchSize(rows).within(trainRows)).isEqualTo(within);
    }
}
