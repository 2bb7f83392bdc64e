package dev.descent.core.nn.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Wiring;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.layer.Pass;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.GradientRules;
import dev.descent.core.nn.optimizer.Optimizer;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plain gradient descent takes most of its step within the backward pass. The layers are wide enough to be shared by a
 * team.
 */
class DirectStepTest {

    private static final OptimizerSpec PLAIN = new OptimizerSpec.SgdSpec(0.1, 0, false);

    private static final Wiring WIRING = NetworkSpec.sequence(List.of(
                    new LayerSpec.DenseSpec(128),
                    LayerSpec.LayerNormalizationSpec.DEFAULT,
                    new LayerSpec.ReluSpec(),
                    new LayerSpec.DenseSpec(6),
                    new LayerSpec.TanhSpec()))
            .withOutput(2)
            .wire(64);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void itIsTheSameStepAsByWayOfTheGradients(int threads) {
        assertThat(weights(Precision.FLOAT64, threads, PLAIN, false))
                .containsExactly(weights(Precision.FLOAT64, 1, PLAIN, true), within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aTeamGivesTheSameBitsEachTime(Precision precision) {
        for (OptimizerSpec spec : List.of(PLAIN, OptimizerSpec.AdamSpec.DEFAULT)) {
            double[] first = weights(precision, 2, spec, false);
            for (int run = 0; run < 10; run++) {
                assertThat(weights(precision, 2, spec, false)).isEqualTo(first);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void withMomentumTheGradientsAreThereForTheOptimizer(Precision precision) {
        OptimizerSpec momentum = new OptimizerSpec.SgdSpec(0.1, 0.5, false);
        assertThat(weights(precision, 1, momentum, false)).isEqualTo(weights(precision, 1, momentum, true));
    }

    private static double[] weights(Precision precision, int threads, OptimizerSpec spec, boolean gradientsWanted) {
        SplittableRandom random = new SplittableRandom(3);
        double[][] rows = new double[64][];
        Arrays.setAll(rows, row -> random.doubles(64, -1, 1).toArray());
        double[][] targets = new double[64][];
        Arrays.setAll(targets, row -> random.doubles(2, -1, 1).toArray());
        try (ThreadTeam team = new ThreadTeam(threads, precision);
                Network network = new Network(team, WIRING, precision, 64, Network.Purpose.TRAINING);
                Optimizer optimizer = spec.build(network.parameters(), GradientRules.NONE)) {
            network.initialise(new SplittableRandom(5));
            Matrix batch = Matrix.of(precision, rows);
            Matrix wanted = Matrix.of(precision, targets);
            Matrix gradient = Matrix.zeros(precision, 64, 2);
            for (int step = 0; step < 20; step++) {
                Matrix outputs = network.forward(Pass.EVALUATION, batch);
                new LossSpec.MeanSquaredErrorSpec().build().evaluate(team, outputs, wanted, null, gradient);
                optimizer.prepare(0.1, gradientsWanted);
                network.backward(gradient);
                boolean direct = spec.equals(PLAIN) && !gradientsWanted;
                assertThat(network.parameters()
                                .directStep()
                                .hasTaken(network.parameters().list().get(0)))
                        .isEqualTo(direct);
                optimizer.step(0.1);
            }
            return network.parameters().values().toArray();
        }
    }
}
