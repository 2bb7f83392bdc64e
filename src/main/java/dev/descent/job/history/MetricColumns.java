package dev.descent.job.history;

import dev.descent.core.train.EpochReport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The names of an epoch's metrics as clients see them, in display order. */
public final class MetricColumns {

    /** Columns of every entry, whatever a client asks for. */
    private static final List<String> FIXED = List.of("epoch", "step", "at");

    /** Further columns of the entries of a cross-validation, whatever a client asks for. */
    private static final List<String> OF_FOLDS = List.of("repeat", "fold");

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
            case "repeat" -> point.repeat();
            case "fold" -> point.fold();
            case "epoch" -> point.epoch();
            case "step" -> point.step();
            case "at" -> point.at();
            default -> point.metric(name);
        };
    }

    /**
     * The requested ones, and those of every entry.
     *
     * @param hasFolds whether it is the history of a cross-validation
     */
    static List<String> select(Set<String> wanted, boolean hasFolds) {
        Stream<String> selected = ALL.stream().filter(name -> FIXED.contains(name) || wanted.contains(name));
        return Stream.concat(hasFolds ? OF_FOLDS.stream() : Stream.of(), selected)
                .toList();
    }

    /** The requested metrics that a point has. */
    static Map<String, Object> select(MetricPoint point, Set<String> wanted) {
        Map<String, Object> selected = new LinkedHashMap<>();
        for (String name : select(wanted, true)) {
            Object value = value(point, name);
            if (value != null) {
                selected.put(name, value);
            }
        }
        return selected;
    }
}
