package dev.descent.core.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What the scores of held-out folds say together. With n scores sᵢ of one name, one per fold of each repeat:
 *
 * <p>mean s̄ = Σ sᵢ / n, deviation = √(Σ (sᵢ − s̄)² / (n − 1)).
 *
 * <p>The deviation says how much the scores of single folds differ. It is not the standard error of the mean: any two
 * folds share most of their training rows, so their scores are not independent.
 *
 * <p>Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning" (2nd edition, 2009), section 7.10.
 *
 * @param scores of each fold by name; what one of them lacks is in neither the means nor the deviations
 */
public record CrossValidation(List<Map<String, Double>> scores) {

    /** s̄ by name; empty without folds. */
    public Map<String, Double> mean() {
        return summarized(CrossValidation::mean);
    }

    /** The sample deviation by name; empty with fewer than two folds. */
    public Map<String, Double> deviation() {
        return scores.size() < 2 ? Map.of() : summarized(CrossValidation::deviation);
    }

    private Map<String, Double> summarized(ToDoubleFunction<double[]> summary) {
        Map<String, Double> summarized = new LinkedHashMap<>();
        Set<String> names = scores.isEmpty() ? Set.of() : scores.get(0).keySet();
        for (String name : names) {
            if (scores.stream().allMatch(fold -> fold.containsKey(name))) {
                double[] values =
                        scores.stream().mapToDouble(fold -> fold.get(name)).toArray();
                summarized.put(name, summary.applyAsDouble(values));
            }
        }
        return summarized;
    }

    private static double mean(double[] values) {
        double n = values.length;
        // Divided first: the sum of the largest losses would be infinite.
        return Arrays.stream(values).map(value -> value / n).sum();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double largest =
                Arrays.stream(values).map(value -> Math.abs(value - mean)).max().orElse(0);
        if (largest == 0) {
            return 0;
        }
        // Scaled, so that no square is infinite.
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) / largest)
                .map(deviation -> deviation * deviation)
                .sum();
        return largest * Math.sqrt(squares / (values.length - 1));
    }

    /**
     * For how many epochs to train on all rows, where nothing is held out that could tell: the median of the folds' best
     * epochs, rounded half up.
     */
    public static int epochs(List<Integer> bestEpochs) {
        int[] sorted = bestEpochs.stream().mapToInt(Integer::intValue).sorted().toArray();
        int middle = sorted.length / 2;
        boolean isOdd = sorted.length % 2 == 1;
        return isOdd ? sorted[middle] : (int) (((long) sorted[middle - 1] + sorted[middle] + 1) / 2);
    }
}
