package dev.descent.core.graph.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.graph.Graph;
import dev.descent.core.graph.Node;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {

    @ParameterizedTest
    @CsvSource({
        "1 + 2 * 3, 7",
        "(1 + 2) * 3, 9",
        "10 - 4 - 3, 3",
        "24 / 4 / 3, 2",
        "24 / 4 * 3, 18",
        "-x^2, -9",
        "-2^2, -4",
        "(-2)^2, 4",
        "2^3^2, 512",
        "2^-1, 0.5",
        "2^-x, 0.125",
        "2^-1^2, 0.5",
        "-x^-1 * 3, -1",
        "2 - -3, 5",
        "2 -3, -1",
        "--x, 3",
        "x*-2, -6",
        "2*x^2, 18",
        "1.5e3, 1500",
        "1E-2, 0.01",
        "2.e+1, 20",
        ".5 + 2., 2.5",
        "exp(0) + log(1) + sin(0) + cos(0) + tanh(0), 2",
        "sigmoid(0) + relu(-1) + sqrt(4) + abs(-3), 5.5",
        "exp_1 + _X + e, 12"
    })
    void readsAsInMathematics(String expression, double expected) {
        Graph graph = Parser.parse(expression);
        Map<String, Double> values = graph.variableNames().stream()
                .collect(Collectors.toMap(name -> name, name -> name.equals("x") ? 3.0 : 4.0));

        assertThat(graph.forward(values)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void anySpaceMaySeparateTokens() {
        assertThat(Parser.parse("\t1\u00a0+\r\n 2\u2009").forward(Map.of())).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``        | 1  | expression is empty
                    ` `       | 1  | expression is empty
                    x +       | 4  | expression has the end at position 4; accepted: a number, a name, a function, "(" or "-"
                    x + * y   | 5  | expression has "*" at position 5; accepted: a number
                    +x        | 1  | expression has "+" at position 1; accepted: a number
                    2x        | 2  | expression has "x" at position 2; accepted: an operator (+ - * / ^) or the end
                    2e        | 2  | expression has "e" at position 2; accepted: an operator
                    1.2.3     | 4  | expression has ".3" at position 4
                    .         | 1  | expression has "." at position 1
                    x ** 2    | 4  | expression has "*" at position 4
                    (x + 1    | 7  | expression has the end at position 7; accepted: an operator (+ - * / ^) or ")" for the "(" at position 1
                    x)        | 2  | expression has ")" at position 2; accepted: an operator (+ - * / ^) or the end
                    ()        | 2  | expression has ")" at position 2
                    sin x     | 5  | expression has "x" at position 5; accepted: "(" after the function sin
                    tan(x)    | 1  | expression has "tan" before "(" at position 1, which is not a function; accepted: exp, log, sin, cos, tanh, sigmoid, relu, sqrt, abs; a product needs *
                    max(x, y) | 1  | expression has "max"
                    exp(x, y) | 6  | expression has "," at position 6
                    x + é     | 5  | expression has "é" at position 5
                    1 + 🍎    | 5  | expression has "🍎" at position 5
                    x = 1     | 3  | expression has "=" at position 3
                    1 + 1e999 | 5  | expression has the number "1e999" at position 5, which is too large
                    """)
    void aFaultSaysWhereItIsAndWhatIsAccepted(String expression, int position, String message) {
        assertThatExceptionOfType(InvalidExpressionException.class)
                .isThrownBy(() -> Parser.parse(expression))
                .withMessageStartingWith(message)
                .satisfies(violation -> assertThat(violation.position()).isEqualTo(position));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "sin(", "2^", "-(", "2^-("})
    void nestsAHundredLevelsDeepAndNoDeeper(String opening) {
        int levels = opening.matches("-\\(|2\\^-\\(") ? opening.replace("2", "").length() : 1;
        int closing = opening.endsWith("(") ? 1 : 0;
        int most = 100 / levels;

        assertThat(Parser.parse(opening.repeat(most) + "x" + ")".repeat(closing * most))
                        .nodes())
                .isNotEmpty();
        assertThatExceptionOfType(InvalidExpressionException.class)
                .isThrownBy(() -> Parser.parse(opening.repeat(most + 1) + "x" + ")".repeat(closing * (most + 1))))
                .withMessageContaining("nested more than 100 deep");
    }

    @Test
    void aThousandNodesAreAcceptedAndNoMore() {
        String most = names(500, " + ") + " + v0";

        assertThat(Parser.parse(most).nodes()).hasSize(1_000);
        assertThatExceptionOfType(InvalidExpressionException.class)
                .isThrownBy(() -> Parser.parse(most + " + v1"))
                .withMessageContaining("more than 1000 nodes");
    }

    @Test
    void tenThousandCharactersAreAcceptedAndNoMore() {
        assertThat(Parser.parse("x" + " ".repeat(9_999)).nodes()).hasSize(1);
        assertThatExceptionOfType(InvalidExpressionException.class)
                .isThrownBy(() -> Parser.parse("x" + " ".repeat(10_000)))
                .withMessage("expression has 10001 characters; accepted: up to 10000");
    }

    @Test
    void whatStandsThereTwiceIsOneNode() {
        assertThat(Parser.parse("x * y + sin(x * y) + 2 * 2").nodes())
                .extracting(Node::op)
                .containsExactly("variable", "variable", "multiply", "sin", "add", "constant", "multiply", "add");
    }

    @Test
    void aMinusBeforeANumberBelongsToTheNumber() {
        assertThat(Parser.parse("x^-2").nodes()).extracting(Node::op).containsExactly("variable", "constant", "power");
    }

    static String names(int count, String separator) {
        return IntStream.range(0, count).mapToObj(i -> "v" + i).collect(Collectors.joining(separator));
    }
}
