package dev.descent.core.train.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetsTest {

    private static final String LONGEST = "n".repeat(1_000);

    @Test
    void aNameIsAListOfOne() {
        assertThat(Targets.ofPlain("price").names()).containsExactly("price");
        assertThat(Targets.ofPlain("price")).isEqualTo(Targets.ofPlain(List.of("price")));
    }

    @Test
    void severalNamesStayInTheirOrder() {
        assertThat(Targets.ofPlain(List.of("b", "a", "c")).names()).containsExactly("b", "a", "c");
    }

    @Test
    void theLargestAreAccepted() {
        assertThat(Targets.ofPlain(LONGEST).names()).containsExactly(LONGEST);
        assertThat(Targets.ofPlain(names(100)).names()).hasSize(100);
    }

    static Stream<Object> refused() {
        return Stream.of(
                "",
                LONGEST + "n",
                7L,
                true,
                List.of(),
                List.of(""),
                List.of("a", ""),
                List.of("a", 7L),
                List.of("a", "b", "a"),
                names(101));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNoListOfDifferentNamesIsRefused(Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Targets.ofPlain(value))
                .withMessage("the name of a column, or an array of 1 to 100 different ones");
    }

    @Test
    void oneNameIsWrittenWithoutAList() {
        assertThat(new Targets(List.of("price")).plain()).isEqualTo("price");
        assertThat(new Targets(List.of("price", "rent")).plain()).isEqualTo(List.of("price", "rent"));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(number -> "n" + number).toList();
    }
}
