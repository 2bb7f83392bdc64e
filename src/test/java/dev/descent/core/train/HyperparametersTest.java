package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperparametersTest {

    @Test
    void whereNeitherEpochsNorStepsAreSaidThereAreAHundredEpochs() {
        assertThat(Hyperparameters.DEFAULT.resolved()).isEqualTo(with(100, null, 32));
        assertThat(Hyperparameters.DEFAULT.totalEpochs(10)).isEqualTo(100);
        assertThat(with(7, null, 8).resolved()).isEqualTo(with(7, null, 8));
        assertThat(with(null, 7L, 8).resolved()).isEqualTo(with(null, 7L, 8));
    }

    /** Batches of 4. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "4, 1, 4", "5, 2, 1", "8, 2, 4", "9, 3, 1", "11, 3, 3"})
    void theLastStepOfAnEpochMayBeSmaller(int trainRows, int steps, int last) {
        assertThat(with(5, null, 4).rowsOfLastBatch(trainRows)).isEqualTo(last);
        assertThat(with(null, (long) steps, 4).rowsOfLastBatch(trainRows)).isEqualTo(last);
        assertThat(with(null, steps - 1L, 4).rowsOfLastBatch(trainRows)).isZero();
        assertThat(with(5, null, 4).stepsOfAnEpoch(trainRows)).isEqualTo(steps);
        assertThat(with(5, null, 4).totalSteps(trainRows)).isEqualTo(5L * steps);
        assertThat(with(5, null, 4).totalEpochs(trainRows)).isEqualTo(5);
    }

    /** Batches of 4 of 10 rows: an epoch has 3 steps. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "4, 2", "6, 2", "7, 3", "1000000000, 333333334"})
    void anEpochIsBegunForTheStepsThatAreLeft(long steps, int epochs) {
        assertThat(with(null, steps, 4).totalEpochs(10)).isEqualTo(epochs);
        assertThat(with(null, steps, 4).totalSteps(10)).isEqualTo(steps);
    }

    private static Hyperparameters with(@Nullable Integer epochs, @Nullable Long steps, int batchSize) {
        Hyperparameters defaults = Hyperparameters.DEFAULT;
        return new Hyperparameters(
                epochs,
                steps,
                new BatchSize(batchSize),
                defaults.sampling(),
                null,
                defaults.seed(),
                defaults.l1(),
                defaults.l2(),
                defaults.regularized(),
                null,
                null,
                null,
                defaults.learningRateSchedule(),
                null);
    }
}
