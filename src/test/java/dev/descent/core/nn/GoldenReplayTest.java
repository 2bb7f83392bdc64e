package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.graph.GoldenGraphTest;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.layer.BatchColumn;
import dev.descent.core.nn.layer.BatchColumns;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.layer.Pass;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.GradientRules;
import dev.descent.core.nn.optimizer.Optimizer;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.nn.optimizer.Schedule;
import dev.descent.core.nn.optimizer.ScheduleSpec;
import dev.descent.core.nn.parameter.Parameter;
import dev.descent.core.nn.parameter.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reproduces the numbers of another implementation step by step in double precision, for every golden file. */
class GoldenReplayTest {

    private static final double TOLERANCE = 1e-9;

    static Stream<Path> files() throws IOException {
        return Files.list(Path.of("src/test/resources/golden"))
                .filter(file -> file.toString().endsWith(".json"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyStepGivesTheSameNumbers(Path file) throws IOException {
        JsonNode golden = JsonMapper.shared().readTree(Files.readString(file));
        if (golden.has("schedules")) {
            golden.get("schedules").forEach(GoldenReplayTest::replaySchedule);
        } else if (golden.has("graphs")) {
            golden.get("graphs").forEach(GoldenGraphTest::replay);
        } else {
            replayTraining(golden);
        }
    }

    private static void replayTraining(JsonNode golden) {
        Wiring wiring = network(golden.get("network")).wire(batchColumns(golden));
        int maxRows = StreamSupport.stream(golden.get("batches").spliterator(), false)
                .mapToInt(batch -> batch.get("inputs").size())
                .max()
                .orElseThrow();
        try (Network network = new Network(wiring, Precision.FLOAT64, maxRows, Network.Purpose.INPUT_GRADIENT);
                Optimizer optimizer = optimizer(golden.get("optimizer"))
                        .build(network.parameters(), rules(golden, network.parameters()))) {
            Loss loss = loss(golden.get("loss")).build();
            network.parameters().byName().forEach((name, values) -> {
                JsonNode initial =
                        golden.get("initial").has(name) ? golden.get("initial") : golden.get("initial_state");
                values.copy(matrix(initial.get(name)));
            });
            assertThat(golden.get("steps")).isNotEmpty().hasSameSizeAs(golden.get("batches"));
            for (int step = 0; step < golden.get("steps").size(); step++) {
                JsonNode batch = golden.get("batches").get(step);
                JsonNode expected = golden.get("steps").get(step);
                Matrix targets = column(batch.get("targets"));
                Matrix outputs = network.forward(Pass.training(node -> NO_RANDOMNESS), matrix(batch.get("inputs")));
                Matrix gradient = Matrix.zeros(Precision.FLOAT64, outputs.rows(), outputs.columns());

                double value = loss.evaluate(outputs, targets, weights(golden.get("loss"), targets), gradient);
                network.backward(gradient);

                assertClose("loss", new double[] {value}, new double[] {
                    expected.get("loss").asDouble()
                });
                assertClose("outputs", outputs, expected.get("outputs"));
                assertClose("output gradient", gradient, expected.at("/gradients/output"));
                if (expected.get("gradients").has("input")) {
                    assertClose("input gradient", network.inputGradient(), expected.at("/gradients/input"));
                }
                assertGradients(network.parameters(), expected.get("gradients"));
                optimizer.step(golden.at("/optimizer/learning_rate").asDouble());
                if (expected.has("gradient_norm")) {
                    assertClose("norm", new double[] {optimizer.gradientNorm()}, new double[] {
                        expected.get("gradient_norm").asDouble()
                    });
                    assertGradients(network.parameters(), expected.get("clipped_gradients"));
                }
                network.parameters().byName().forEach((name, values) -> {
                    JsonNode after =
                            expected.get("parameters").has(name) ? expected.get("parameters") : expected.get("state");
                    assertClose(name, values, after.get(name));
                });
            }
            if (golden.has("evaluation")) {
                JsonNode evaluation = golden.get("evaluation");
                assertClose("evaluation", network.forward(matrix(evaluation.get("inputs"))), evaluation.get("outputs"));
            }
        }
    }

    private static final SplittableRandom NO_RANDOMNESS = new SplittableRandom(0);

    private static void assertGradients(Parameters parameters, JsonNode expected) {
        for (Parameter parameter : parameters.list()) {
            assertClose(parameter.name(), parameter.gradient(), expected.get(parameter.name()));
        }
    }

    private static void replaySchedule(JsonNode golden) {
        JsonNode schedule = golden.get("schedule");
        Schedule replayed = schedule(schedule).build();
        double base = golden.get("base_learning_rate").asDouble();
        int epochs = schedule.path("epochs").asInt(golden.get("learning_rates").size());
        double[] expected = numbers(golden.get("learning_rates"));
        double[] actual = new double[expected.length];
        for (int epoch = 0; epoch < expected.length; epoch++) {
            actual[epoch] = replayed.rate(base, epoch, epochs);
            if (golden.has("metrics")) {
                replayed.observe(golden.get("metrics").get(epoch).asDouble());
            }
        }
        assertClose(schedule.get("type").asString(), actual, expected);
    }

    private static ScheduleSpec schedule(JsonNode node) {
        return switch (node.get("type").asString()) {
            case "step" ->
                new ScheduleSpec.StepSpec(
                        node.get("step_size").asInt(), node.get("gamma").asDouble());
            case "exponential" ->
                new ScheduleSpec.ExponentialSpec(node.get("gamma").asDouble());
            case "cosine" -> new ScheduleSpec.CosineSpec(node.get("minimum").asDouble());
            case "warmup_cosine" ->
                new ScheduleSpec.WarmupSpec(
                        node.get("warmup_epochs").asInt(),
                        node.get("start_factor").asDouble(),
                        new ScheduleSpec.CosineSpec(node.get("minimum").asDouble()));
            case "reduce_on_plateau" ->
                new ScheduleSpec.ReduceOnPlateauSpec(
                        node.get("factor").asDouble(),
                        node.get("patience").asInt(),
                        node.get("threshold").asDouble(),
                        node.get("cooldown").asInt(),
                        node.get("minimum").asDouble());
            default -> throw new IllegalArgumentException(node.toString());
        };
    }

    /** Columns are named by their indexes; those that an embedding reads hold level indexes. */
    private static BatchColumns batchColumns(JsonNode golden) {
        int width = golden.at("/batches/0/inputs/0").size();
        List<BatchColumn> columns = new ArrayList<>(BatchColumns.numeric(width).list());
        golden.get("network").forEach(node -> {
            if (node.get("type").asString().equals("embedding")) {
                int column = node.get("column").asInt();
                columns.set(
                        column,
                        new BatchColumn(
                                Integer.toString(column), 1, node.get("levels").asInt()));
            }
        });
        return new BatchColumns(columns);
    }

    private static NetworkSpec network(JsonNode nodes) {
        List<NodeSpec> specs = new ArrayList<>();
        String last = NetworkSpec.INPUT;
        for (JsonNode node : nodes) {
            String name = node.get("name").asString();
            List<String> inputs = node.has("inputs") ? texts(node.get("inputs")) : List.of(last);
            specs.add(new NodeSpec(name, layer(node), inputs));
            last = name;
        }
        return new NetworkSpec(specs, last);
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private static LayerSpec layer(JsonNode node) {
        return switch (node.get("type").asString()) {
            case "dense" -> new LayerSpec.DenseSpec(node.get("out").asInt());
            case "relu" -> new LayerSpec.ReluSpec();
            case "leaky_relu" ->
                new LayerSpec.LeakyReluSpec(node.get("negative_slope").asDouble());
            case "elu" -> new LayerSpec.EluSpec(node.get("alpha").asDouble());
            case "gelu" -> new LayerSpec.GeluSpec();
            case "sigmoid" -> new LayerSpec.SigmoidSpec();
            case "tanh" -> new LayerSpec.TanhSpec();
            case "softplus" -> new LayerSpec.SoftplusSpec();
            case "swish" -> new LayerSpec.SwishSpec();
            case "batch_normalization" ->
                new LayerSpec.BatchNormalizationSpec(
                        node.get("momentum").asDouble(), node.get("epsilon").asDouble());
            case "layer_normalization" ->
                new LayerSpec.LayerNormalizationSpec(node.get("epsilon").asDouble());
            case "embedding" ->
                new LayerSpec.EmbeddingSpec(
                        node.get("units").asInt(), node.get("column").asString());
            case "columns" -> new LayerSpec.ColumnsSpec(texts(node.get("columns")));
            case "concatenate" -> new LayerSpec.ConcatenateSpec();
            case "add" -> new LayerSpec.AddSpec();
            case "multiply" -> new LayerSpec.MultiplySpec();
            default -> throw new IllegalArgumentException(node.toString());
        };
    }

    private static LossSpec loss(JsonNode node) {
        return switch (node.get("type").asString()) {
            case "mean_squared_error" -> new LossSpec.MeanSquaredErrorSpec();
            case "mean_absolute_error" -> new LossSpec.MeanAbsoluteErrorSpec();
            case "huber" -> new LossSpec.HuberSpec(node.get("delta").asDouble());
            case "binary_cross_entropy_with_logits" -> new LossSpec.BinaryCrossEntropySpec();
            case "softmax_cross_entropy" ->
                new LossSpec.SoftmaxCrossEntropySpec(
                        node.path("label_smoothing").asDouble(0));
            default -> throw new IllegalArgumentException(node.toString());
        };
    }

    /** Each example has the weight of its class. */
    private static @org.jspecify.annotations.Nullable Matrix weights(JsonNode loss, Matrix targets) {
        if (!loss.has("class_weights")) {
            return null;
        }
        double[] ofClasses = numbers(loss.get("class_weights"));
        Matrix weights = Matrix.zeros(Precision.FLOAT64, targets.rows(), 1);
        for (int row = 0; row < targets.rows(); row++) {
            weights.set(row, ofClasses[(int) targets.get(row)]);
        }
        return weights;
    }

    private static GradientRules rules(JsonNode golden, Parameters parameters) {
        JsonNode optimizer = golden.get("optimizer");
        boolean all = optimizer.has("decayed")
                && optimizer.get("decayed").size() == parameters.list().size();
        JsonNode clip = golden.path("gradient_clip");
        return new GradientRules(
                0,
                optimizer.path("l2").asDouble(0),
                all ? GradientRules.Regularized.ALL : GradientRules.Regularized.WEIGHTS,
                clip.has("norm") ? clip.get("norm").asDouble() : null,
                null);
    }

    private static OptimizerSpec optimizer(JsonNode node) {
        double learningRate = node.get("learning_rate").asDouble();
        double epsilon = node.path("epsilon").asDouble(0);
        double beta1 = node.path("beta1").asDouble(0);
        double beta2 = node.path("beta2").asDouble(0);
        return switch (node.get("type").asString()) {
            case "sgd" ->
                new OptimizerSpec.SgdSpec(
                        learningRate,
                        node.path("momentum").asDouble(0),
                        node.path("nesterov").asBoolean(false));
            case "rmsprop" ->
                new OptimizerSpec.RmspropSpec(learningRate, node.get("alpha").asDouble(), epsilon);
            case "adagrad" -> new OptimizerSpec.AdagradSpec(learningRate, epsilon);
            case "adam" -> new OptimizerSpec.AdamSpec(learningRate, beta1, beta2, epsilon);
            case "adamw" ->
                new OptimizerSpec.AdamwSpec(
                        learningRate,
                        beta1,
                        beta2,
                        epsilon,
                        node.get("weight_decay").asDouble());
            default -> throw new IllegalArgumentException(node.toString());
        };
    }

    /** For each example, either a row of outputs or one class index. */
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
