package dev.descent.core.train.evaluate.metrics;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The weight of true and false positives for each threshold: a row is predicted as positive if its score is at or above
 * it. Rows of equal scores are on the same side of every threshold.
 *
 * <p>Source: Fawcett, "An introduction to ROC analysis" (2006), algorithms 1 and 2.
 */
public final class ScoreCurve {

    private static final int LEFT_OUT = -1;

    private final double[] thresholds;
    private final int[] indexOfRow;
    private final boolean[] positive;
    private final double[] truePositives;
    private final double[] falsePositives;

    private ScoreCurve(
            double[] thresholds,
            int[] indexOfRow,
            boolean[] positive,
            double[] truePositives,
            double[] falsePositives) {
        this.thresholds = thresholds;
        this.indexOfRow = indexOfRow;
        this.positive = positive;
        this.truePositives = truePositives;
        this.falsePositives = falsePositives;
    }

    /** @param weights of the rows; null if all count equally. A row of weight 0 gives no threshold */
    static ScoreCurve of(double[] scores, IntPredicate isPositive, double @Nullable [] weights) {
        boolean[] positive = new boolean[scores.length];
        double[] sorted = new double[scores.length];
        int count = 0;
        for (int row = 0; row < scores.length; row++) {
            positive[row] = isPositive.test(row);
            if (weights == null || weights[row] > 0) {
                sorted[count++] = scores[row];
            }
        }
        Arrays.sort(sorted, 0, count);
        double[] ascending = Arrays.stream(sorted, 0, count).distinct().toArray();
        double[] thresholds = new double[ascending.length];
        Arrays.setAll(thresholds, i -> ascending[ascending.length - 1 - i]);
        int[] indexOfRow = new int[scores.length];
        Arrays.setAll(indexOfRow, row -> {
            int found = Arrays.binarySearch(ascending, scores[row]);
            return found < 0 ? LEFT_OUT : ascending.length - 1 - found;
        });
        return new ScoreCurve(thresholds, indexOfRow, positive, new double[0], new double[0]).with(weights);
    }

    /**
     * The same rows and thresholds with other weights.
     *
     * @param weights 0 for all rows that had the weight 0 before
     */
    ScoreCurve with(double @Nullable [] weights) {
        double[] hits = new double[thresholds.length + 1];
        double[] misses = new double[thresholds.length + 1];
        for (int row = 0; row < indexOfRow.length; row++) {
            if (indexOfRow[row] != LEFT_OUT) {
                (positive[row] ? hits : misses)[indexOfRow[row] + 1] += weights == null ? 1 : weights[row];
            }
        }
        for (int point = 1; point <= thresholds.length; point++) {
            hits[point] += hits[point - 1];
            misses[point] += misses[point - 1];
        }
        return new ScoreCurve(thresholds, indexOfRow, positive, hits, misses);
    }

    /** The number of points; the first one is that of a threshold above all scores. */
    int size() {
        return thresholds.length + 1;
    }

    /** In descending order; the first is infinite, so that no row is predicted as positive. */
    double threshold(int point) {
        return point == 0 ? Double.POSITIVE_INFINITY : thresholds[point - 1];
    }

    double truePositives(int point) {
        return truePositives[point];
    }

    double falsePositives(int point) {
        return falsePositives[point];
    }

    double positives() {
        return truePositives[thresholds.length];
    }

    double negatives() {
        return falsePositives[thresholds.length];
    }

    double truePositiveRate(int point) {
        return truePositives[point] / positives();
    }

    double falsePositiveRate(int point) {
        return falsePositives[point] / negatives();
    }

    /** 1 where nothing is predicted as positive, so that curves start at the upper left. */
    double precision(int point) {
        double predicted = truePositives[point] + falsePositives[point];
        if (predicted == 0) {
            return point == 0 ? 1 : 0;
        }
        return truePositives[point] / predicted;
    }

    /** 2 tp / (2 tp + fp + fn) */
    double f1(int point) {
        return 2 * truePositives[point] / (truePositives[point] + falsePositives[point] + positives());
    }

    /**
     * The area under the ROC curve, by trapezoids: the probability that a positive row has a larger score than a
     * negative one, where equal scores count half. NaN unless there are both.
     */
    double area() {
        if (!(positives() > 0 && negatives() > 0)) {
            return Double.NaN;
        }
        double area = 0;
        for (int point = 1; point < size(); point++) {
            area += (falsePositives[point] - falsePositives[point - 1])
                    * (truePositives[point] + truePositives[point - 1])
                    / 2;
        }
        return area / positives() / negatives();
    }

    /** Σ (Rᵢ − Rᵢ₋₁) Pᵢ over the thresholds, with recall R and precision P; NaN without positive rows. */
    double averagePrecision() {
        if (!(positives() > 0)) {
            return Double.NaN;
        }
        double sum = 0;
        for (int point = 1; point < size(); point++) {
            sum += (truePositives[point] - truePositives[point - 1]) * precision(point);
        }
        return sum / positives();
    }
}
