package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.nn.loss.LossSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients of random graphs, whose nodes have any number of users, against central differences in double precision.
 */
class RandomGraphTest {

    private static final double STEP = 1e-5;

    /** A network, the shape of its examples, and its loss. */
    private record Case(NetworkSpec spec, int rows, int features, int outputs, LossSpec loss) {}

    static Stream<Arguments> cases() {
        return IntStream.range(0, 60).mapToObj(seed -> Arguments.of(seed));
    }

    private static Case draw(SplittableRandom random) {
        int width = 1 + random.nextInt(4);
        int features = random.nextBoolean() ? width : 1;
        List<NodeSpec> nodes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (features == width) {
            names.add(NetworkSpec.INPUT);
        } else {
            nodes.add(new NodeSpec("stem", new LayerSpec.DenseSpec(width), List.of(NetworkSpec.INPUT)));
            names.add("stem");
        }
        List<LayerSpec> kinds = List.of(
                new LayerSpec.DenseSpec(width),
                new LayerSpec.ReluSpec(),
                new LayerSpec.SigmoidSpec(),
                new LayerSpec.TanhSpec(),
                new LayerSpec.AddSpec(),
                new LayerSpec.MultiplySpec());
        for (int i = random.nextInt(7); i > 0; i--) {
            LayerSpec kind = kinds.get(random.nextInt(kinds.size()));
            int inputs = kind instanceof LayerSpec.AddSpec
                    ? 2 + random.nextInt(3)
                    : kind instanceof LayerSpec.MultiplySpec ? 2 : 1;
            nodes.add(new NodeSpec(
                    "node" + i,
                    kind,
                    IntStream.range(0, inputs)
                            .mapToObj(input -> names.get(random.nextInt(names.size())))
                            .toList()));
            names.add("node" + i);
        }
        List<String> unused = names.stream()
                .filter(name -> nodes.stream().noneMatch(node -> node.inputs().contains(name)))
                .filter(name -> !name.equals(NetworkSpec.INPUT))
                .toList();
        String last = unused.isEmpty() ? NetworkSpec.INPUT : unused.get(0);
        if (unused.size() > 1) {
            nodes.add(0, new NodeSpec("all", new LayerSpec.AddSpec(), unused));
            last = "all";
        }
        boolean classes = random.nextBoolean();
        return new Case(
                new NetworkSpec(nodes, last),
                random.nextBoolean() ? 1 : 1 + random.nextInt(5),
                features,
                random.nextBoolean() ? 1 : 2 + random.nextInt(3),
                classes ? LossSpec.SoftmaxCrossEntropySpec.DEFAULT : new LossSpec.MeanSquaredErrorSpec());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAgreeWithCentralDifferencesForBothPurposes(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Case drawn = draw(random);
        Wiring wiring = drawn.spec().withOutput(drawn.outputs()).wire(drawn.features());
        Matrix values = fill(Matrix.zeros(Precision.FLOAT64, 1, (int) wiring.parameterCount()), random);
        Matrix inputs = fill(Matrix.zeros(Precision.FLOAT64, drawn.rows(), drawn.features()), random);
        boolean classes = drawn.loss() instanceof LossSpec.SoftmaxCrossEntropySpec;
        Matrix targets = fill(Matrix.zeros(Precision.FLOAT64, drawn.rows(), classes ? 1 : drawn.outputs()), random);
        if (classes) {
            for (int row = 0; row < drawn.rows(); row++) {
                targets.set(row, random.nextInt(drawn.outputs()));
            }
        }
        Loss loss = drawn.loss().build();
        // Possibly room for more rows than needed: leftovers of an earlier batch must have no effect.
        int maxRows = drawn.rows() + random.nextInt(2);
        for (Network.Purpose purpose : Network.Purpose.values()) {
            try (Network network = new Network(wiring, values, maxRows, purpose)) {
                Matrix gradient = Matrix.zeros(Precision.FLOAT64, drawn.rows(), drawn.outputs());
                Matrix unused = Matrix.zeros(Precision.FLOAT64, drawn.rows(), drawn.outputs());
                DoubleSupplier value = () -> loss.evaluate(network.forward(inputs), targets, unused);
                for (int pass = 0; pass < 2; pass++) {
                    // Gradients of the first pass must not be added to those of the second.
                    loss.evaluate(network.forward(inputs), targets, gradient);
                    network.backward(gradient);
                }
                assertCentralDifference(values, network.parameters().gradients().toArray(), value);
                if (purpose == Network.Purpose.INPUT_GRADIENT) {
                    assertCentralDifference(inputs, network.inputGradient().toArray(), value);
                }
            }
        }
    }

    private static Matrix fill(Matrix matrix, SplittableRandom random) {
        for (int i = 0; i < matrix.size(); i++) {
            matrix.set(i, (random.nextBoolean() ? 1 : -1) * random.nextDouble(0.1, 1));
        }
        return matrix;
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
            double difference = (above - below) / (2 * STEP);
            assertThat(gradient[i])
                    .as("variable %d", i)
                    .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
        }
    }

    /** Without a gradient check, a layer or loss might learn the wrong thing. */
    @Test
    void everyLayerAndEveryLossHasAGradientCheck() {
        List<Object> checked = Stream.concat(GradientCheckTest.cases(), GradientCheckTest.embeddings())
                .flatMap(arguments -> Arrays.stream(arguments.get()))
                .toList();
        assertThat(checked.stream()
                        .filter(NetworkSpec.class::isInstance)
                        .map(NetworkSpec.class::cast)
                        .flatMap(network -> network.withOutput(1).nodes().stream())
                        .<Class<?>>map(node -> node.layer().getClass()))
                .contains(LayerSpec.class.getPermittedSubclasses());
        assertThat(checked.stream().filter(LossSpec.class::isInstance).<Class<?>>map(Object::getClass))
                .contains(LossSpec.class.getPermittedSubclasses());
    }

    @Test
    void aNodeThatIsUsedTwiceGetsTheSumOfBothGradients() {
        // y = x · x through two edges, and x + x + x through three: 2 x and 3.
        assertThat(inputGradient(new LayerSpec.MultiplySpec(), 2, 5)).isEqualTo(10);
        assertThat(inputGradient(new LayerSpec.AddSpec(), 3, 5)).isEqualTo(3);
    }

    private static double inputGradient(LayerSpec layer, int times, double x) {
        NetworkSpec spec = new NetworkSpec(List.of(new NodeSpec("y", layer, Collections.nCopies(times, "input"))), "y");
        try (Network network = new Network(spec.wire(1), Precision.FLOAT64, 1, Network.Purpose.INPUT_GRADIENT)) {
            network.forward(Matrix.of(Precision.FLOAT64, new double[] {x}));
            network.backward(Matrix.of(Precision.FLOAT64, new double[] {1}));
            return network.inputGradient().get(0);
        }
    }
}
