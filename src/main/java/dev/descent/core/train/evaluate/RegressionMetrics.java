package dev.descent.core.train.evaluate;

import dev.descent.core.data.RegressionTarget;
import dev.descent.core.math.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Accumulates the errors of numbers by target, and reports them in the targets' own units. */
final class RegressionMetrics {

    private static final double ROUNDING = 1e-12;

    private final RegressionTarget target;
    private final double[] squaredErrors;
    private final double[] absoluteErrors;
    private final double[] targetSums;
    private final double[] targetSquares;
    private long rows;

    RegressionMetrics(RegressionTarget target) {
        this.target = target;
        int count = target.outputs();
        this.squaredErrors = new double[count];
        this.absoluteErrors = new double[count];
        this.targetSums = new double[count];
        this.targetSquares = new double[count];
    }

    void add(Matrix outputs, Matrix targets) {
        rows += outputs.rows();
        int count = outputs.columns();
        for (int i = 0; i < outputs.size(); i++) {
            int target = i % count;
            RegressionTarget.Scale scale = this.target.scales().get(target);
            double value = scale.standardized(targets.get(i));
            double error = scale.standardized(outputs.get(i)) - value;
            squaredErrors[target] += error * error;
            absoluteErrors[target] += Math.abs(error);
            targetSums[target] += value;
            targetSquares[target] += value * value;
        }
    }

    /** All accumulated sums, in the order in which they are stored. */
    double[] sums() {
        return Stream.of(squaredErrors, absoluteErrors, targetSums, targetSquares, new double[] {rows})
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    void remember(double[] sums) {
        int count = squaredErrors.length;
        System.arraycopy(sums, 0, squaredErrors, 0, count);
        System.arraycopy(sums, count, absoluteErrors, 0, count);
        System.arraycopy(sums, 2 * count, targetSums, 0, count);
        System.arraycopy(sums, 3 * count, targetSquares, 0, count);
        rows = (long) sums[4 * count];
    }

    /** What an epoch is measured by. */
    Map<Score.Measure, Double> measures() {
        return Map.of(Score.Measure.RMSE, rmse(), Score.Measure.R2, r2());
    }

    double rmse() {
        return mean(this::rmse);
    }

    double mae() {
        return mean(this::mae);
    }

    /** NaN if a target is the same in all rows. */
    double r2() {
        return mean(this::r2);
    }

    private double mean(IntToDoubleFunction measure) {
        return IntStream.range(0, squaredErrors.length)
                .mapToDouble(measure)
                .average()
                .orElse(Double.NaN);
    }

    private double rmse(int target) {
        return this.target.scales().get(target).deviation() * Math.sqrt(squaredErrors[target] / rows);
    }

    private double mae(int target) {
        return this.target.scales().get(target).deviation() * absoluteErrors[target] / rows;
    }

    private double r2(int target) {
        double total = targetSquares[target] - targetSums[target] * targetSums[target] / rows;
        return total > ROUNDING * targetSquares[target] ? 1 - squaredErrors[target] / total : Double.NaN;
    }

    List<Evaluation.TargetScore> byTarget() {
        return IntStream.range(0, squaredErrors.length)
                .mapToObj(target -> new Evaluation.TargetScore(
                        this.target.names().get(target), rmse(target), mae(target), r2(target)))
                .toList();
    }
}
