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

    private static Snapshot snapshot(TrainingState.PartialEpoch partialEpoch) {
        try (Matrix weights = Matrix.zeros(Precision.FLOAT32, 1, 4)) {
            return Snapshot.of(
                    new TrainingState(
                            3,
                            30,
                            weights,
                            List.of(),
                            3,
                            0.5,
                            weights,
                            partialEpoch,
                            new TrainingState.Memory(new double[0], new double[0], 0)),
                    List.of(),
                    REPORT);
        }
    }

    @Test
    void afterAnEpochAStateHasTheLossOfTheEpoch() {
        assertThat(snapshot(TrainingState.PartialEpoch.NOTHING).loss()).isEqualTo(0.5);
    }

    @Test
    void withinAnEpochAStateHasNoLossToBeTheBestBy() {
        Snapshot within = snapshot(new TrainingState.PartialEpoch(32, new double[] {1, 2, 3}, 1));

        assertThat(within.loss()).isNull();
        assertThat(within.scores()).as("of the last epoch").isNotNull();
    }
}
