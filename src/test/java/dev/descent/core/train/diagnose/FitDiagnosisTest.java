package dev.descent.core.train.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.train.diagnose.FitDiagnosis.Evidence;
import dev.descent.core.train.diagnose.FitDiagnosis.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Synthetic curves. With fewer than 40 epochs nothing is smoothed, so every number can be computed by hand. */
class FitDiagnosisTest {

    private static final double[] NONE = {};

    @Test
    void lossesFarBelowTheBaselineAndCloseTogetherAreAGoodFit() {
        FitDiagnosis diagnosis = diagnose(10, losses(9, 6, 4, 3, 2, 2), losses(9, 7, 5, 3, 2.5, 2.5));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.GOOD_FIT);
        assertThat(diagnosis.confidence()).isCloseTo(1 - 0.2 / 2, within(1e-12));
        assertThat(diagnosis.evidence())
                .containsExactly(new Evidence(
                        "close_losses",
                        "The training loss of 2.000 is 20% of the baseline, and the validation loss of 2.500 has not turned up",
                        null));
    }

    @Test
    void withoutAValidationPartAGoodFitIsHalfSure() {
        FitDiagnosis diagnosis = diagnose(10, losses(9, 6, 4, 3, 2, 2), NONE);

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.GOOD_FIT);
        assertThat(diagnosis.confidence()).isEqualTo(0.5);
        assertThat(diagnosis.evidence())
                .containsExactly(
                        new Evidence("close_losses", "The training loss of 2.000 is 20% of the baseline", null));
    }

    @Test
    void aGoodFitSaysWhetherTheLossStillFalls() {
        FitDiagnosis diagnosis = diagnose(10, losses(9, 6, 4, 3, 2.5, 2), NONE);

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.GOOD_FIT);
        assertThat(rules(diagnosis)).containsExactly("close_losses", "still_falling");
        assertThat(diagnosis.evidence().get(1))
                .isEqualTo(new Evidence(
                        "still_falling",
                        "The loss fell by 5.0% of the baseline over the last tenth of the epochs",
                        null));
    }

    @Test
    void whereThereIsAValidationLossItIsTheOneThatFalls() {
        double[] falling = losses(9, 7, 5, 4, 3.5, 3);
        double[] resting = losses(9, 7, 5, 4, 3, 3);

        assertThat(rules(diagnose(10, falling, resting))).containsExactly("close_losses");
        assertThat(rules(diagnose(10, resting, falling))).containsExactly("close_losses", "still_falling");
    }

    /** The final training losses as shares of the baseline: 0.5 + (share − 0.8) / 0.4, at most 1. */
    @ParameterizedTest
    @CsvSource({"8.1, 0.525, 81", "9, 0.75, 90", "10, 1, 100", "15, 1, 150"})
    void aTrainingLossNearTheBaselineIsUnderfitting(double last, double confidence, int percent) {
        FitDiagnosis diagnosis = diagnose(10, losses(16, 16, 16, last, last, last), NONE);

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNDERFITTING);
        assertThat(diagnosis.confidence()).isCloseTo(confidence, within(1e-12));
        assertThat(diagnosis.evidence())
                .containsExactly(new Evidence(
                        "near_baseline",
                        "The training loss of %s is %d%% of 10.00, which a constant output reaches"
                                .formatted(last < 10 ? last + "00" : last + "0", percent),
                        1));
    }

    /** Losses above 8 are near the baseline. */
    @ParameterizedTest
    @CsvSource({"12, 9, 5, 5, 7, 9, 6", "12, 9, 5, 5, 9, 9, 5", "12, 9, 5, 9, 8, 9, 6", "5, 9, 9, 9, 9, 9, 2"})
    void theTrainingLossIsNearTheBaselineSinceItWasLastBelow(
            double first, double second, double third, double fourth, double fifth, double sixth, int from) {
        FitDiagnosis diagnosis = diagnose(10, losses(first, second, third, fourth, fifth, sixth), NONE);

        assertThat(diagnosis.evidence())
                .containsExactly(new Evidence(
                        "near_baseline",
                        "The training loss of 9.000 is 90% of 10.00, which a constant output reaches",
                        from));
    }

    @Test
    void aTrainingLossOfFourFifthsOfTheBaselineIsNotNearIt() {
        FitDiagnosis diagnosis = diagnose(10, losses(9, 8, 8, 8, 8), NONE);

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.GOOD_FIT);
        assertThat(rules(diagnosis)).containsExactly("close_losses");
    }

    @Test
    void nearTheBaselineItIsTooEarlyAsLongAsTheLossFalls() {
        FitDiagnosis diagnosis = diagnose(10, losses(9.9, 9.7, 9.5, 9.3, 9.2, 9), NONE);

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.TOO_EARLY);
        assertThat(diagnosis.confidence()).isEqualTo(0.5);
        assertThat(rules(diagnosis)).containsExactly("near_baseline", "still_falling");
    }

    @Test
    void whatStillFallsWhenTrainingIsOverUnderfits() {
        FitDiagnosis diagnosis =
                FitDiagnosis.of(new LossHistory(list(losses(9.9, 9.7, 9.5, 9.3, 9.2, 9)), List.of(), 10, true, false));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNDERFITTING);
        assertThat(diagnosis.confidence()).isCloseTo(0.75, within(1e-12));
        assertThat(rules(diagnosis)).containsExactly("near_baseline", "still_falling");
    }

    /** From the given loss to 90, with a baseline of 100. */
    @ParameterizedTest
    @CsvSource({"89, UNDERFITTING", "91, UNDERFITTING", "91.5, TOO_EARLY"})
    void aFallByAHundredthOfTheBaselineIsOverAndALargerOneIsNot(double before, Verdict verdict) {
        assertThat(diagnose(100, losses(99, 97, 95, before, 90), NONE).verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 epochs are", "1, 1 epoch is", "4, 4 epochs are"})
    void fewerThanFiveEpochsSayNothing(int epochs, String done) {
        FitDiagnosis diagnosis = diagnose(10, flat(epochs, 9), NONE);

        assertThat(diagnosis)
                .isEqualTo(new FitDiagnosis(
                        Verdict.TOO_EARLY,
                        1,
                        List.of(new Evidence("few_epochs", done + " done; 5 are needed for a verdict", null))));
    }

    @Test
    void fiveEpochsSaySomething() {
        assertThat(diagnose(10, flat(5, 9), NONE).verdict()).isEqualTo(Verdict.UNDERFITTING);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void withoutABaselineNothingCanBeSaid(double baseline) {
        assertThat(diagnose(baseline, losses(9, 7, 6, 5, 4, 4), losses(9, 7, 6, 5, 4, 4)))
                .isEqualTo(new FitDiagnosis(
                        Verdict.TOO_EARLY,
                        1,
                        List.of(new Evidence(
                                "no_baseline",
                                "The loss of a constant output is not known, so the losses can't be compared with it",
                                null))));
    }

    @Test
    void aLossOfNoughtIsAGoodFitThoughAConstantOutputReachesItToo() {
        FitDiagnosis diagnosis = diagnose(0, flat(6, 0), flat(6, 0));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.GOOD_FIT);
        assertThat(diagnosis.confidence()).isEqualTo(1);
        assertThat(diagnosis.evidence())
                .containsExactly(new Evidence(
                        "close_losses",
                        "The training loss of 0.000 is 0% of the baseline, and the validation loss of 0.000 has not turned up",
                        null));
    }

    @Test
    void aLossAboveABaselineOfNoughtIsUnderfitting() {
        FitDiagnosis diagnosis = diagnose(0, flat(6, 0.5), NONE);

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNDERFITTING);
        assertThat(diagnosis.confidence()).isEqualTo(1);
        assertThat(diagnosis.evidence())
                .containsExactly(new Evidence(
                        "near_baseline",
                        "The training loss of 0.5000 is above 0.000, which a constant output reaches",
                        1));
    }

    @Test
    void aLossMayFallTowardsABaselineOfNought() {
        FitDiagnosis diagnosis = diagnose(0, losses(6, 5, 4, 3, 2, 1), NONE);

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.TOO_EARLY);
        assertThat(diagnosis.evidence().get(1))
                .isEqualTo(new Evidence("still_falling", "The loss fell over the last tenth of the epochs", null));
    }

    @Test
    void aValidationLossIsFarAboveATrainingLossOfNought() {
        FitDiagnosis diagnosis = diagnose(10, flat(6, 0), flat(6, 5));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OVERFITTING);
        assertThat(diagnosis.evidence())
                .containsExactly(new Evidence(
                        "gap", "The validation loss of 5.000 is far above the training loss of 0.000", null));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 20})
    void aLossThatIsNoNumberDivergesInTheEpochAfterTheLastWholeOne(int epochs) {
        LossHistory history = new LossHistory(list(flat(epochs, 1)), List.of(), 10, true, true);

        assertThat(FitDiagnosis.of(history))
                .isEqualTo(new FitDiagnosis(
                        Verdict.DIVERGING,
                        1,
                        List.of(new Evidence(
                                "loss_not_finite", "The loss was no longer a finite number", epochs + 1))));
    }

    @Test
    void aTrainingLossThatGrowsAboveTheBaselineDiverges() {
        FitDiagnosis diagnosis = diagnose(10, losses(8, 4, 5, 6, 9, 12), NONE);

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.DIVERGING);
        assertThat(diagnosis.confidence()).isEqualTo(12.0 / 4 / 4);
        assertThat(diagnosis.evidence())
                .containsExactly(
                        new Evidence(
                                "training_loss_grows",
                                "The training loss grew from 4.000 to 12.00, above the baseline of 10.00",
                                3),
                        new Evidence(
                                "near_baseline",
                                "The training loss of 12.00 is 120% of 10.00, which a constant output reaches",
                                5));
    }

    /** The best loss is 5. */
    @ParameterizedTest
    @CsvSource({
        "9, 10, UNDERFITTING, 1",
        "9.5, 10, UNDERFITTING, 1",
        "9.5, 10.5, DIVERGING, 0.525",
        "10.5, 10.5, UNDERFITTING, 1",
        "11, 15, DIVERGING, 0.75",
        "15, 30, DIVERGING, 1"
    })
    void onlyALossOfMoreThanTwiceTheBestAndAboveTheBaselineRunsAway(
            double baseline, double last, Verdict verdict, double confidence) {
        FitDiagnosis diagnosis = diagnose(baseline, losses(8, 5, 6, last, last), NONE);

        assertThat(diagnosis.verdict()).isEqualTo(verdict);
        assertThat(diagnosis.confidence()).isCloseTo(confidence, within(1e-12));
    }

    @Test
    void divergingOutranksOverfitting() {
        FitDiagnosis diagnosis = diagnose(10, losses(8, 4, 5, 6, 9, 12), losses(8, 4, 8, 12, 20, 30));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.DIVERGING);
        assertThat(diagnosis.confidence()).isEqualTo(0.75);
        assertThat(rules(diagnosis)).containsExactly("training_loss_grows", "gap", "near_baseline");
    }

    @Test
    void aValidationLossThatTurnsUpWhileTheTrainingLossFallsIsOverfitting() {
        FitDiagnosis diagnosis = diagnose(10, losses(9, 7, 6, 5, 4.5, 4), losses(9, 7, 4, 4.2, 4.6, 5));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OVERFITTING);
        assertThat(diagnosis.confidence()).isEqualTo(0.5 + 1.0 / 4);
        assertThat(diagnosis.evidence())
                .containsExactly(new Evidence(
                        "validation_loss_turned",
                        "The validation loss rose from 4.000 in epoch 3 to 5.000, while the training loss fell",
                        4));
    }

    /** The best validation loss is 20; the training loss keeps falling, to 19. */
    @ParameterizedTest
    @CsvSource({"20, GOOD_FIT, 0.905", "21, GOOD_FIT, 0.905", "22, OVERFITTING, 0.6", "28, OVERFITTING, 0.9"})
    void aRiseByATwentiethOfTheBestValidationLossIsNoTurnYet(double last, Verdict verdict, double confidence) {
        FitDiagnosis diagnosis = diagnose(100, losses(60, 40, 30, 25, 19), losses(60, 20, 20, last, last));

        assertThat(diagnosis.verdict()).isEqualTo(verdict);
        assertThat(diagnosis.confidence()).isCloseTo(confidence, within(1e-12));
    }

    /** The validation loss rises by 0.25. */
    @ParameterizedTest
    @CsvSource({"99, OVERFITTING, 0.625", "101, GOOD_FIT, 0.99505"})
    void aRiseByLessThanAFourHundredthOfTheBaselineIsNoTurn(double baseline, Verdict verdict, double confidence) {
        FitDiagnosis diagnosis = diagnose(baseline, losses(9, 4, 3, 2, 1), losses(9, 2, 2, 2.25, 2.25));

        assertThat(diagnosis.verdict()).isEqualTo(verdict);
        assertThat(diagnosis.confidence()).isCloseTo(confidence, within(1e-5));
    }

    @Test
    void aTurnIsNeverMoreThanSure() {
        FitDiagnosis diagnosis = diagnose(10, losses(9, 7, 6, 5, 4.5, 4), losses(9, 4, 3, 4, 5, 6));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OVERFITTING);
        assertThat(diagnosis.confidence()).isEqualTo(1);
    }

    @Test
    void whereTheTrainingLossDidNotFallNothingTurned() {
        FitDiagnosis diagnosis = diagnose(10, flat(6, 4), losses(9, 7, 4, 4.2, 4.6, 5));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.GOOD_FIT);
        assertThat(diagnosis.evidence())
                .containsExactly(new Evidence(
                        "close_losses",
                        "The training loss of 4.000 is 40% of the baseline, and the validation loss rose from 4.000 in epoch 3 to 5.000",
                        null));
    }

    @Test
    void aGapThatGrewIsOverfittingThoughTheValidationLossNeverTurned() {
        FitDiagnosis diagnosis = diagnose(10, losses(6, 5, 3, 2, 1, 1), flat(6, 5));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OVERFITTING);
        assertThat(diagnosis.confidence()).isCloseTo(0.4 + 4.0 / 10, within(1e-12));
        assertThat(diagnosis.evidence())
                .containsExactly(new Evidence(
                        "gap", "The validation loss of 5.000 is 5.0 times the training loss of 1.000", null));
    }

    @Test
    void aGapIsNeverMoreThanSure() {
        assertThat(diagnose(5, losses(6, 5, 3, 2, 1, 1), flat(6, 5)).confidence())
                .isEqualTo(1);
    }

    /** The validation loss is constant at the given value, without a gap in the second epoch. */
    @ParameterizedTest(name = "baseline {0}, validation loss {1}, training loss {2}")
    @CsvSource({
        // Slightly more than 1.5 times the training loss.
        "4, 3, 2, GOOD_FIT, 0.75",
        "4, 3, 1.75, OVERFITTING, 0.7125",
        // A difference slightly above 3/20 of the baseline.
        "20, 5, 2, GOOD_FIT, 0.95",
        "20, 5, 1.5, OVERFITTING, 0.575"
    })
    void aGapIsMoreThanHalfTheTrainingLossAndMoreThanThreeTwentiethsOfTheBaseline(
            double baseline, double validation, double train, Verdict verdict, double confidence) {
        FitDiagnosis diagnosis =
                diagnose(baseline, losses(validation, validation, train, train, train), flat(5, validation));

        assertThat(diagnosis.verdict()).isEqualTo(verdict);
        assertThat(diagnosis.confidence()).isCloseTo(confidence, within(1e-12));
    }

    @Test
    void aGapThatWasThereFromTheStartIsOverfittingToo() {
        FitDiagnosis diagnosis = diagnose(1, flat(6, 0.1), flat(6, 1.5));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OVERFITTING);
        assertThat(diagnosis.confidence()).isEqualTo(1);
        assertThat(diagnosis.evidence())
                .containsExactly(new Evidence(
                        "gap", "The validation loss of 1.500 is 15.0 times the training loss of 0.1000", null));
    }

    @Test
    void whereNothingWasLearntAGapThatWasThereFromTheStartIsNone() {
        FitDiagnosis diagnosis = diagnose(10, flat(6, 9), flat(6, 15));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNDERFITTING);
        assertThat(rules(diagnosis)).containsExactly("near_baseline");
    }

    /** Of 30 epochs, the first tenth ends after the third, so the fourth loss is compared with the last. */
    @ParameterizedTest
    @CsvSource({"9, false", "10, true"})
    void theStartOfATrainingIsItsFirstTenth(double fourth, boolean grew) {
        double[] train = flat(30, 9);
        train[1] = 14;
        train[3] = fourth;

        assertThat(rules(diagnose(10, train, flat(30, 15))).contains("gap")).isEqualTo(grew);
    }

    @Test
    void aTurnOutranksANearBaselineThatIsNoSurer() {
        FitDiagnosis diagnosis = diagnose(10, losses(12, 11, 10.5, 10, 10), losses(8, 4, 5, 6, 6));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OVERFITTING);
        assertThat(diagnosis.confidence()).isEqualTo(1);
        assertThat(rules(diagnosis)).containsExactly("validation_loss_turned", "near_baseline");
    }

    @Test
    void aNearBaselineOutranksATurnThatIsLessSure() {
        FitDiagnosis diagnosis = diagnose(10, losses(12, 11, 10.5, 10, 10), losses(8, 4, 5, 5, 5));

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNDERFITTING);
        assertThat(diagnosis.confidence()).isEqualTo(1);
        assertThat(rules(diagnosis)).containsExactly("validation_loss_turned", "near_baseline");
    }

    /** The validation loss alternates between 4 and 5, so its mean over two epochs is always 4.5. */
    @Test
    void jumpsFromEpochToEpochAreNoTurn() {
        double[] train =
                IntStream.range(0, 40).mapToDouble(epoch -> 6 - 0.05 * epoch).toArray();
        double[] validation =
                IntStream.range(0, 40).mapToDouble(epoch -> 4 + epoch % 2).toArray();
        validation[0] = 9;

        FitDiagnosis diagnosis = diagnose(10, train, validation);

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.GOOD_FIT);
        assertThat(diagnosis.evidence().get(0).detail()).endsWith("the validation loss of 4.500 has not turned up");
    }

    /** The means of two epochs are 9, 5, 1.5, 2, 5, 8 …; the minimum without smoothing is in the second epoch. */
    @Test
    void aTurnBeginsAfterTheBestSmoothedLoss() {
        double[] train =
                IntStream.range(0, 40).mapToDouble(epoch -> 9 - 0.1 * epoch).toArray();
        double[] validation = flat(40, 8);
        validation[0] = 9;
        validation[1] = 1;
        validation[2] = 2;
        validation[3] = 2;

        FitDiagnosis diagnosis = diagnose(10, train, validation);

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OVERFITTING);
        assertThat(diagnosis.evidence().get(0))
                .isEqualTo(new Evidence(
                        "validation_loss_turned",
                        "The validation loss rose from 1.500 in epoch 3 to 8.000, while the training loss fell",
                        4));
    }

    private static FitDiagnosis diagnose(double baseline, double[] train, double[] validation) {
        return FitDiagnosis.of(new LossHistory(list(train), list(validation), baseline, false, false));
    }

    private static double[] losses(double... losses) {
        return losses;
    }

    private static double[] flat(int epochs, double loss) {
        double[] losses = new double[epochs];
        Arrays.fill(losses, loss);
        return losses;
    }

    private static List<Double> list(double[] losses) {
        return Arrays.stream(losses).boxed().toList();
    }

    private static List<String> rules(FitDiagnosis diagnosis) {
        return diagnosis.evidence().stream().map(Evidence::rule).toList();
    }
}
