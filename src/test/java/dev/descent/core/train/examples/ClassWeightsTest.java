package dev.descent.core.train.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassWeightsTest {

    private static final List<String> LABELS = List.of("a", "b", "c");

    /** 16 rows: a third of them, 16/3, divided by 1, 3 and 12. */
    @Test
    void balancedWeightsOfThreeClassesAddUpToTheSamePerClass() {
        assertThat(ClassWeights.BALANCED.weights(LABELS, new long[] {1, 3, 12}))
                .containsExactly(16 / 3.0, 16 / 9.0, 16 / 36.0);
        assertThat(ClassWeights.BALANCED.weights(LABELS, new long[] {4, 4, 4})).containsExactly(1, 1, 1);
    }

    @Test
    void aClassWithoutTrainingRowsIsBalancedAsIfItHadOne() {
        assertThat(ClassWeights.BALANCED.weights(LABELS, new long[] {0, 1, 5})).containsExactly(2, 2, 6 / 15.0);
    }

    @Test
    void givenWeightsDoNotDependOnTheCounts() {
        ClassWeights weights = new ClassWeights(false, Map.of("c", 0.0, "a", 2.5));

        assertThat(weights.weights(LABELS, new long[] {1, 3, 12})).containsExactly(2.5, 1, 0);
        assertThat(weights.weights(LABELS, new long[] {0, 0, 0})).containsExactly(2.5, 1, 0);
    }

    @Test
    void theWordBalancedIsReadAndWritten() {
        assertThat(ClassWeights.ofPlain("balanced")).isEqualTo(ClassWeights.BALANCED);
        assertThat(ClassWeights.BALANCED.plain()).isEqualTo("balanced");
        assertThat(ClassWeights.BALANCED.balanced()).isTrue();
    }

    @Test
    void numbersPerClassAreReadAndWritten() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("whole", 3L);
        plain.put("least", 0L);
        plain.put("half", 0.5);
        plain.put("largest", 1e6);

        ClassWeights weights = ClassWeights.ofPlain(plain);

        assertThat(weights.balanced()).isFalse();
        assertThat(weights.byLabel())
                .containsExactly(
                        Map.entry("whole", 3.0),
                        Map.entry("least", 0.0),
                        Map.entry("half", 0.5),
                        Map.entry("largest", 1e6));
        assertThat(weights.plain()).isEqualTo(weights.byLabel());
    }

    static Stream<Object> refused() {
        return Stream.of(
                "BALANCED",
                "",
                1L,
                true,
                List.of(1L),
                Map.of("a", "1"),
                Map.of("a", true),
                Map.of("a", -1L),
                Map.of("a", -1e-9),
                Map.of("a", 1_000_001L),
                Map.of("a", Double.NaN),
                Map.of("a", 1L, "b", "1"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void anythingElseIsRefused(Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassWeights.ofPlain(value))
                .withMessage(
                        "\"balanced\", or an object with a number from 0 to 1000000 per class, for up to 10000 classes");
    }
}
