package dev.descent.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.graph.parse.Parser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GradientTest {

    private static final List<String> NAMES = List.of("x", "y", "z");

    static IntStream seeds() {
        return IntStream.range(0, 500);
    }

    /** The operands stay clear of poles and kinks, so that the central difference is a reliable reference. */
    @ParameterizedTest
    @MethodSource("seeds")
    void ofARandomExpressionAreItsCentralDifferences(int seed) {
        Random random = new Random(seed);
        String expression = expression(random, 4);
        Graph graph = Parser.parse(expression);
        Map<String, Double> values = new HashMap<>();
        NAMES.forEach(name -> values.put(name, random.nextDouble(-2, 2)));

        Map<String, Double> numeric = NumericGradients.of(graph, values);
        graph.backward();

        graph.gradients()
                .forEach((name, gradient) -> assertThat(gradient)
                        .as("%s by %s at %s", expression, name, values)
                        .isCloseTo(numeric.get(name), within(1e-5 * Math.max(1, Math.abs(gradient)))));
    }

    private static String expression(Random random, int depth) {
        if (depth == 0) {
            return random.nextInt(4) == 0
                    ? Double.toString(Math.round(100 * random.nextDouble()) / 10.0)
                    : NAMES.get(random.nextInt(NAMES.size()));
        }
        String a = expression(random, depth - 1);
        String b = expression(random, random.nextInt(depth));
        return switch (random.nextInt(15)) {
            case 0 -> "(%s + %s)".formatted(a, b);
            case 1 -> "(%s - %s)".formatted(a, b);
            case 2 -> "%s * (%s)".formatted(a, b);
            case 3 -> "(%s) / (2 + tanh(%s))".formatted(a, b);
            case 4 -> "(1.5 + sin(%s))^tanh(%s)".formatted(a, b);
            case 5 -> "tanh(%s)^2".formatted(a);
            case 6 -> "(-(%s))".formatted(a);
            case 7 -> "exp(tanh(%s))".formatted(a);
            case 8 -> "log(2 + cos(%s))".formatted(a);
            case 9 -> "sin(%s)".formatted(a);
            case 10 -> "cos(%s)".formatted(a);
            case 11 -> "sigmoid(%s)".formatted(a);
            case 12 -> "relu(1.1 + sin(%s))".formatted(a);
            case 13 -> "sqrt(1.1 + sin(%s))".formatted(a);
            default -> "abs(-1.1 + cos(%s))".formatted(a);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "relu(x), 0, 0",
        "abs(x), 0, 0",
        "x^2, 0, 0",
        "x^1, 0, 1",
        "x^0, 0, 0",
        "x^-1, -2, -0.25",
        "2^x, 3, 5.545177444479562",
        "0^x, 2, 0",
        "sqrt(x), 0, Infinity",
        "sqrt(x), 1e-12, 5e5",
        "1e-200 / x, 1e-200, -1e200",
        "sigmoid(x), -1000, 0",
        "sigmoid(x), 1000, 0",
        "tanh(x), 1000, 0",
        "x * x * x, 2, 12"
    })
    void atEdges(String expression, double x, double expected) {
        Graph graph = Parser.parse(expression);
        graph.forward(Map.of("x", x));
        graph.backward();

        double gradient = graph.gradients().get("x");
        if (Double.isInfinite(expected)) {
            assertThat(gradient).isEqualTo(expected);
        } else {
            assertThat(gradient).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
    }

    /** The formula of the derivative is defined where the function itself is not. */
    @ParameterizedTest
    @CsvSource({
        "log(x), -2",
        "log(x), 0",
        "sqrt(x), -1",
        "1 / x, 0",
        "x / 0, 1",
        "x^0.5, -1",
        "x^-1, 0",
        "0^x, -1",
        "(-2)^x, 0.5",
        "exp(x), 1000",
        "x * 1e308, 100",
        "y * log(x), -2",
        "y + 1 / x, 0",
        "tanh(exp(x)), 1000"
    })
    void whereThereIsNoValueThereIsNoGradient(String expression, double x) {
        Graph graph = Parser.parse(expression);
        Map<String, Double> values = new HashMap<>(Map.of("x", x, "y", 3.0));
        Map<String, Double> numeric = NumericGradients.of(graph, values);
        graph.backward();

        assertThat(graph.nodes()).anyMatch(node -> !Double.isFinite(node.value()));
        assertThat(graph.nodes().stream().filter(node -> !Double.isFinite(node.value())))
                .allMatch(node -> !Double.isFinite(node.gradient()))
                .allMatch(node -> !Double.isFinite(node.localGradient(0)));
        assertThat(graph.gradients().get("x")).isNaN();
        if (!Double.isFinite(graph.result().value())) {
            assertThat(graph.gradients().values()).allMatch(gradient -> gradient.isNaN());
            assertThat(numeric.values()).allMatch(gradient -> !Double.isFinite(gradient));
        }
    }

    @Test
    void aChainOfAThousandNodesOverflowsNoStack() {
        Graph graph = Parser.parse("x" + " + x".repeat(900));
        graph.forward(Map.of("x", 2.0));
        graph.backward();

        assertThat(graph.result().value()).isEqualTo(1802);
        assertThat(graph.gradients()).containsEntry("x", 901.0);
    }

    @Test
    void aSecondPassKeepsNothingOfTheFirst() {
        Graph graph = Parser.parse("x * y");
        for (double x = 1; x <= 2; x++) {
            graph.forward(Map.of("x", x, "y", 5.0));
            graph.backward();
            assertThat(graph.gradients()).isEqualTo(Map.of("x", 5.0, "y", x));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 / x         | 0    | The value is null: divide(1.0, 0.0) is infinite
                    x / x         | 0    | The value is null: divide(0.0, 0.0) is not defined
                    log(x)        | -1   | The value is null: log(-1.0) is not defined
                    exp(x)        | 1000 | The value is null: exp(1000.0) is too large for a double (about 1.8e308)
                    log(x)        | -2   | The local gradient for input 0 is null: log(-2.0) has no finite value
                    log(x)        | -2   | The gradient is null: the node has no finite value
                    log(x)        | -2   | The gradient is null: the gradient of node 1, which uses it, is not finite
                    x^0.5         | -1   | The value is null: power(-1.0, 0.5) is not defined
                    log(x) + 1    | 0    | The value is null: the value of node 1 is not finite
                    sqrt(x)       | 0    | The local gradient for input 0 is null: the derivative of sqrt(0.0) is infinite
                    sqrt(x)       | 0    | The gradient is null: the local gradient of node 1, which uses it, is not finite
                    sqrt(x^2)     | 0    | The gradient is null: the gradient of node 2, which uses it, is not finite
                    x * 1e-200 * 1e200 * 1e200 | 1e-10 | The gradient is null: it is too large for a double (about 1.8e308)
                    relu(x)       | 0    | relu(0.0) has no derivative here; 0.0 is used
                    (-2)^x        | 2    | The local gradient for input 1 is null: the derivative of power(-2.0, 2.0) is not defined
                    """)
    void aNumberThatIsNotFiniteIsExplained(String expression, double x, String warning) {
        Graph graph = Parser.parse(expression);
        graph.forward(Map.of("x", x));
        graph.backward();

        List<String> details =
                NodeWarnings.of(graph).stream().map(NodeWarning::detail).toList();
        assertThat(details).contains(warning);
    }
}
