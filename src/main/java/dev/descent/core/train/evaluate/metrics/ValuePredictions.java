package dev.descent.core.train.evaluate.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a model says about n numbers, and what they are.
 *
 * @param weights of the rows, 0 or above; null if all count equally
 */
public record ValuePredictions(double[] truth, double[] predicted, double @Nullable [] weights) {

    public ValuePredictions {
        if (truth.length != predicted.length || (weights != null && weights.length != truth.length)) {
            throw new IllegalArgumentException(
                    "%d numbers have %d predictions".formatted(truth.length, predicted.length));
        }
    }

    public int rows() {
        return truth.length;
    }

    /** Some of the rows, by their indexes. */
    public ValuePredictions subset(int[] indexes) {
        return new ValuePredictions(
                Subset.known(truth, indexes), Subset.known(predicted, indexes), Subset.of(weights, indexes));
    }

    /** predicted − true */
    double error(int row) {
        return predicted[row] - truth[row];
    }

    double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    /** √(Σ w (predicted − true)² / Σ w) */
    double rmse() {
        return Math.sqrt(Means.weighted(rows(), weights, row -> error(row) * error(row)));
    }

    /** Σ w |predicted − true| / Σ w */
    double mae() {
        return Means.weighted(rows(), weights, row -> Math.abs(error(row)));
    }

    /** 1 − Σ w (predicted − true)² / Σ w (true − mean)²; NaN if all true numbers are equal. */
    double r2() {
        double mean = Means.weighted(rows(), weights, row -> truth[row]);
        double squares = 0;
        double all = 0;
        boolean differ = false;
        for (int row = 0; row < rows(); row++) {
            squares += weight(row) * error(row) * error(row);
            all += weight(row) * (truth[row] - mean) * (truth[row] - mean);
            differ |= truth[row] != truth[0];
        }
        return differ ? 1 - squares / all : Double.NaN;
    }

    /** Σ w |predicted − true| / |true| / Σ w; NaN if a true number is 0. */
    double mape() {
        double mape = Means.weighted(rows(), weights, row -> Math.abs(error(row)) / Math.abs(truth[row]));
        return Double.isFinite(mape) ? mape : Double.NaN;
    }

    /** The median of |predicted − true|. */
    double medianAbsoluteError() {
        double[] errors = new double[rows()];
        Arrays.setAll(errors, row -> Math.abs(error(row)));
        return WeightedMedian.of(errors, weights);
    }
}
