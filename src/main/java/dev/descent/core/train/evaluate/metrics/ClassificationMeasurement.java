package dev.descent.core.train.evaluate.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Measures predicted classes. */
final class ClassificationMeasurement {

    private static final int[] TOP = {2, 3, 5, 10};
    private static final int MOST_CONFUSIONS = 50;

    /** The number of points of the only curve of two classes, and of all curves of more classes together. */
    private static final int POINTS = 200;

    private static final int POINTS_TOGETHER = 1_000;

    private final ClassPredictions predictions;
    private final List<String> labels;
    private final ThresholdTable.Costs costs;
    private final Runnable cancellationCheck;
    private final ClassTotals totals;
    private final Undefined undefined = new Undefined();

    ClassificationMeasurement(
            ClassPredictions predictions, List<String> labels, ThresholdTable.Costs costs, Runnable cancellationCheck) {
        this.predictions = predictions;
        this.labels = labels;
        this.costs = costs;
        this.cancellationCheck = cancellationCheck;
        this.totals = ClassTotals.of(predictions);
    }

    ClassificationReport report() {
        List<ClassificationReport.Roc> roc = new ArrayList<>();
        List<ClassificationReport.PrecisionRecall> precisionRecall = new ArrayList<>();
        List<ClassificationReport.ClassCalibration> calibration = new ArrayList<>();
        int classes = predictions.classes();
        double[] areas = new double[classes];
        double[] averagePrecisions = new double[classes];
        ThresholdTable thresholds = null;
        boolean hasCurves = classes <= ClassificationReport.MOST_CURVES;
        int points = classes == 2 ? POINTS : POINTS_TOGETHER / classes;
        for (int label = 0; label < classes; label++) {
            cancellationCheck.run();
            double[] scores = predictions.scores(label);
            ScoreCurve curve = curve(scores, label);
            areas[label] = curve.area();
            averagePrecisions[label] = curve.averagePrecision();
            if (hasCurves && (classes != 2 || label == 1)) {
                String name = labels.get(label);
                if (curve.positives() > 0 && curve.negatives() > 0) {
                    roc.add(new ClassificationReport.Roc(name, roc(curve, points)));
                }
                if (curve.positives() > 0) {
                    precisionRecall.add(new ClassificationReport.PrecisionRecall(name, precisionRecall(curve, points)));
                }
                Calibration found = calibration(scores, label);
                calibration.add(new ClassificationReport.ClassCalibration(name, found.error(), found.points()));
            }
            if (classes == 2 && label == 1) {
                thresholds = ThresholdTable.of(labels.get(1), curve, costs);
            }
        }
        if (!hasCurves) {
            String reason = "There are %d classes; those of up to %d have curves"
                    .formatted(classes, ClassificationReport.MOST_CURVES);
            List.of("roc", "precision_recall", "calibration").forEach(name -> undefined.because(name, reason));
        }
        return report(
                areas,
                averagePrecisions,
                new Curves(roc, precisionRecall, calibration, thresholds),
                confusions(classes <= ClassificationReport.MOST_COUNTED));
    }

    private record Curves(
            List<ClassificationReport.Roc> roc,
            List<ClassificationReport.PrecisionRecall> precisionRecall,
            List<ClassificationReport.ClassCalibration> calibration,
            @Nullable ThresholdTable thresholds) {}

    private record Confusions(
            ClassificationReport.@Nullable ConfusionMatrix matrix, List<ClassificationReport.Confusion> most) {}

    private ClassificationReport report(
            double[] areas, double[] averagePrecisions, Curves curves, Confusions confusions) {
        int classes = predictions.classes();
        String weightless = "The weights of the rows are 0";
        return new ClassificationReport(
                predictions.rows(),
                undefined.known("accuracy", totals.accuracy(), weightless),
                undefined.known("balanced_accuracy", totals.balancedAccuracy(), weightless),
                new ClassificationReport.F1(
                        undefined.known("f1.macro", totals.f1Macro(), weightless),
                        undefined.known("f1.micro", totals.f1Micro(), weightless),
                        undefined.known("f1.weighted", totals.f1Weighted(), weightless)),
                undefined.known("cohen_kappa", totals.kappa(), "All rows are of one class, and predicted as it"),
                undefined.known("matthews", totals.matthews(), oneClass()),
                undefined.known("log_loss", logLoss(), weightless),
                undefined.known("brier_score", brier(), weightless),
                topK(),
                undefined.known("roc_auc", overall(areas), oneClass()),
                undefined.known(
                        "average_precision",
                        overall(averagePrecisions),
                        "No row is of class %s".formatted(labels.get(classes - 1))),
                undefined.known("expected_calibration_error", calibrationError(), weightless),
                confusions.matrix,
                confusions.most,
                IntStream.range(0, classes)
                        .mapToObj(label -> new ClassificationReport.ClassFigures(
                                labels.get(label),
                                Undefined.orNull(totals.precision(label)),
                                Undefined.orNull(totals.recall(label)),
                                Undefined.orNull(totals.f1(label)),
                                totals.support(label),
                                Undefined.orNull(areas[label]),
                                Undefined.orNull(averagePrecisions[label])))
                        .toList(),
                curves.roc,
                curves.precisionRecall,
                curves.calibration,
                curves.thresholds,
                undefined.reasons());
    }

    private String oneClass() {
        return totals.hasOneActual() ? "All rows are of one class" : "All rows are predicted as one class";
    }

    private ScoreCurve curve(double[] scores, int label) {
        return ScoreCurve.of(scores, row -> predictions.truth()[row] == label, predictions.weights());
    }

    private Calibration calibration(double[] scores, int label) {
        return Calibration.of(scores, row -> predictions.truth()[row] == label, predictions.weights());
    }

    /** That of the second class of two; the mean over more classes. */
    private static double overall(double[] ofClasses) {
        return ofClasses.length == 2 ? ofClasses[1] : Means.ofDefined(ofClasses.length, label -> ofClasses[label]);
    }

    private double logLoss() {
        return Means.weighted(
                predictions.rows(), predictions.weights(), row -> ProbabilityScores.logLoss(predictions, row));
    }

    private double brier() {
        return Means.weighted(
                predictions.rows(), predictions.weights(), row -> ProbabilityScores.brier(predictions, row));
    }

    private double calibrationError() {
        if (predictions.classes() == 2) {
            return calibration(predictions.scores(1), 1).error();
        }
        double[] confidences = new double[predictions.rows()];
        Arrays.setAll(confidences, row -> predictions.probability(row, predictions.predicted(row)));
        return Calibration.of(
                        confidences,
                        row -> predictions.predicted(row) == predictions.truth()[row],
                        predictions.weights())
                .error();
    }

    private List<ClassificationReport.TopK> topK() {
        if (predictions.classes() == 2) {
            return List.of();
        }
        int[] ranks = IntStream.range(0, predictions.rows())
                .map(row -> ProbabilityScores.rank(predictions, row))
                .toArray();
        return Arrays.stream(TOP)
                .filter(k -> k < predictions.classes())
                .filter(k -> predictions.weightSum() > 0)
                .mapToObj(k -> new ClassificationReport.TopK(
                        k, Means.weighted(ranks.length, predictions.weights(), row -> ranks[row] < k ? 1 : 0)))
                .toList();
    }

    private Confusions confusions(boolean all) {
        ConfusionCounts counts = ConfusionCounts.of(predictions);
        List<ClassificationReport.Confusion> most = counts.wrong()
                .sorted(Comparator.comparingDouble(ConfusionCounts.Cell::weight)
                        .reversed()
                        .thenComparingInt(ConfusionCounts.Cell::actual)
                        .thenComparingInt(ConfusionCounts.Cell::predicted))
                .limit(MOST_CONFUSIONS)
                .map(cell -> new ClassificationReport.Confusion(
                        labels.get(cell.actual()), labels.get(cell.predicted()), cell.weight()))
                .toList();
        if (!all) {
            undefined.because(
                    "confusion_matrix",
                    "There are %d classes; the pairs of up to %d are counted"
                            .formatted(predictions.classes(), ClassificationReport.MOST_COUNTED));
            return new Confusions(null, most);
        }
        return new Confusions(new ClassificationReport.ConfusionMatrix(labels, counts.matrix()), most);
    }

    private static List<ClassificationReport.RocPoint> roc(ScoreCurve curve, int most) {
        return Arrays.stream(
                        CurveThinning.choose(curve.size(), most, curve::falsePositiveRate, curve::truePositiveRate))
                .mapToObj(point -> new ClassificationReport.RocPoint(
                        curve.falsePositiveRate(point),
                        curve.truePositiveRate(point),
                        Undefined.orNull(curve.threshold(point))))
                .toList();
    }

    private static List<ClassificationReport.PrecisionRecallPoint> precisionRecall(ScoreCurve curve, int most) {
        return Arrays.stream(CurveThinning.choose(curve.size(), most, curve::truePositiveRate, curve::precision))
                .mapToObj(point -> new ClassificationReport.PrecisionRecallPoint(
                        curve.truePositiveRate(point),
                        curve.precision(point),
                        Undefined.orNull(curve.threshold(point))))
                .toList();
    }
}
