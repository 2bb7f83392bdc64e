package dev.descent.core.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.train.evaluate.Score.Measure;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreKeeperTest {

    /** Keeps the outputs twice. */
    private static final class Sums extends ScoreKeeper {

        private double[] sums = new double[2];

        @Override
        void add(Matrix outputs, Matrix targets) {
            sums[0] += outputs.get(0);
            sums[1] += outputs.get(0);
        }

        @Override
        double[] sums() {
            return sums.clone();
        }

        @Override
        void rememberSums(double[] remembered) {
            sums = remembered.clone();
        }

        @Override
        Map<Measure, Double> measures(long examples) {
            return Map.of(Measure.RMSE, sums[0] / examples, Measure.R2, sums[1] / examples);
        }
    }

    private static void add(ScoreKeeper keeper, double output) {
        try (Matrix outputs = Matrix.of(Precision.FLOAT64, new double[] {output})) {
            keeper.add(outputs, outputs, null, 1);
        }
    }

    private static Score continued(double[] memory) {
        ScoreKeeper keeper = new Sums();
        keeper.remember(memory);
        add(keeper, 3);
        return keeper.score();
    }

    @Test
    void aKeeperContinuesFromTheMemoryOfAnother() {
        ScoreKeeper keeper = new Sums();
        add(keeper, 5);

        assertThat(continued(keeper.memory())).isEqualTo(new Score(1, Map.of(Measure.RMSE, 4.0, Measure.R2, 4.0)));
    }

    @Test
    void whatAnEarlierVersionDidNotSumUpIsNotMeasured() {
        ScoreKeeper keeper = new Sums();
        add(keeper, 5);
        double[] memory = keeper.memory();

        Score score = continued(Arrays.copyOf(memory, memory.length - 1));

        assertThat(score.value("rmse")).isEqualTo(4);
        assertThat(score.value("r2")).isNull();
    }
}
