package dev.descent.core.train.examples;

import dev.descent.core.Plain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weight of an example of each class in the loss.
 *
 * @param balanced rows / (classes · rows of the class), counted in the training part, so that all classes have the same
 *     total weight
 * @param byLabel given weights; 1 for classes that are not listed
 */
public record ClassWeights(boolean balanced, Map<String, Double> byLabel) implements Plain {

    public static final ClassWeights BALANCED = new ClassWeights(true, Map.of());

    private static final String WORD = "balanced";
    private static final double MAX = 1e6;

    public static ClassWeights ofPlain(Object value) {
        if (WORD.equals(value)) {
            return BALANCED;
        }
        if (value instanceof Map<?, ?> map
                && map.size() <= DataFacts.MAX_CLASSES
                && map.values().stream().allMatch(weight -> weight instanceof Number number && isWeight(number))) {
            Map<String, Double> byLabel = new LinkedHashMap<>();
            map.forEach((label, weight) -> byLabel.put((String) label, ((Number) weight).doubleValue()));
            return new ClassWeights(false, byLabel);
        }
        throw new IllegalArgumentException(
                "\"balanced\", or an object with a number from 0 to %.0f per class, for up to %d classes"
                        .formatted(MAX, DataFacts.MAX_CLASSES));
    }

    private static boolean isWeight(Number number) {
        return number.doubleValue() >= 0 && number.doubleValue() <= MAX;
    }

    @Override
    public Object plain() {
        return balanced ? WORD : byLabel;
    }

    /** Above 0 if the weights are to be balanced, whatever it is then. */
    double weight(String label) {
        return balanced ? 1 : byLabel.getOrDefault(label, 1.0);
    }

    /** @param counts training rows by class */
    public double[] weights(List<String> labels, long[] counts) {
        double[] weights = new double[labels.size()];
        double rows = 0;
        for (long count : counts) {
            rows += count;
        }
        for (int label = 0; label < weights.length; label++) {
            weights[label] = balanced
                    ? rows / (weights.length * (double) Math.max(1, counts[label]))
                    : weight(labels.get(label));
        }
        return weights;
    }
}
