package dev.descent.core.train.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossHistoryTest {

    @Test
    void aHistoryHasAsManyEpochsAsTrainingLosses() {
        LossHistory history = new LossHistory(List.of(3.0, 2.0, 1.0), List.of(), 4, false, false);

        assertThat(history.epochs()).isEqualTo(3);
        assertThat(history.hasValidation()).isFalse();
        assertThat(new LossHistory(List.of(1.0), List.of(2.0), 4, false, false).hasValidation())
                .isTrue();
    }

    @Test
    void aHistoryDoesNotChangeWithTheListsItWasMadeFrom() {
        List<Double> train = new ArrayList<>(List.of(3.0));
        List<Double> validation = new ArrayList<>(List.of(4.0));
        LossHistory history = new LossHistory(train, validation, 4, false, false);

        train.add(1.0);
        validation.clear();

        assertThat(history.train()).containsExactly(3.0);
        assertThat(history.validation()).containsExactly(4.0);
    }

    /** The losses are 0, 1, 4, 9 …, the squares of their epochs. */
    @ParameterizedTest(name = "epoch {1} of {0}")
    @CsvSource({
        "1, 0, 0",
        "20, 7, 49",
        "39, 7, 49",
        // Two twentieths: means of two.
        "40, 0, 0",
        "40, 1, 0.5",
        "40, 7, 42.5",
        "59, 7, 42.5",
        // Means of three.
        "60, 1, 0.5",
        "60, 2, 1.6666666667",
        "60, 5, 16.6666666667"
    })
    void aSmoothedLossIsTheMeanOverTheLastTwentiethOfTheHistory(int epochs, int epoch, double expected) {
        List<Double> squares = IntStream.range(0, epochs)
                .mapToObj(number -> (double) number * number)
                .toList();

        assertThat(LossHistory.smooth(squares, epoch)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void theLastLossIsSmoothedToo() {
        assertThat(LossHistory.last(List.of(5.0, 3.0, 4.0))).isEqualTo(4);
        assertThat(LossHistory.last(straight(40))).isEqualTo(1.5);
        assertThat(LossHistory.last(List.of())).isNaN();
    }

    @Test
    void theBestEpochIsTheFirstOfThoseWithTheLeastLoss() {
        assertThat(LossHistory.best(List.of(3.0))).isZero();
        assertThat(LossHistory.best(List.of(3.0, 1.0, 2.0, 1.0, 4.0))).isEqualTo(1);
        assertThat(LossHistory.best(List.of(3.0, 2.0, 1.0))).isEqualTo(2);
        assertThat(LossHistory.best(List.of(1.0, 2.0, 3.0))).isZero();
    }

    @Test
    void aSingleLowLossAmongHighOnesIsNotTheBest() {
        List<Double> losses = new ArrayList<>(straight(40));
        losses.set(10, 0.0);

        // (31 + 0) / 2 at the dip; the last two losses are 2 and 1.
        assertThat(LossHistory.best(losses)).isEqualTo(39);
    }

    /** The losses fall by 1 per epoch, with a baseline of 8. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "5, 1", "10, 1", "19, 1", "20, 2", "40, 4", "100, 10"})
    void theRecentFallIsThatOfTheLastTenthInSharesOfTheBaseline(int epochs, double fall) {
        LossHistory history = new LossHistory(straight(epochs), List.of(), 8, false, false);

        assertThat(history.recentFall(history.train())).isEqualTo(fall / 8);
    }

    @Test
    void aRecentRiseIsAFallBelowNought() {
        LossHistory history = new LossHistory(List.of(1.0, 2.0, 4.0), List.of(), 8, false, false);

        assertThat(history.recentFall(history.train())).isEqualTo(-0.25);
    }

    @ParameterizedTest
    @CsvSource({"8, 2, 0.25", "8, 0, 0", "0, 0, 0", "0, 2, Infinity", "0, -2, -Infinity"})
    void noLossIsNoShareOfWhateverBaseline(double baseline, double loss, double share) {
        assertThat(new LossHistory(List.of(), List.of(), baseline, false, false).share(loss))
                .isEqualTo(share);
    }

    /** This many losses, falling by 1 to 1. */
    private static List<Double> straight(int epochs) {
        return IntStream.range(0, epochs)
                .mapToObj(epoch -> (double) (epochs - epoch))
                .toList();
    }
}
