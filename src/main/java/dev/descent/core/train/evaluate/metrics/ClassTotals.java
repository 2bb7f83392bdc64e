package dev.descent.core.train.evaluate.metrics;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The weight of the rows by class: of those that are of it, of those predicted as it, and of those that are both. That
 * suffices for every figure here; a figure that does not exist is NaN.
 */
final class ClassTotals {

    private final double[] actual;
    private final double[] predicted;
    private final double[] correct;
    private double all;
    private double right;

    ClassTotals(int classes) {
        this.actual = new double[classes];
        this.predicted = new double[classes];
        this.correct = new double[classes];
    }

    static ClassTotals of(ClassPredictions predictions) {
        ClassTotals totals = new ClassTotals(predictions.classes());
        for (int row = 0; row < predictions.rows(); row++) {
            totals.add(predictions.truth()[row], predictions.predicted(row), predictions.weight(row));
        }
        return totals;
    }

    void add(int truth, int prediction, double weight) {
        actual[truth] += weight;
        predicted[prediction] += weight;
        all += weight;
        if (truth == prediction) {
            correct[truth] += weight;
            right += weight;
        }
    }

    double support(int label) {
        return actual[label];
    }

    double predictedAs(int label) {
        return predicted[label];
    }

    /** The share of correct predictions. */
    double accuracy() {
        return right / all;
    }

    /** tp / (tp + fp) */
    double precision(int label) {
        return correct[label] / predicted[label];
    }

    /** tp / (tp + fn) */
    double recall(int label) {
        return correct[label] / actual[label];
    }

    /** 2 tp / (2 tp + fp + fn) */
    double f1(int label) {
        return 2 * correct[label] / (actual[label] + predicted[label]);
    }

    /**
     * The mean recall of the classes that occur.
     *
     * <p>Source: Brodersen, Ong, Stephan, Buhmann, "The balanced accuracy and its posterior distribution" (2010).
     */
    double balancedAccuracy() {
        return meanOfDefined(this::recall);
    }

    /** The mean F1 of the classes that occur or are predicted. */
    double f1Macro() {
        return meanOfDefined(this::f1);
    }

    /** F1 from the sums over all classes; with one class a row it equals the accuracy. */
    double f1Micro() {
        return 2 * right / (2 * all);
    }

    /** The mean F1, each class weighted by how often it occurs. */
    double f1Weighted() {
        double sum = 0;
        for (int label = 0; label < actual.length; label++) {
            sum += actual[label] == 0 ? 0 : actual[label] * f1(label);
        }
        return sum / all;
    }

    /**
     * (accuracy − chance) / (1 − chance), where chance is the agreement of independent draws with the same frequencies.
     *
     * <p>Source: Cohen, "A coefficient of agreement for nominal scales" (1960).
     */
    double kappa() {
        double chance = products(actual, predicted) / all;
        return 1 - (all - right) / (all - chance);
    }

    /**
     * The correlation of truth and prediction: with c correct of n rows, t rows of class k and p predicted as it, (c n − Σ
     * t p) / √((n² − Σ p²) (n² − Σ t²)).
     *
     * <p>Source: Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient" (2004).
     */
    double matthews() {
        double covariance = right * all - products(actual, predicted);
        double square = (all * all - products(predicted, predicted)) * (all * all - products(actual, actual));
        return square <= 0 ? Double.NaN : covariance / Math.sqrt(square);
    }

    /** Whether the rows are of one class alone. */
    boolean hasOneActual() {
        return Arrays.stream(actual).filter(weight -> weight > 0).count() <= 1;
    }

    boolean hasOnePredicted() {
        return Arrays.stream(predicted).filter(weight -> weight > 0).count() <= 1;
    }

    private static double products(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private double meanOfDefined(IntToDoubleFunction figure) {
        return Means.ofDefined(actual.length, figure);
    }
}
