package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Replays the numbers of another implementation, step by step, in double precision. */
class GoldenReplayTest {

    private static final double TOLERANCE = 1e-9;

    static Stream<Path> files() throws IOException {
        return Files.list(Path.of("src/test/resources/golden"))
                .filter(file -> file.toString().endsWith(".json"))
                // No training in it: GoldenGraphTest replays it.
                .filter(file -> !file.endsWith("graphs.json"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyStepGivesTheSameLossOutputsGradientsAndParameters(Path file) throws IOException {
        JsonNode golden = JsonMapper.shared().readTree(Files.readString(file));
        Wiring wiring = network(golden.get("network"))
                .wire(golden.at("/batches/0/inputs/0").size());
        int maxRows = StreamSupport.stream(golden.get("batches").spliterator(), false)
                .mapToInt(batch -> batch.get("inputs").size())
                .max()
                .orElseThrow();
        try (Network network = new Network(wiring, Precision.FLOAT64, maxRows, Network.Purpose.INPUT_GRADIENT);
                Optimizer optimizer = optimizer(golden.get("optimizer")).build(network.parameters())) {
            Loss loss = loss(golden.at("/loss/type").asString()).build();
            network.parameters()
                    .list()
                    .forEach(parameter ->
                            parameter.value().copy(matrix(golden.get("initial").get(parameter.name()))));
            assertThat(golden.get("steps")).isNotEmpty().hasSameSizeAs(golden.get("batches"));
            for (int step = 0; step < golden.get("steps").size(); step++) {
                JsonNode batch = golden.get("batches").get(step);
                JsonNode expected = golden.get("steps").get(step);
                Matrix outputs = network.forward(matrix(batch.get("inputs")));
                Matrix gradient = Matrix.zeros(Precision.FLOAT64, outputs.rows(), outputs.columns());

                double value = loss.evaluate(outputs, column(batch.get("targets")), gradient);
                network.backward(gradient);

                assertClose("loss", new double[] {value}, new double[] {
                    expected.get("loss").asDouble()
                });
                assertClose("outputs", outputs, expected.get("outputs"));
                assertClose("output gradient", gradient, expected.at("/gradients/output"));
                assertClose("input gradient", network.inputGradient(), expected.at("/gradients/input"));
                for (Parameter parameter : network.parameters().list()) {
                    assertClose(
                            parameter.name(),
                            parameter.gradient(),
                            expected.get("gradients").get(parameter.name()));
                }
                optimizer.step();
                for (Parameter parameter : network.parameters().list()) {
                    assertClose(
                            parameter.name(),
                            parameter.value(),
                            expected.get("parameters").get(parameter.name()));
                }
            }
        }
    }

    private static NetworkSpec network(JsonNode nodes) {
        List<NodeSpec> specs = new ArrayList<>();
        String last = NetworkSpec.INPUT;
        for (JsonNode node : nodes) {
            String name = node.get("name").asString();
            List<String> inputs = node.has("inputs")
                    ? StreamSupport.stream(node.get("inputs").spliterator(), false)
                            .map(JsonNode::asString)
                            .toList()
                    : List.of(last);
            specs.add(new NodeSpec(name, layer(node), inputs));
            last = name;
        }
        return new NetworkSpec(specs, last);
    }

    private static LayerSpec layer(JsonNode node) {
        return switch (node.get("type").asString()) {
            case "dense" -> new LayerSpec.DenseSpec(node.get("out").asInt());
            case "relu" -> new LayerSpec.ReluSpec();
            case "sigmoid" -> new LayerSpec.SigmoidSpec();
            case "tanh" -> new LayerSpec.TanhSpec();
            case "add" -> new LayerSpec.AddSpec();
            case "multiply" -> new LayerSpec.MultiplySpec();
            default -> throw new IllegalArgumentException(node.toString());
        };
    }

    private static LossSpec loss(String type) {
        return switch (type) {
            case "mean_squared_error" -> new LossSpec.MeanSquaredErrorSpec();
            case "softmax_cross_entropy" -> new LossSpec.SoftmaxCrossEntropySpec();
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static OptimizerSpec optimizer(JsonNode node) {
        double learningRate = node.get("learning_rate").asDouble();
        return switch (node.get("type").asString()) {
            case "sgd" ->
                new OptimizerSpec.SgdSpec(
                        learningRate,
                        node.has("momentum") ? node.get("momentum").asDouble() : 0);
            case "adam" ->
                new OptimizerSpec.AdamSpec(
                        learningRate,
                        node.get("beta1").asDouble(),
                        node.get("beta2").asDouble(),
                        node.get("epsilon").asDouble());
            default -> throw new IllegalArgumentException(node.toString());
        };
    }

    /** Targets: a row of outputs, or one class number, for each example. */
    private static Matrix column(JsonNode targets) {
        if (targets.get(0).isArray()) {
            return matrix(targets);
        }
        double[] classes = numbers(targets);
        Matrix column = Matrix.zeros(Precision.FLOAT64, classes.length, 1);
        for (int row = 0; row < classes.length; row++) {
            column.set(row, classes[row]);
        }
        return column;
    }

    private static Matrix matrix(JsonNode node) {
        if (!node.get(0).isArray()) {
            return Matrix.of(Precision.FLOAT64, numbers(node));
        }
        double[][] rows = StreamSupport.stream(node.spliterator(), false)
                .map(GoldenReplayTest::numbers)
                .toArray(double[][]::new);
        return Matrix.of(Precision.FLOAT64, rows);
    }

    private static double[] numbers(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static void assertClose(String what, Matrix actual, JsonNode expected) {
        assertClose(what, actual.toArray(), matrix(expected).toArray());
    }

    private static void assertClose(String what, double[] actual, double[] expected) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as("%s, element %d", what, i)
                    .isCloseTo(expected[i], within(TOLERANCE * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
