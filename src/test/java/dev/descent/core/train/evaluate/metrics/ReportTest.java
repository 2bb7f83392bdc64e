package dev.descent.core.train.evaluate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What scikit-learn has no word for: reasons, thinned curves, costs, calibration error, bins, largest errors. */
class ReportTest {

    private static final List<String> LABELS = List.of("no", "yes");

    @Test
    void aFigureThatDoesNotExistIsNullWithItsReason() {
        ClassificationReport report = report(new int[] {0, 0}, 0.25, 0.5);

        assertThat(report.rocAuc()).isNull();
        assertThat(report.undefined())
                .contains(
                        entry("roc_auc", "All rows are of one class"),
                        entry("matthews", "All rows are of one class"),
                        entry("average_precision", "No row is of class yes"));
        assertThat(report.roc()).isEmpty();
        assertThat(report.perClass().get(1).recall()).isNull();
    }

    /** Scores .9 yes, .8 no, .6 yes, .3 no: of the thresholds, .6 catches both for one false alarm. */
    @Test
    void theBestThresholdDependsOnWhatErrorsCost() {
        ClassPredictions predictions = binary(new int[] {1, 0, 1, 0}, 0.9, 0.8, 0.6, 0.3);

        ThresholdTable cautious = table(predictions, new ThresholdTable.Costs(5, 1));
        ThresholdTable eager = table(predictions, new ThresholdTable.Costs(1, 5));

        assertThat(cautious.bestCost().threshold()).isEqualTo(0.9);
        assertThat(cautious.bestCost().cost()).isEqualTo(1);
        assertThat(eager.bestCost().threshold()).isEqualTo(0.6);
        assertThat(eager.bestCost().cost()).isEqualTo(1);
        assertThat(eager.bestF1()).isNotNull();
        assertThat(eager.bestF1().f1()).isEqualTo(0.8, within(1e-15));
        assertThat(eager.points()).extracting(ThresholdTable.Point::threshold).startsWith((Double) null);
    }

    /** Bins (0, .1] with rate 0 and mean .05, and (.7, .8] with rate .5 and mean .8: (2 · .05 + 2 · .3) / 4. */
    @Test
    void theCalibrationErrorIsTheMeanDistanceOfTheBins() {
        ClassificationReport report = report(new int[] {0, 0, 1, 0}, 0.05, 0.05, 0.8, 0.8);

        assertThat(report.calibrationError()).isCloseTo(0.175, within(1e-12));
        assertThat(report.calibration().get(0).points()).hasSize(2);
    }

    @Test
    void aThinnedCurveKeepsItsCornersAndItsArea() {
        SplittableRandom random = new SplittableRandom(4);
        int[] truth = IntStream.range(0, 20_000).map(i -> random.nextInt(2)).toArray();
        double[] scores = Arrays.stream(truth)
                .mapToDouble(positive -> Math.min(1, Math.max(0, 0.4 + 0.2 * positive + random.nextDouble(-0.4, 0.4))))
                .toArray();

        ClassificationReport report = report(truth, scores);

        List<ClassificationReport.RocPoint> points = report.roc().get(0).points();
        assertThat(points).hasSizeLessThanOrEqualTo(200).hasSizeGreaterThan(50);
        assertThat(points.get(0).truePositiveRate()).isZero();
        assertThat(points.get(points.size() - 1).falsePositiveRate()).isEqualTo(1);
        double area = 0;
        for (int i = 1; i < points.size(); i++) {
            area += (points.get(i).falsePositiveRate() - points.get(i - 1).falsePositiveRate())
                    * (points.get(i).truePositiveRate() + points.get(i - 1).truePositiveRate())
                    / 2;
        }
        assertThat(report.rocAuc()).isNotNull();
        assertThat(area).isCloseTo(report.rocAuc(), within(2e-3));
        assertThat(report.precisionRecall().get(0).points()).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void aSeparatedCurveIsThreePoints() {
        ClassificationReport report = report(new int[] {0, 0, 0, 1, 1, 1}, 0.1, 0.2, 0.3, 0.7, 0.8, 0.9);

        assertThat(report.roc().get(0).points())
                .extracting(ClassificationReport.RocPoint::falsePositiveRate)
                .containsExactly(0.0, 0.0, 1.0);
    }

    @Test
    void manyClassesHaveNoCurvesButTheirFigures() {
        int classes = 120;
        int[] truth = IntStream.range(0, 240).map(i -> i % classes).toArray();
        double[] probabilities = new double[truth.length * classes];
        for (int row = 0; row < truth.length; row++) {
            probabilities[row * classes + (row == 0 ? 7 : truth[row])] = 1;
        }

        ClassificationReport report = ClassificationReport.of(
                new ClassPredictions(classes, truth, probabilities, null),
                IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
                ThresholdTable.Costs.EQUAL,
                () -> {});

        assertThat(report.roc()).isEmpty();
        assertThat(report.confusionMatrix()).isNull();
        assertThat(report.undefined()).containsKeys("roc", "precision_recall", "calibration", "confusion_matrix");
        assertThat(report.confused()).containsExactly(new ClassificationReport.Confusion("0", "7", 1));
        assertThat(report.perClass()).hasSize(classes);
    }

    @Test
    void errorsOfNumbersAreShownByRow() {
        double[] truth = {1, 2, 3, 4};
        RegressionReport report = RegressionReport.of(
                "y", new ValuePredictions(truth, new double[] {1, 2.5, 3, 2}, null), new int[] {10, 20, 30, 40});

        assertThat(report.largestErrors().get(0)).isEqualTo(new RegressionReport.RowError(40, 4, 2, -2));
        assertThat(report.predictedAgainstTrue())
                .extracting(RegressionReport.Bin::predicted)
                .containsExactly(1.0, 2.0, 2.5, 3.0);
        assertThat(report.predictedAgainstTrue().get(1).actual()).isEqualTo(4);
    }

    @Test
    void equalPredictionsShareABin() {
        double[] truth = IntStream.range(0, 100).asDoubleStream().toArray();
        RegressionReport report =
                RegressionReport.of("y", new ValuePredictions(truth, new double[100], null), new int[100]);

        assertThat(report.predictedAgainstTrue()).hasSize(1);
        assertThat(report.undefined()).containsEntry("mape", "The target is 0 in some row");
    }

    @Test
    void reconstructionsAreJudgedByTheThreshold() {
        ReconstructionReport report = ReconstructionReport.of(new double[] {1, 2, 3, 10}, 3, new int[] {4, 5, 6, 7});

        assertThat(report.anomalies()).isEqualTo(0.5);
        assertThat(report.meanError()).isEqualTo(4);
        assertThat(report.quantiles()).containsEntry("0.5", 2.5);
        assertThat(report.largestErrors().get(0)).isEqualTo(new ReconstructionReport.RowError(7, 10));
    }

    private static ClassificationReport report(int[] truth, double... scores) {
        return ClassificationReport.of(binary(truth, scores), LABELS, ThresholdTable.Costs.EQUAL, () -> {});
    }

    private static ThresholdTable table(ClassPredictions predictions, ThresholdTable.Costs costs) {
        ThresholdTable table =
                ClassificationReport.of(predictions, LABELS, costs, () -> {}).thresholds();
        assertThat(table).isNotNull();
        return table;
    }

    private static ClassPredictions binary(int[] truth, double... scores) {
        double[] probabilities = Arrays.stream(scores)
                .flatMap(score -> Arrays.stream(new double[] {1 - score, score}))
                .toArray();
        return new ClassPredictions(2, truth, probabilities, null);
    }
}
