package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.layer.Pass;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.GradientRules;
import dev.descent.core.nn.optimizer.Optimizer;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Single precision has its own loops, which must compute the same as those in double precision. */
class SinglePrecisionTest {

    private static final int INPUTS = 37;
    private static final int OUTPUTS = 5;
    private static final int ROWS = 41;

    /** More values than fit into a block, and not a whole number of blocks. */
    private static final NetworkSpec NETWORK = NetworkSpec.sequence(List.of(
            new LayerSpec.DenseSpec(53),
            new LayerSpec.ReluSpec(),
            new LayerSpec.DenseSpec(29),
            new LayerSpec.ReluSpec()));

    static Stream<OptimizerSpec> optimizers() {
        return Stream.of(
                new OptimizerSpec.SgdSpec(0.1, 0, false),
                new OptimizerSpec.SgdSpec(0.02, 0.9, false),
                new OptimizerSpec.SgdSpec(0.02, 0.9, true),
                new OptimizerSpec.AdamSpec(0.01, 0.9, 0.999, 1e-4),
                new OptimizerSpec.AdamwSpec(0.01, 0.9, 0.999, 1e-4, 0.1));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void stepsInBothPrecisionsStayTogether(OptimizerSpec optimizer) {
        GradientRules rules = new GradientRules(0, 0.01, GradientRules.Regularized.WEIGHTS, 2.0, null);
        List<double[]> single = train(optimizer, rules, Precision.FLOAT32);
        List<double[]> twice = train(optimizer, rules, Precision.FLOAT64);

        assertThat(single).hasSameSizeAs(twice);
        for (int step = 0; step < single.size(); step++) {
            assertThat(single.get(step)).as("step %d", step).containsExactly(twice.get(step), within(2e-4));
        }
        assertThat(single.get(9)).isNotEqualTo(single.get(0));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void plainGradientsToo(OptimizerSpec optimizer) {
        List<double[]> single = train(optimizer, GradientRules.NONE, Precision.FLOAT32);
        List<double[]> twice = train(optimizer, GradientRules.NONE, Precision.FLOAT64);

        for (int step = 0; step < single.size(); step++) {
            assertThat(single.get(step)).as("step %d", step).containsExactly(twice.get(step), within(2e-4));
        }
    }

    /** All parameters after each step, and the norm of its gradients. */
    private static List<double[]> train(OptimizerSpec spec, GradientRules rules, Precision precision) {
        SplittableRandom random = new SplittableRandom(3);
        Wiring wiring = NETWORK.withOutput(OUTPUTS).wire(INPUTS);
        List<double[]> steps = new ArrayList<>();
        try (Network network = new Network(wiring, precision, ROWS, Network.Purpose.TRAINING);
                Optimizer optimizer = spec.build(network.parameters(), rules)) {
            network.initialise(new SplittableRandom(1));
            Loss loss = new LossSpec.SoftmaxCrossEntropySpec(0.1).build();
            Matrix gradient = Matrix.zeros(precision, ROWS, OUTPUTS);
            for (int step = 0; step < 10; step++) {
                Matrix inputs = Matrix.zeros(precision, ROWS, INPUTS);
                Matrix targets = Matrix.zeros(precision, ROWS, 1);
                for (int i = 0; i < inputs.size(); i++) {
                    inputs.set(i, random.nextDouble(-1, 1));
                }
                for (int row = 0; row < ROWS; row++) {
                    targets.set(row, random.nextInt(OUTPUTS));
                }
                loss.evaluate(network.forward(Pass.training(node -> random), inputs), targets, gradient);
                network.backward(gradient);
                optimizer.step(spec.learningRate());
                double[] values = network.parameters().values().toArray();
                steps.add(DoubleStream.concat(Arrays.stream(values), DoubleStream.of(optimizer.gradientNorm()))
                        .toArray());
            }
        }
        return steps;
    }
}
