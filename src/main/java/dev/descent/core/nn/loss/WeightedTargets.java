package dev.descent.core.nn.loss;

import dev.descent.core.math.Matrix;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What determines the best constant outputs.
 *
 * @param targets n rows
 * @param weights n × 1, non-negative; null if all rows count equally
 */
record WeightedTargets(Matrix targets, @Nullable Matrix weights) {

    private static final double TOLERANCE = 1e-6;

    private double weight(int row) {
        return weights == null ? 1 : weights.get(row);
    }

    private double weightSum() {
        return Loss.weightSum(weights, targets.rows());
    }

    /** The share of each class by weight. */
    double[] shares(int classes) {
        double[] shares = new double[classes];
        for (int row = 0; row < targets.rows(); row++) {
            shares[(int) targets.get(row)] += weight(row);
        }
        double all = weightSum();
        return Arrays.stream(shares).map(sum -> sum / all).toArray();
    }

    double mean(int column) {
        return sum(column, target -> target) / weightSum();
    }

    /** The smallest target such that the targets up to and including it carry more than half of the weight. */
    double median(int column) {
        double half = weightSum() / 2;
        double[] ascending = ascending(column);
        int from = 0;
        int to = ascending.length - 1;
        while (from < to) {
            int middle = (from + to) >>> 1;
            double candidate = ascending[middle];
            if (sum(column, target -> target <= candidate ? 1 : 0) > half) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return ascending[from];
    }

    /**
     * The output between the smallest and the largest target at which the slopes, which increase with the output, add
     * up to 0.
     *
     * @param loss that compares one output with one target
     */
    double balance(int column, ElementwiseLoss loss) {
        double[] ascending = ascending(column);
        double below = ascending[0];
        double above = ascending[ascending.length - 1];
        double tolerance = TOLERANCE * (above - below);
        while (above - below > tolerance) {
            double middle = (below + above) / 2;
            if (sum(column, target -> loss.slope(middle, target)) > 0) {
                above = middle;
            } else {
                below = middle;
            }
        }
        return (below + above) / 2;
    }

    private double[] ascending(int column) {
        double[] ascending = new double[targets.rows()];
        Arrays.setAll(ascending, row -> targets.get(row, column));
        Arrays.sort(ascending);
        return ascending;
    }

    /** Σ w f(target) over a column. */
    private double sum(int column, DoubleUnaryOperator f) {
        double sum = 0;
        for (int row = 0; row < targets.rows(); row++) {
            sum += weight(row) * f.applyAsDouble(targets.get(row, column));
        }
        return sum;
    }
}
