package dev.descent.core.graph.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.graph.Graph;
import dev.descent.core.graph.NodeWarnings;
import dev.descent.core.graph.NumericGradients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Any input gives either a graph that can be evaluated, or an error with a position in the expression. */
class ParserFuzzTest {

    private static final List<String> PARTS = List.of(
            "x",
            "y",
            "_z9",
            "1",
            ".5",
            "2.",
            "1e3",
            "1e-400",
            "1e999",
            "+",
            "-",
            "*",
            "/",
            "^",
            "(",
            ")",
            "(",
            ")",
            "exp(",
            "log(",
            "relu(",
            "sqrt",
            "tan(",
            " ",
            "\n",
            "\u00a0",
            ",",
            "=",
            "é",
            "\ud83c\udf4e",
            "\ud83c",
            "\0",
            "**",
            "²");

    @Test
    void randomParts() {
        Random random = new Random(11);
        int graphs = 0;
        long start = System.nanoTime();
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            graphs += isGraph(text.toString()) ? 1 : 0;
        }
        assertThat(graphs).isGreaterThan(1_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void longTexts() {
        Random random = new Random(12);
        for (int i = 0; i < 300; i++) {
            String part = PARTS.get(random.nextInt(PARTS.size())) + PARTS.get(random.nextInt(PARTS.size()));
            isGraph(part.repeat(1 + random.nextInt(12_000 / part.length())));
        }
    }

    private static boolean isGraph(String text) {
        try {
            Graph graph = Parser.parse(text);
            Map<String, Double> values =
                    graph.variableNames().stream().collect(Collectors.toMap(name -> name, name -> 0.0));
            NumericGradients.of(graph, values);
            graph.backward();
            NodeWarnings.of(graph);
            return true;
        } catch (InvalidExpressionException violation) {
            assertThat(violation.position()).as(text).isBetween(1, text.length() + 1);
            assertThat(violation.getMessage()).as(text).contains("accepted: ");
            return false;
        }
    }
}
