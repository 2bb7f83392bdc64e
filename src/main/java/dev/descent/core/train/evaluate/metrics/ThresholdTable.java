package dev.descent.core.train.evaluate.metrics;

import dev.descent.core.Name;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What two classes give with another threshold than 0.5: a row is predicted as the second class if its probability is at
 * or above it.
 *
 * @param label of the second class
 * @param points from the largest threshold to the smallest
 * @param bestF1 of all thresholds, not only those shown; the largest in case of a tie; null without rows of the class
 * @param bestCost the same for the least cost
 */
public record ThresholdTable(
        @Name("label") String label,
        @Name("costs") Costs costs,
        @Name("points") List<Point> points,
        @Name("best_f1") @Nullable Point bestF1,
        @Name("best_cost") Point bestCost) {

    /** The number of thresholds shown. */
    private static final int POINTS = 100;

    /** What a wrong prediction costs. */
    public record Costs(
            @Name("false_positive") double falsePositive,
            @Name("false_negative") double falseNegative) {

        public static final Costs EQUAL = new Costs(1, 1);
    }

    /**
     * One threshold.
     *
     * @param threshold null if it is above all probabilities, so that nothing is predicted as the class
     * @param precision null if nothing is
     * @param recall null without rows of the class
     * @param f1 null without rows of the class
     * @param falsePositiveRate null without rows of the other class
     */
    public record Point(
            @Name("threshold") @Nullable Double threshold,
            @Name("true_positives") double truePositives,
            @Name("false_positives") double falsePositives,
            @Name("false_negatives") double falseNegatives,
            @Name("true_negatives") double trueNegatives,
            @Name("precision") @Nullable Double precision,
            @Name("recall") @Nullable Double recall,
            @Name("f1") @Nullable Double f1,
            @Name("false_positive_rate") @Nullable Double falsePositiveRate,
            @Name("cost") double cost) {}

    static ThresholdTable of(String label, ScoreCurve curve, Costs costs) {
        IntToDoubleFunction cost = point -> cost(curve, costs, point);
        int bestF1 = curve.positives() > 0 ? best(curve.size(), curve::f1) : -1;
        int bestCost = best(curve.size(), point -> -cost.applyAsDouble(point));
        int[] chosen = CurveThinning.choose(
                curve.size(),
                POINTS,
                point -> share(curve.falsePositives(point), curve.negatives()),
                point -> share(curve.truePositives(point), curve.positives()));
        return new ThresholdTable(
                label,
                costs,
                IntStream.concat(Arrays.stream(chosen), IntStream.of(bestF1, bestCost))
                        .filter(point -> point >= 0)
                        .distinct()
                        .sorted()
                        .mapToObj(point -> point(curve, costs, point))
                        .toList(),
                bestF1 < 0 ? null : point(curve, costs, bestF1),
                point(curve, costs, bestCost));
    }

    private static double share(double part, double all) {
        return all == 0 ? 0 : part / all;
    }

    private static double cost(ScoreCurve curve, Costs costs, int point) {
        return costs.falsePositive * curve.falsePositives(point)
                + costs.falseNegative * (curve.positives() - curve.truePositives(point));
    }

    private static int best(int count, IntToDoubleFunction figure) {
        int best = 0;
        for (int point = 1; point < count; point++) {
            if (figure.applyAsDouble(point) > figure.applyAsDouble(best)) {
                best = point;
            }
        }
        return best;
    }

    private static Point point(ScoreCurve curve, Costs costs, int point) {
        boolean hasPositives = curve.positives() > 0;
        return new Point(
                point == 0 ? null : curve.threshold(point),
                curve.truePositives(point),
                curve.falsePositives(point),
                curve.positives() - curve.truePositives(point),
                curve.negatives() - curve.falsePositives(point),
                curve.truePositives(point) + curve.falsePositives(point) > 0 ? curve.precision(point) : null,
                hasPositives ? curve.truePositiveRate(point) : null,
                hasPositives ? curve.f1(point) : null,
                curve.negatives() > 0 ? curve.falsePositiveRate(point) : null,
                cost(curve, costs, point));
    }
}
