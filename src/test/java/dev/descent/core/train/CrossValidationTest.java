package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrossValidationTest {

    private static final double ROUNDING = 1e-15;

    /** Mean (2 + 4 + 4 + 4 + 5 + 5 + 7 + 9) / 8 = 5; squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, and √(32 / 7). */
    @Test
    void meanAndSampleDeviationAreThoseComputedByHand() {
        CrossValidation scores = of(2, 4, 4, 4, 5, 5, 7, 9);

        assertThat(scores.mean().get("loss")).isEqualTo(5, within(ROUNDING));
        assertThat(scores.deviation().get("loss")).isEqualTo(Math.sqrt(32.0 / 7), within(ROUNDING));
    }

    @Test
    void equalScoresDoNotDeviate() {
        assertThat(of(0.1, 0.1, 0.1).deviation().get("loss")).isEqualTo(0, within(ROUNDING));
        assertThat(of(0, 0).mean()).containsEntry("loss", 0.0);
    }

    @Test
    void oneFoldHasAMeanAndNoDeviation() {
        assertThat(of(3).mean()).containsEntry("loss", 3.0);
        assertThat(of(3).deviation()).isEmpty();
        assertThat(of().mean()).isEmpty();
        assertThat(of().deviation()).isEmpty();
    }

    @Test
    void scoresNearTheLargestNumberStayFinite() {
        double huge = Double.MAX_VALUE;

        assertThat(of(huge, huge, huge / 2).mean().get("loss")).isFinite();
        assertThat(of(huge, huge, huge / 2).deviation().get("loss")).isFinite().isPositive();
    }

    @Test
    void aScoreThatOneFoldLacksIsInNeither() {
        CrossValidation scores =
                new CrossValidation(List.of(Map.of("loss", 1.0, "r2", 0.5), Map.of("loss", 3.0), Map.of("loss", 5.0)));

        assertThat(scores.mean()).containsOnlyKeys("loss").containsEntry("loss", 3.0);
        assertThat(scores.deviation()).containsOnlyKeys("loss").containsEntry("loss", 2.0);
    }

    @Test
    void allRowsAreTrainedOnForTheMedianOfTheBestEpochs() {
        assertThat(CrossValidation.epochs(List.of(7))).isEqualTo(7);
        assertThat(CrossValidation.epochs(List.of(30, 1, 2))).isEqualTo(2);
        assertThat(CrossValidation.epochs(List.of(4, 1, 2, 90))).isEqualTo(3);
        assertThat(CrossValidation.epochs(List.of(2, 3))).as("rounded half up").isEqualTo(3);
    }

    private static CrossValidation of(double... scores) {
        return new CrossValidation(
                Arrays.stream(scores).mapToObj(score -> Map.of("loss", score)).toList());
    }
}
