package dev.descent.job.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The names under which clients see the scores of an epoch, in the order in which they stand. */
public final class MetricColumns {

    /** What every entry has, whatever a client asks for. */
    static final List<String> FIXED = List.of("epoch", "step", "at");

    private static final Map<String, Function<MetricPoint, @Nullable Object>> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("epoch", MetricPoint::epoch);
        COLUMNS.put("step", MetricPoint::step);
        COLUMNS.put("at", MetricPoint::at);
        COLUMNS.put("train_loss", MetricPoint::trainLoss);
        COLUMNS.put("validation_loss", MetricPoint::validationLoss);
        COLUMNS.put("train_accuracy", MetricPoint::trainAccuracy);
        COLUMNS.put("validation_accuracy", MetricPoint::validationAccuracy);
        COLUMNS.put("train_rmse", MetricPoint::trainRmse);
        COLUMNS.put("validation_rmse", MetricPoint::validationRmse);
        COLUMNS.put("train_r2", MetricPoint::trainR2);
        COLUMNS.put("validation_r2", MetricPoint::validationR2);
        COLUMNS.put("learning_rate", MetricPoint::learningRate);
        COLUMNS.put("gradient_norm", MetricPoint::gradientNorm);
        COLUMNS.put("samples_per_second", MetricPoint::samplesPerSecond);
    }

    private MetricColumns() {}

    public static Set<String> names() {
        return COLUMNS.keySet();
    }

    static @Nullable Object value(MetricPoint point, String name) {
        return COLUMNS.getOrDefault(name, unknown -> null).apply(point);
    }

    /** The scores that a point has, among those asked for. */
    static Map<String, Object> select(MetricPoint point, Set<String> wanted) {
        Map<String, Object> selected = new LinkedHashMap<>();
        COLUMNS.forEach((name, column) -> {
            Object value = column.apply(point);
            if (value != null && (FIXED.contains(name) || wanted.contains(name))) {
                selected.put(name, value);
            }
        });
        return selected;
    }
}
