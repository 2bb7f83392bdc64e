package dev.descent.job.history;

import dev.descent.core.Name;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** @param keys the scores to show */
    public static MetricHistory of(MetricReader.Sample sample, Set<String> keys) {
        List<MetricPoint> points = sample.points();
        // Each object is made when it is written: together they take as much again as the points.
        List<Map<String, Object>> data = new AbstractList<>() {
            @Override
            public Map<String, Object> get(int index) {
                return MetricColumns.select(points.get(index), keys);
            }

            @Override
            public int size() {
                return points.size();
            }
        };
        return new MetricHistory("metric_history", data, sample.sampled());
    }
}
