package dev.descent.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.train.EpochReport;
import dev.descent.core.train.TrainingState;
import dev.descent.core.train.evaluate.Score;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final EpochReport REPORT = new EpochReport(3, 30, new Score(0.5, Map.of()), null, 0.1, 1, 100);

    private static final TrainingState.PartialEpoch PARTIAL =
            new TrainingState.PartialEpoch(32, new double[] {1, 2, 3}, 1);

    private static Snapshot snapshot(int bestEpoch, double bestLoss, TrainingState.PartialEpoch partialEpoch) {
        try (Matrix weights = Matrix.zeros(Precision.FLOAT32, 1, 4)) {
            return Snapshot.of(
                    new TrainingState(
                            3,
                            30,
                            weights,
                            List.of(),
                            bestEpoch,
                            bestLoss,
                            weights,
                            partialEpoch,
                            new TrainingState.Memory(new double[0], new double[0], 0)),
                    List.of(),
                    REPORT);
        }
    }

    @Test
    void afterAnEpochAStateHasItsScores() {
        assertThat(snapshot(2, 0.25, TrainingState.PartialEpoch.NOTHING).scores())
                .contains(Map.of("train_loss", 0.5));
    }

    @Test
    void withinAnEpochAStateHasOnlyTheLossOfTheBestEpochSoFar() {
        Snapshot within = snapshot(2, 0.25, PARTIAL);

        assertThat(within.scores()).as("its weights have not been measured").isEmpty();
        assertThat(within.bestEpoch()).isEqualTo(2);
        assertThat(within.bestLoss()).isEqualTo(0.25);
    }

    @Test
    void beforeTheEndOfTheFirstEpochNoneIsTheBest() {
        Snapshot within = snapshot(0, Double.POSITIVE_INFINITY, PARTIAL);

        assertThat(within.bestEpoch()).isNull();
        assertThat(within.bestLoss()).isNull();
    }
}
