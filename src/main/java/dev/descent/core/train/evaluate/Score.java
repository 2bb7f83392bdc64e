package dev.descent.core.train.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How well a network did on some examples.
 *
 * @param loss the mean loss per example
 * @param accuracy the share of examples whose most probable class is the true one; classification only
 * @param rmse the root of the mean squared error, in the target's unit; regression only
 * @param r2 1 − squared error / squared deviation from the mean; regression only; NaN if all targets are equal
 */
public record Score(
        double loss,
        @Nullable Double accuracy,
        @Nullable Double rmse,
        @Nullable Double r2) {

    /** Each measure by its public name; a new one needs its component and a line here. */
    private static final Map<String, Function<Score, @Nullable Double>> MEASURES = new LinkedHashMap<>();

    static {
        MEASURES.put("loss", Score::loss);
        MEASURES.put("accuracy", Score::accuracy);
        MEASURES.put("rmse", Score::rmse);
        MEASURES.put("r2", Score::r2);
    }

    /** The names of all measures, in display order. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(MEASURES.keySet());
    }

    /** A measure by name; null if it does not exist for these examples. */
    public @Nullable Double measure(String name) {
        Double value = MEASURES.getOrDefault(name, unknown -> null).apply(this);
        return value != null && Double.isFinite(value) ? value : null;
    }
}
