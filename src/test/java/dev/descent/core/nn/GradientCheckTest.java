package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.layer.BatchColumn;
import dev.descent.core.nn.layer.BatchColumns;
import dev.descent.core.nn.layer.Initializer;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.layer.Pass;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.nn.loss.LossSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every gradient with the central difference (L(w + h) − L(w − h)) / 2h, in double precision. */
class GradientCheckTest {

    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-7;

    private static final LayerSpec DENSE = new LayerSpec.DenseSpec(4);

    /** A residual connection, a gate, and a node used three times. */
    private static final NetworkSpec GRAPH = new NetworkSpec(
            List.of(
                    new NodeSpec("sum", new LayerSpec.AddSpec(), List.of("stem", "bent", "stem")),
                    new NodeSpec("stem", DENSE, List.of("input")),
                    new NodeSpec("bent", new LayerSpec.TanhSpec(), List.of("stem")),
                    new NodeSpec("gate", new LayerSpec.SigmoidSpec(), List.of("stem")),
                    new NodeSpec("gated", new LayerSpec.MultiplySpec(), List.of("sum", "gate"))),
            "gated");

    /** Each kind of layer, between dense ones if it has no parameters of its own. */
    private static final List<LayerSpec> LAYERS = List.of(
            new LayerSpec.ReluSpec(),
            new LayerSpec.LeakyReluSpec(0.1),
            new LayerSpec.EluSpec(0.7),
            new LayerSpec.GeluSpec(),
            new LayerSpec.SigmoidSpec(),
            new LayerSpec.TanhSpec(),
            new LayerSpec.SoftplusSpec(),
            new LayerSpec.SwishSpec(),
            new LayerSpec.DropoutSpec(0.4),
            new LayerSpec.BatchNormalizationSpec(0.1, 0.1),
            new LayerSpec.LayerNormalizationSpec(0.1),
            new LayerSpec.DenseSpec(3, false, Initializer.HE_NORMAL),
            new LayerSpec.DenseSpec(3, true, Initializer.GLOROT_NORMAL),
            new LayerSpec.DenseSpec(3, true, Initializer.HE_UNIFORM));

    private static final List<LossSpec> LOSSES = List.of(
            new LossSpec.MeanSquaredErrorSpec(),
            new LossSpec.MeanAbsoluteErrorSpec(),
            new LossSpec.HuberSpec(0.5),
            new LossSpec.BinaryCrossEntropySpec(),
            LossSpec.SoftmaxCrossEntropySpec.DEFAULT,
            new LossSpec.SoftmaxCrossEntropySpec(0.1));

    static Stream<Arguments> cases() {
        SplittableRandom random = new SplittableRandom(7);
        List<NetworkSpec> networks = new ArrayList<>(List.of(
                NetworkSpec.sequence(List.of()),
                NetworkSpec.sequence(List.of(DENSE, new LayerSpec.ReluSpec(), DENSE, new LayerSpec.TanhSpec())),
                new NetworkSpec(
                        List.of(new NodeSpec("twice", new LayerSpec.AddSpec(), List.of("input", "input"))), "twice"),
                new NetworkSpec(
                        List.of(new NodeSpec("square", new LayerSpec.MultiplySpec(), List.of("input", "input"))),
                        "square"),
                new NetworkSpec(
                        List.of(
                                new NodeSpec("some", new LayerSpec.ColumnsSpec(List.of("0")), List.of("input")),
                                new NodeSpec("stem", DENSE, List.of("input")),
                                new NodeSpec("all", new LayerSpec.ConcatenateSpec(), List.of("stem", "some", "input"))),
                        "all"),
                GRAPH));
        for (LayerSpec layer : LAYERS) {
            networks.add(NetworkSpec.sequence(List.of(layer)));
            networks.add(NetworkSpec.sequence(List.of(DENSE, layer, DENSE)));
        }
        return networks.stream()
                .flatMap(network -> LOSSES.stream()
                        .flatMap(loss -> Stream.of(1, 2 + random.nextInt(5))
                                .flatMap(rows -> Stream.of(1, 2 + random.nextInt(4))
                                        .map(features ->
                                                Arguments.of(network, loss, rows, BatchColumns.numeric(features))))));
    }

    static Stream<Arguments> embeddings() {
        BatchColumns batch = new BatchColumns(List.of(
                new BatchColumn("amount", 1, 0), new BatchColumn("level", 1, 4), new BatchColumn("other", 1, 3)));
        NetworkSpec all = NetworkSpec.sequence(List.of(new LayerSpec.EmbeddingSpec(2, null), DENSE));
        NetworkSpec one = new NetworkSpec(
                List.of(
                        new NodeSpec("table", new LayerSpec.EmbeddingSpec(3, "level"), List.of("input")),
                        new NodeSpec("other", new LayerSpec.EmbeddingSpec(1, "other"), List.of("input")),
                        new NodeSpec("amounts", new LayerSpec.ColumnsSpec(List.of("amount")), List.of("input")),
                        new NodeSpec("both", new LayerSpec.ConcatenateSpec(), List.of("table", "amounts", "other"))),
                "both");
        return Stream.of(all, one)
                .flatMap(network -> Stream.of(1, 5)
                        .map(rows -> Arguments.of(network, LossSpec.SoftmaxCrossEntropySpec.DEFAULT, rows, batch)));
    }

    @ParameterizedTest
    @MethodSource({"cases", "embeddings"})
    void gradientsAgreeWithCentralDifferences(NetworkSpec spec, LossSpec lossSpec, int rows, BatchColumns batch) {
        for (boolean weighted : new boolean[] {false, true}) {
            check(spec, lossSpec, rows, batch, weighted, 3);
        }
    }

    /** With a single class there is nothing to learn, so every gradient is 0. */
    @Test
    void oneClassAloneHasNoGradient() {
        check(GRAPH, LossSpec.SoftmaxCrossEntropySpec.DEFAULT, 4, BatchColumns.numeric(2), false, 1);
    }

    private static void check(
            NetworkSpec spec, LossSpec lossSpec, int rows, BatchColumns batch, boolean weighted, int outputs) {
        SplittableRandom random = new SplittableRandom(rows * 31L + batch.width());
        boolean classes = lossSpec instanceof LossSpec.SoftmaxCrossEntropySpec;
        Wiring wiring = spec.withOutput(outputs).wire(batch);
        try (Network network = new Network(wiring, Precision.FLOAT64, rows, Network.Purpose.INPUT_GRADIENT)) {
            network.initialise(random);
            Matrix inputs = inputs(rows, batch, random);
            Matrix targets = Matrix.zeros(Precision.FLOAT64, rows, classes ? 1 : outputs);
            for (int i = 0; i < targets.size(); i++) {
                targets.set(i, classes ? random.nextInt(outputs) : random.nextDouble());
            }
            Matrix weights = Matrix.zeros(Precision.FLOAT64, rows, 1);
            for (int row = 0; row < rows; row++) {
                weights.set(row, random.nextDouble(0.1, 2));
            }
            Matrix counted = weighted ? weights : null;
            // The same dropout mask in every evaluation.
            Pass pass = Pass.training(node -> new SplittableRandom(node));
            Loss loss = lossSpec.build();
            Matrix gradient = Matrix.zeros(Precision.FLOAT64, rows, outputs);
            Matrix unused = Matrix.zeros(Precision.FLOAT64, rows, outputs);

            loss.evaluate(network.forward(pass, inputs), targets, counted, gradient);
            network.backward(gradient);

            double[] byParameters = network.parameters().gradients().toArray();
            double[] byInputs =
                    batch.holdLevelNumbers() ? null : network.inputGradient().toArray();
            DoubleSupplier evaluation = () -> loss.evaluate(network.forward(pass, inputs), targets, counted, unused);
            assertCentralDifference(network.parameters().values(), byParameters, evaluation);
            if (byInputs != null) {
                assertCentralDifference(inputs, byInputs, evaluation);
            }
        }
    }

    private static Matrix inputs(int rows, BatchColumns batch, SplittableRandom random) {
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, rows, batch.width());
        fill(inputs, random);
        for (BatchColumn column : batch.list()) {
            for (int row = 0; column.holdsLevelNumbers() && row < rows; row++) {
                inputs.set(row, batch.start(column), random.nextInt(column.levels()));
            }
        }
        return inputs;
    }

    private static void fill(Matrix matrix, SplittableRandom random) {
        for (int i = 0; i < matrix.size(); i++) {
            // Away from 0, where relu has a kink and a difference across it is meaningless.
            matrix.set(i, (random.nextBoolean() ? 1 : -1) * random.nextDouble(0.1, 1));
        }
    }

    private static void assertCentralDifference(Matrix variables, double[] gradient, DoubleSupplier loss) {
        assertThat(gradient).hasSize(variables.size());
        for (int i = 0; i < gradient.length; i++) {
            double value = variables.get(i);
            variables.set(i, value + STEP);
            double above = loss.getAsDouble();
            variables.set(i, value - STEP);
            double below = loss.getAsDouble();
            variables.set(i, value);
            assertThat(gradient[i])
                    .as("variable %d", i)
                    .isCloseTo((above - below) / (2 * STEP), within(TOLERANCE * Math.max(1, Math.abs(gradient[i]))));
        }
    }
}
