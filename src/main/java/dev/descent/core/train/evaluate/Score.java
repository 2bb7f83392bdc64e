package dev.descent.core.train.evaluate;

import dev.descent.core.Name;
import dev.descent.core.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well a network did on some examples.
 *
 * @param loss the mean loss per example
 * @param measures those that the task has
 */
public record Score(double loss, Map<Measure, Double> measures) {

    /** Everything that is measured besides the loss, in display order. A new measure is a line here. */
    public enum Measure {
        /** The share of examples whose most probable class is the true one; classification only. */
        @Name("accuracy")
        ACCURACY,
        /** The root of the mean squared error, in the target's unit; regression only. */
        @Name("rmse")
        RMSE,
        /** 1 − squared error / squared deviation from the mean; regression only; NaN if all targets are equal. */
        @Name("r2")
        R2
    }

    private static final String LOSS = "loss";
    private static final Map<String, Measure> MEASURES = new LinkedHashMap<>();

    static {
        for (Measure measure : Measure.values()) {
            MEASURES.put(Names.of(measure), measure);
        }
    }

    public Score {
        measures = Map.copyOf(measures);
    }

    /** The names of the loss and of all measures, in display order. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(List.of(LOSS));
        names.addAll(MEASURES.keySet());
        return names;
    }

    /** The loss or a measure by name; null if it does not exist for these examples. */
    public @Nullable Double value(String name) {
        Double value = name.equals(LOSS) ? Double.valueOf(loss) : measure(MEASURES.get(name));
        return value != null && Double.isFinite(value) ? value : null;
    }

    private @Nullable Double measure(@Nullable Measure measure) {
        return measure == null ? null : measures.get(measure);
    }
}
