package dev.descent.core.train.evaluate.metrics;

import dev.descent.core.Name;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured of predicted classes. All figures are weighted by the weights of the rows, if there are
 * any. A figure that does not exist for these rows is null, and {@code undefined} says why, by its name.
 *
 * @param accuracy the share of correct predictions
 * @param balancedAccuracy the mean recall of the classes that occur
 * @param kappa Cohen's
 * @param matthews the correlation coefficient of truth and prediction
 * @param logLoss the mean of −ln p of the true class
 * @param brier the mean squared difference between probabilities and truth
 * @param topK for more than two classes: the share of rows whose true class is among the k most probable
 * @param rocAuc the area under the ROC curve; for more than two classes, the mean of one class against the rest
 * @param averagePrecision the same of the precision-recall curve, as a sum of steps
 * @param calibrationError of the second class of two; of more, of the most probable class and whether it is right
 * @param confusionMatrix null if there are more than {@link #MOST_CURVES} × 5 classes
 * @param confused the most frequent confusions
 * @param roc of the second class of two, or of each; empty for more than {@link #MOST_CURVES}
 * @param precisionRecall the same
 * @param calibration the same
 * @param thresholds for two classes
 * @param undefined why a figure does not exist, by its name
 */
public record ClassificationReport(
        @Name("rows") int rows,
        @Name("accuracy") @Nullable Double accuracy,
        @Name("balanced_accuracy") @Nullable Double balancedAccuracy,
        @Name("f1") F1 f1,
        @Name("cohen_kappa") @Nullable Double kappa,
        @Name("matthews") @Nullable Double matthews,
        @Name("log_loss") @Nullable Double logLoss,
        @Name("brier_score") @Nullable Double brier,
        @Name("top_k") List<TopK> topK,
        @Name("roc_auc") @Nullable Double rocAuc,
        @Name("average_precision") @Nullable Double averagePrecision,
        @Name("expected_calibration_error") @Nullable Double calibrationError,
        @Name("confusion_matrix") @Nullable ConfusionMatrix confusionMatrix,
        @Name("most_confused") List<Confusion> confused,
        @Name("per_class") List<ClassFigures> perClass,
        @Name("roc") List<Roc> roc,
        @Name("precision_recall") List<PrecisionRecall> precisionRecall,
        @Name("calibration") List<ClassCalibration> calibration,
        @Name("thresholds") @Nullable ThresholdTable thresholds,
        @Name("undefined") Map<String, String> undefined) {

    /** The number of classes up to which each has its curves. */
    static final int MOST_CURVES = 20;

    /** The number of classes up to which every pair of them is counted. */
    static final int MOST_COUNTED = 5 * MOST_CURVES;

    /**
     * F1 = 2 tp / (2 tp + fp + fn).
     *
     * @param macro the mean over the classes that occur or are predicted
     * @param micro from the sums over all classes
     * @param weighted the mean over the classes, by how often each occurs
     */
    public record F1(
            @Name("macro") @Nullable Double macro,
            @Name("micro") @Nullable Double micro,
            @Name("weighted") @Nullable Double weighted) {}

    public record TopK(@Name("k") int k, @Name("accuracy") double accuracy) {}

    /**
     * How often each class was predicted as each class.
     *
     * @param counts by true class, then by predicted class: the weight of the rows
     */
    public record ConfusionMatrix(
            @Name("labels") List<String> labels,
            @Name("counts") List<List<Double>> counts) {}

    /** Rows of one class that were predicted as another. */
    public record Confusion(
            @Name("actual") String actual,
            @Name("predicted") String predicted,
            @Name("count") double count) {}

    /**
     * One class against the rest.
     *
     * @param precision null if it was never predicted
     * @param recall null if it does not occur
     * @param f1 null if both
     * @param support the weight of the rows of the class
     * @param rocAuc null unless there are rows of the class and of others
     * @param averagePrecision null if it does not occur
     */
    public record ClassFigures(
            @Name("label") String label,
            @Name("precision") @Nullable Double precision,
            @Name("recall") @Nullable Double recall,
            @Name("f1") @Nullable Double f1,
            @Name("support") double support,
            @Name("roc_auc") @Nullable Double rocAuc,
            @Name("average_precision") @Nullable Double averagePrecision) {}

    /** The ROC curve of a class, thinned out to the points that keep its form. */
    public record Roc(
            @Name("label") String label, @Name("points") List<RocPoint> points) {}

    /** @param threshold null if it is above all probabilities */
    public record RocPoint(
            @Name("false_positive_rate") double falsePositiveRate,
            @Name("true_positive_rate") double truePositiveRate,
            @Name("threshold") @Nullable Double threshold) {}

    /** The precision-recall curve of a class, thinned out likewise. */
    public record PrecisionRecall(
            @Name("label") String label, @Name("points") List<PrecisionRecallPoint> points) {}

    /** @param threshold null if it is above all probabilities */
    public record PrecisionRecallPoint(
            @Name("recall") double recall,
            @Name("precision") double precision,
            @Name("threshold") @Nullable Double threshold) {}

    /** The calibration of the probability of a class. */
    public record ClassCalibration(
            @Name("label") String label,
            @Name("error") double error,
            @Name("points") List<Calibration.Point> points) {}

    /**
     * Measures predictions of at least one row.
     *
     * @param labels of the classes
     * @param costs of a wrong prediction of two classes
     * @param cancellationCheck called repeatedly; may throw to stop
     */
    public static ClassificationReport of(
            ClassPredictions predictions, List<String> labels, ThresholdTable.Costs costs, Runnable cancellationCheck) {
        return new ClassificationMeasurement(predictions, labels, costs, cancellationCheck).report();
    }
}
