package dev.descent.job.history;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * Reads loss histories page by page: one may have a million epochs. No transaction is open between two pages, so that a
 * slow client keeps no connection.
 */
@Component
public class MetricReader {

    private static final int PAGE = 1_000;

    private final EpochRepository epochs;

    MetricReader(EpochRepository epochs) {
        this.epochs = epochs;
    }

    /** Every epoch in order. */
    public void forEach(String jobId, Consumer<MetricPoint> use) {
        int last = 0;
        List<Epoch> page;
        do {
            page = epochs.findByJobIdAndEpochGreaterThanOrderByEpoch(jobId, last, Limit.of(PAGE));
            for (Epoch epoch : page) {
                use.accept(epoch.point());
                last = epoch.getId().epoch();
            }
        } while (page.size() == PAGE);
    }

    /**
     * Points of a history.
     *
     * @param sampled whether epochs were left out
     */
    public record Sample(List<MetricPoint> points, boolean sampled) {}

    /**
     * All of a history, or its first and its last epoch, those with the lowest and the highest loss, and evenly spaced
     * ones in between.
     */
    public Sample atMost(int maxPoints, String jobId) {
        return atMost(maxPoints, use -> forEach(jobId, use));
    }

    /** @param history passes each point to what it gets; called twice if not all of them are wanted */
    static Sample atMost(int maxPoints, Consumer<Consumer<MetricPoint>> history) {
        Extremes extremes = new Extremes(maxPoints);
        history.accept(extremes::add);
        if (extremes.count <= maxPoints) {
            return new Sample(extremes.all, false);
        }
        SortedSet<Integer> kept = extremes.kept();
        List<MetricPoint> points = new ArrayList<>(kept.size());
        history.accept(new Consumer<>() {
            private int index;

            @Override
            public void accept(MetricPoint point) {
                if (kept.contains(index++)) {
                    points.add(point);
                }
            }
        });
        return new Sample(points, true);
    }

    /** What the choice depends on. */
    private static final class Extremes {

        private final int maxPoints;
        private List<MetricPoint> all = new ArrayList<>();
        private int count;
        private int least;
        private int most;
        private double leastLoss;
        private double mostLoss;

        Extremes(int maxPoints) {
            this.maxPoints = maxPoints;
        }

        void add(MetricPoint point) {
            double loss = point.decisiveLoss();
            if (count == 0 || loss < leastLoss || Double.isNaN(leastLoss)) {
                least = count;
                leastLoss = loss;
            }
            if (count == 0 || loss > mostLoss || Double.isNaN(mostLoss)) {
                most = count;
                mostLoss = loss;
            }
            if (count < maxPoints) {
                all.add(point);
            } else if (count == maxPoints) {
                all = List.of();
            }
            count++;
        }

        SortedSet<Integer> kept() {
            SortedSet<Integer> kept = new TreeSet<>(List.of(0));
            kept.add(count - 1);
            kept.add(least);
            kept.add(most);
            int between = maxPoints - kept.size();
            for (int i = 1; i <= between; i++) {
                kept.add((int) Math.round((double) i * (count - 1) / (between + 1)));
            }
            return kept;
        }
    }
}
