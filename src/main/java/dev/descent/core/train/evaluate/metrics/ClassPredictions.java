package dev.descent.core.train.evaluate.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a model says about n rows with k classes, and what they are.
 *
 * @param classes k
 * @param truth n class indexes
 * @param probabilities n × k, row by row; those of a row add up to 1
 * @param weights of the rows, 0 or above; null if all count equally
 */
public record ClassPredictions(int classes, int[] truth, double[] probabilities, double @Nullable [] weights) {

    public ClassPredictions {
        if ((long) truth.length * classes != probabilities.length
                || (weights != null && weights.length != truth.length)) {
            throw new IllegalArgumentException("%d rows of %d classes have %d probabilities"
                    .formatted(truth.length, classes, probabilities.length));
        }
    }

    public int rows() {
        return truth.length;
    }

    /** Some of the rows, by their indexes. */
    public ClassPredictions subset(int[] indexes) {
        double[] some = new double[indexes.length * classes];
        for (int i = 0; i < indexes.length; i++) {
            System.arraycopy(probabilities, indexes[i] * classes, some, i * classes, classes);
        }
        return new ClassPredictions(
                classes,
                Arrays.stream(indexes).map(index -> truth[index]).toArray(),
                some,
                Subset.of(weights, indexes));
    }

    double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    double weightSum() {
        return weights == null ? rows() : Arrays.stream(weights).sum();
    }

    public double probability(int row, int label) {
        return probabilities[row * classes + label];
    }

    /** The most probable class; the first one in case of a tie. */
    public int predicted(int row) {
        int best = 0;
        for (int label = 1; label < classes; label++) {
            if (probability(row, label) > probability(row, best)) {
                best = label;
            }
        }
        return best;
    }

    /** The probability of a class in each row. */
    double[] scores(int label) {
        double[] scores = new double[rows()];
        Arrays.setAll(scores, row -> probability(row, label));
        return scores;
    }
}
