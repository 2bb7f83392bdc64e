package dev.descent.job.history;

import dev.descent.core.train.EpochReport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of an epoch's metrics as clients see them, in display order. */
public final class MetricColumns {

    /** Columns of every entry, whatever a client asks for. */
    private static final List<String> FIXED = List.of("epoch", "step", "at");

    private static final Set<String> ALL = new LinkedHashSet<>(FIXED);

    static {
        ALL.addAll(EpochReport.metricNames());
    }

    private MetricColumns() {}

    public static Set<String> names() {
        return Collections.unmodifiableSet(ALL);
    }

    static @Nullable Object value(MetricPoint point, String name) {
        return switch (name) {
            case "epoch" -> point.epoch();
            case "step" -> point.step();
            case "at" -> point.at();
            default -> point.metric(name);
        };
    }

    /** The requested ones, and those of every entry. */
    static List<String> select(Set<String> wanted) {
        return ALL.stream()
                .filter(name -> FIXED.contains(name) || wanted.contains(name))
                .toList();
    }

    /** The requested metrics that a point has. */
    static Map<String, Object> select(MetricPoint point, Set<String> wanted) {
        Map<String, Object> selected = new LinkedHashMap<>();
        for (String name : select(wanted)) {
            Object value = value(point, name);
            if (value != null) {
                selected.put(name, value);
            }
        }
        return selected;
    }
}
