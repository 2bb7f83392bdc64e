package dev.descent.core.train.evaluate.metrics;

import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Means that do not fail on what does not exist. */
final class Means {

    private Means() {}

    /** The mean of the figures that are not NaN; NaN if all are. */
    static double ofDefined(int count, IntToDoubleFunction figure) {
        double sum = 0;
        int defined = 0;
        for (int i = 0; i < count; i++) {
            double value = figure.applyAsDouble(i);
            if (!Double.isNaN(value)) {
                sum += value;
                defined++;
            }
        }
        return sum / defined;
    }

    /** Σ w x / Σ w */
    static double weighted(int count, double @Nullable [] weights, IntToDoubleFunction value) {
        double sum = 0;
        double weightSum = 0;
        for (int i = 0; i < count; i++) {
            double weight = weights == null ? 1 : weights[i];
            sum += weight * value.applyAsDouble(i);
            weightSum += weight;
        }
        return sum / weightSum;
    }
}
