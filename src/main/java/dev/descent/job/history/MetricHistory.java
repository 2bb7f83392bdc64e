package dev.descent.job.history;

import dev.descent.core.Name;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The loss history of a job.
 *
 * @param data one object per epoch, with the scores that exist
 * @param sampled whether epochs were left out
 */
public record MetricHistory(
        @Name("object") String object,
        @Name("data") List<Map<String, Object>> data,
        @Name("sampled") boolean sampled) {

    /**
     * Keeps the first and the last epoch, those with the lowest and the highest loss, and evenly spaced ones in
     * between.
     */
    public static MetricHistory of(List<MetricPoint> all, int maxPoints, Set<String> keys) {
        List<MetricPoint> kept = atMost(maxPoints, all);
        return new MetricHistory(
                "metric_history",
                kept.stream().map(point -> MetricColumns.select(point, keys)).toList(),
                kept.size() < all.size());
    }

    static List<MetricPoint> atMost(int maxPoints, List<MetricPoint> all) {
        return all.size() <= maxPoints ? all : sample(all, maxPoints);
    }

    private static List<MetricPoint> sample(List<MetricPoint> all, int maxPoints) {
        SortedSet<Integer> kept = new TreeSet<>();
        kept.add(0);
        kept.add(all.size() - 1);
        kept.add(least(all, MetricPoint::decisiveLoss));
        kept.add(least(all, point -> -point.decisiveLoss()));
        int between = maxPoints - kept.size();
        for (int i = 1; i <= between; i++) {
            kept.add((int) Math.round((double) i * (all.size() - 1) / (between + 1)));
        }
        return kept.stream().map(all::get).toList();
    }

    private static int least(List<MetricPoint> all, ToDoubleFunction<MetricPoint> measure) {
        int least = 0;
        for (int i = 1; i < all.size(); i++) {
            if (measure.applyAsDouble(all.get(i)) < measure.applyAsDouble(all.get(least))) {
                least = i;
            }
        }
        return least;
    }
}
