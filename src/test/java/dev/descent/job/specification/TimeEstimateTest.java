package dev.descent.job.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.split.PartSizes;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.nn.Wiring;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.MemoryEstimate;
import dev.descent.core.train.examples.Targets;
import dev.descent.core.train.examples.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The estimate itself is rough; how it depends on the request is not. */
class TimeEstimateTest {

    private static final double FLOPS = 1e10;

    @Test
    void eachEpochTakesAsLongAsTheNext() {
        double tenMore = seconds(100, 20, 32, 1, 64) - seconds(100, 10, 32, 1, 64);
        assertThat(tenMore).isPositive();
        assertThat(seconds(100, 30, 32, 1, 64)).isCloseTo(seconds(100, 20, 32, 1, 64) + tenMore, within(1e-9));
    }

    @Test
    void aMachineOfHalfTheSpeedTakesTwiceAsLong() {
        ResolvedTraining training = training(100, 10, 32, 64);
        assertThat(TimeEstimate.seconds(training, 1, FLOPS / 2))
                .isCloseTo(2 * TimeEstimate.seconds(training, 1, FLOPS), within(1e-9));
    }

    @Test
    void thisMachineHasASpeed() {
        assertThat(TimeEstimate.seconds(training(100, 10, 32, 64), 1))
                .isPositive()
                .isFinite();
    }

    @Test
    void smallerBatchesTakeLonger() {
        assertThat(seconds(1_000, 10, 1, 1, 64)).isGreaterThan(seconds(1_000, 10, 32, 1, 64));
    }

    @Test
    void aBatchLargerThanTheDataIsOneStep() {
        assertThat(seconds(100, 10, 1_000_000, 1, 64)).isEqualTo(seconds(100, 10, 100, 1, 64));
    }

    @Test
    void moreRowsAndWiderLayersTakeLongerAndMoreThreadsDoNot() {
        double base = seconds(100, 10, 32, 1, 64);
        assertThat(base).isPositive().isFinite();
        assertThat(seconds(200, 10, 32, 1, 64)).isGreaterThan(base);
        assertThat(seconds(100, 10, 32, 1, 128)).isGreaterThan(base);
        assertThat(seconds(100, 10, 32, 2, 64)).isLessThan(base);
    }

    @Test
    void aSmallJobIsGuessedToTakeAMomentAndALargeOneHours() {
        assertThat(seconds(150, 100, 32, 1, 64)).isBetween(0.001, 10.0);
        assertThat(seconds(1_000, 100_000, 1, 1, 1_000)).isGreaterThan(600);
    }

    private static double seconds(int rows, int epochs, int batchSize, int threads, int units) {
        return TimeEstimate.seconds(training(rows, epochs, batchSize, units), threads, FLOPS);
    }

    private static ResolvedTraining training(int rows, int epochs, int batchSize, int units) {
        SplitSpec split = new SplitSpec.RandomSpec(1, 0, 0, false, 0);
        Specification specification = new Specification(
                "name",
                "ds_1",
                new Targets(List.of("y")),
                Task.REGRESSION,
                List.of("x"),
                split,
                PreprocessingSpec.DEFAULT,
                new NetworkForm(List.of(new LayerSpec.DenseSpec(units)), null, null),
                new LossSpec.MeanSquaredErrorSpec(),
                OptimizerSpec.AdamSpec.DEFAULT,
                Hyperparameters.of(epochs, batchSize, 0),
                null,
                null,
                0,
                null,
                "model",
                Map.of());
        Wiring wiring = specification.network().toSpec().withOutput(1).wire(1);
        MemoryEstimate any = new MemoryEstimate(0, 0, 0);
        return new ResolvedTraining(specification, new PartSizes(rows, 0, 0), wiring, any, List.of());
    }
}
