package dev.descent.job.checkpoint;

import static dev.descent.core.TestTraining.adam;
import static dev.descent.core.TestTraining.layers;
import static dev.descent.core.TestTraining.sgd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.TestTraining;
import dev.descent.core.TestTraining.Recorder;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.Engine;
import dev.descent.core.train.TrainingOutcome;
import dev.descent.core.train.TrainingSession;
import dev.descent.core.train.TrainingState;
import dev.descent.core.train.examples.Examples;
import dev.descent.format.Safetensors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingStatesTest {

    private static final NetworkSpec NETWORK = layers(new LayerSpec.DenseSpec(8), new LayerSpec.TanhSpec());

    static Stream<OptimizerSpec> optimizers() {
        return Stream.of(sgd(0.1, 0), sgd(0.1, 0.9), adam(0.01));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aRunResumedFromBytesAfterAnyEpochEndsAsTheUndisturbedOneToTheBit(OptimizerSpec optimizer) {
        TargetEncoder target = TestTraining.classes(3);
        try (Examples train = TestTraining.random(30, 4, target, 1);
                Examples validation = TestTraining.random(10, 4, target, 2);
                TrainingSession whole = trainer(optimizer, 5, train, validation)) {
            TrainingOutcome expected = whole.fit(new Recorder());
            for (int epochs = 0; epochs <= 5; epochs++) {
                byte[] checkpoint = checkpointAfter(epochs, optimizer, train, validation);
                try (Safetensors.Content content = Safetensors.read(checkpoint);
                        TrainingSession resumed = trainer(optimizer, 5, train, validation)) {
                    TrainingState state = TrainingStates.read(content);
                    assertThat(state.epoch()).isEqualTo(epochs);
                    resumed.resume(state);

                    assertThat(resumed.fit(new Recorder())).isEqualTo(expected);
                    assertSame(resumed.state(), whole.state());
                }
            }
        }
    }

    private static byte[] checkpointAfter(int epochs, OptimizerSpec optimizer, Examples train, Examples validation) {
        try (TrainingSession trainer = trainer(optimizer, Math.max(1, epochs), train, validation)) {
            if (epochs > 0) {
                trainer.fit(new Recorder());
            }
            return TrainingStates.write(trainer.state());
        }
    }

    private static TrainingSession trainer(OptimizerSpec optimizer, int epochs, Examples train, Examples validation) {
        return Engine.local()
                .start(
                        TestTraining.plan(NETWORK, 4, optimizer, epochs, 8, 5, TestTraining.classes(3)),
                        train,
                        validation);
    }

    private static void assertSame(TrainingState actual, TrainingState expected) {
        assertThat(actual.epoch()).isEqualTo(expected.epoch());
        assertThat(actual.step()).isEqualTo(expected.step());
        assertThat(actual.bestEpoch()).isEqualTo(expected.bestEpoch());
        assertThat(actual.bestLoss()).isEqualTo(expected.bestLoss());
        assertThat(actual.weights().toArray())
                .containsExactly(expected.weights().toArray());
        assertThat(actual.bestWeights().toArray())
                .containsExactly(expected.bestWeights().toArray());
        assertThat(actual.moments().stream().map(Matrix::toArray).toArray(double[][]::new))
                .isDeepEqualTo(expected.moments().stream().map(Matrix::toArray).toArray(double[][]::new));
    }
}
