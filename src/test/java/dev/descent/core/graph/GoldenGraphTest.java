package dev.descent.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.graph.parse.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares graphs with those of another implementation: results, gradients, and the values and gradients of all nodes.
 */
public class GoldenGraphTest {

    private static final double TOLERANCE = 1e-9;

    static Stream<JsonNode> graphs() throws IOException {
        JsonNode golden =
                JsonMapper.shared().readTree(Files.readString(Path.of("src/test/resources/golden/graphs.json")));
        return StreamSupport.stream(golden.get("graphs").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void theSameValueAndGradients(JsonNode golden) {
        replay(golden);
    }

    /** One graph: its result and the gradients of its variables. */
    public static void replay(JsonNode golden) {
        Graph graph = evaluated(golden);

        assertClose("value", graph.result().value(), golden.get("value"));
        assertThat(graph.variableNames())
                .containsExactlyInAnyOrderElementsOf(golden.get("gradients").propertyNames());
        graph.gradients()
                .forEach((name, gradient) ->
                        assertClose(name, gradient, golden.get("gradients").get(name)));
    }

    /**
     * Both implementations share common subexpressions, so their nodes correspond one to one; each node is identified
     * by its expression.
     */
    @ParameterizedTest
    @MethodSource("graphs")
    void theSameFlowsThroughEveryNode(JsonNode golden) {
        Graph graph = evaluated(golden);
        Map<String, Node> nodes = graph.nodes().stream().collect(Collectors.toMap(GoldenGraphTest::expression, n -> n));
        List<String> expressions = new ArrayList<>();

        assertThat(graph.nodes()).hasSameSizeAs(golden.get("nodes"));
        for (JsonNode expected : golden.get("nodes")) {
            String expression = expression(expected, expressions);
            expressions.add(expression);
            assertThat(nodes).containsKey(expression);
            Node node = nodes.get(expression);
            assertThat(node.op()).isEqualTo(expected.get("op").asString());
            assertClose(expression, node.value(), expected.get("value"));
            assertThat(node.hasGradient()).isEqualTo(expected.has("gradient"));
            if (node.hasGradient()) {
                assertClose(expression, node.gradient(), expected.get("gradient"));
            }
            for (int i = 0; i < node.inputs().size(); i++) {
                JsonNode local = expected.get("local_gradients").get(i);
                assertThat(node.inputs().get(i).hasGradient()).isEqualTo(!local.isNull());
                if (!local.isNull()) {
                    assertClose(expression, node.localGradient(i), local);
                }
            }
        }
    }

    private static Graph evaluated(JsonNode golden) {
        Graph graph = Parser.parse(golden.get("expression").asString());
        Map<String, Double> values = new HashMap<>();
        golden.get("values")
                .properties()
                .forEach(value -> values.put(value.getKey(), value.getValue().asDouble()));
        graph.forward(values);
        graph.backward();
        return graph;
    }

    private static String expression(Node node) {
        if (node instanceof Variable variable) {
            return variable.name();
        }
        if (node.inputs().isEmpty()) {
            return Double.toString(node.value());
        }
        return node.op()
                + node.inputs().stream().map(GoldenGraphTest::expression).toList();
    }

    private static String expression(JsonNode node, List<String> earlier) {
        return switch (node.get("op").asString()) {
            case "variable" -> node.get("name").asString();
            case "constant" -> Double.toString(node.get("value").asDouble());
            default ->
                node.get("op").asString()
                        + StreamSupport.stream(node.get("inputs").spliterator(), false)
                                .map(input -> earlier.get(input.asInt()))
                                .toList();
        };
    }

    private static void assertClose(String what, double actual, JsonNode expected) {
        double number = expected.asDouble();
        assertThat(actual).as(what).isCloseTo(number, within(TOLERANCE * Math.max(1, Math.abs(number))));
    }
}
