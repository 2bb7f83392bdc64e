package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every gradient with the central difference (L(w + h) − L(w − h)) / 2h, in double precision. */
class GradientCheckTest {

    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-7;

    private static final LayerSpec DENSE = new LayerSpec.DenseSpec(4);

    /** A residual connection, a gate, and a node with three users. */
    private static final NetworkSpec GRAPH = new NetworkSpec(
            List.of(
                    new NodeSpec("sum", new LayerSpec.AddSpec(), List.of("stem", "bent", "stem")),
                    new NodeSpec("stem", DENSE, List.of("input")),
                    new NodeSpec("bent", new LayerSpec.TanhSpec(), List.of("stem")),
                    new NodeSpec("gate", new LayerSpec.SigmoidSpec(), List.of("stem")),
                    new NodeSpec("gated", new LayerSpec.MultiplySpec(), List.of("sum", "gate"))),
            "gated");

    static Stream<Arguments> cases() {
        SplittableRandom random = new SplittableRandom(7);
        List<NetworkSpec> networks = List.of(
                NetworkSpec.sequence(List.of()),
                NetworkSpec.sequence(List.of(new LayerSpec.ReluSpec())),
                NetworkSpec.sequence(List.of(new LayerSpec.SigmoidSpec())),
                NetworkSpec.sequence(List.of(new LayerSpec.TanhSpec())),
                NetworkSpec.sequence(List.of(DENSE, new LayerSpec.ReluSpec(), DENSE, new LayerSpec.TanhSpec())),
                new NetworkSpec(
                        List.of(new NodeSpec("twice", new LayerSpec.AddSpec(), List.of("input", "input"))), "twice"),
                new NetworkSpec(
                        List.of(new NodeSpec("square", new LayerSpec.MultiplySpec(), List.of("input", "input"))),
                        "square"),
                GRAPH);
        List<LossSpec> losses = List.of(new LossSpec.MeanSquaredErrorSpec(), LossSpec.SoftmaxCrossEntropySpec.DEFAULT);
        return networks.stream()
                .flatMap(network -> losses.stream()
                        .flatMap(loss -> Stream.of(1, 1 + random.nextInt(6))
                                .flatMap(rows -> Stream.of(1, 1 + random.nextInt(5))
                                        .map(features -> Arguments.of(network, loss, rows, features)))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAgreeWithCentralDifferences(NetworkSpec spec, LossSpec lossSpec, int rows, int features) {
        SplittableRandom random = new SplittableRandom(rows * 31L + features);
        boolean classes = lossSpec instanceof LossSpec.SoftmaxCrossEntropySpec;
        int outputs = 3;
        Wiring wiring = spec.withOutput(outputs).wire(features);
        try (Network network = new Network(wiring, Precision.FLOAT64, rows, Network.Purpose.INPUT_GRADIENT)) {
            network.initialise(random);
            Matrix inputs = Matrix.zeros(Precision.FLOAT64, rows, features);
            fill(inputs, random);
            Matrix targets = Matrix.zeros(Precision.FLOAT64, rows, classes ? 1 : outputs);
            for (int i = 0; i < targets.size(); i++) {
                targets.set(i, classes ? random.nextInt(outputs) : random.nextDouble(-1, 1));
            }
            Loss loss = lossSpec.build();
            Matrix gradient = Matrix.zeros(Precision.FLOAT64, rows, outputs);
            Matrix unused = Matrix.zeros(Precision.FLOAT64, rows, outputs);

            loss.evaluate(network.forward(inputs), targets, gradient);
            network.backward(gradient);

            double[] byParameters = network.parameters().gradients().toArray();
            double[] byInputs = network.inputGradient().toArray();
            assertCentralDifference(
                    network.parameters().values(),
                    byParameters,
                    () -> loss.evaluate(network.forward(inputs), targets, unused));
            assertCentralDifference(inputs, byInputs, () -> loss.evaluate(network.forward(inputs), targets, unused));
        }
    }

    private static void fill(Matrix matrix, SplittableRandom random) {
        for (int i = 0; i < matrix.size(); i++) {
            // Away from 0, where relu has a kink and a difference across it says nothing.
            matrix.set(i, (random.nextBoolean() ? 1 : -1) * random.nextDouble(0.1, 1));
        }
    }

    private static void assertCentralDifference(
            Matrix variables, double[] gradient, java.util.function.DoubleSupplier loss) {
        assertThat(gradient).hasSize(variables.size());
        for (int i = 0; i < gradient.length; i++) {
            double value = variables.get(i);
            variables.set(i, value + STEP);
            double above = loss.getAsDouble();
            variables.set(i, value - STEP);
            double below = loss.getAsDouble();
            variables.set(i, value);
            assertThat(gradient[i]).as("variable %d", i).isCloseTo((above - below) / (2 * STEP), within(TOLERANCE));
        }
    }
}
