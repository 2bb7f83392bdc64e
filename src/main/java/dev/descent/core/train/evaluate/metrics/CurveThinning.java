package dev.descent.core.train.evaluate.metrics;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Chooses the points of a curve that keep its form: the ends, and again and again the point that is farthest from the
 * line between its chosen neighbours. Points on a straight line are never chosen.
 *
 * <p>Source: Douglas, Peucker, "Algorithms for the reduction of the number of points required to represent a digitized
 * line or its caricature" (1973), ended by a number of points.
 */
final class CurveThinning {

    /** A point nearer than this to the line lies on it. */
    private static final double STRAIGHT = 1e-12;

    private final IntToDoubleFunction x;
    private final IntToDoubleFunction y;

    private CurveThinning(IntToDoubleFunction x, IntToDoubleFunction y) {
        this.x = x;
        this.y = y;
    }

    /**
     * The indexes of the chosen points in ascending order.
     *
     * @param count of the points
     * @param most that are chosen, 2 or more
     */
    static int[] choose(int count, int most, IntToDoubleFunction x, IntToDoubleFunction y) {
        if (count <= 2) {
            return IntStream.range(0, count).toArray();
        }
        CurveThinning curve = new CurveThinning(x, y);
        PriorityQueue<Gap> gaps = new PriorityQueue<>(
                Comparator.comparingDouble(Gap::distance).reversed().thenComparingInt(Gap::from));
        gaps.add(curve.gap(0, count - 1));
        IntStream.Builder chosen = IntStream.builder().add(0).add(count - 1);
        for (int points = 2; points < most && !gaps.isEmpty(); points++) {
            Gap widest = gaps.remove();
            if (!(widest.distance > STRAIGHT)) {
                break;
            }
            chosen.add(widest.farthest);
            gaps.add(curve.gap(widest.from, widest.farthest));
            gaps.add(curve.gap(widest.farthest, widest.to));
        }
        return chosen.build().sorted().toArray();
    }

    /** Between two chosen points. */
    private record Gap(int from, int to, int farthest, double distance) {}

    private Gap gap(int from, int to) {
        double x0 = x.applyAsDouble(from);
        double y0 = y.applyAsDouble(from);
        double dx = x.applyAsDouble(to) - x0;
        double dy = y.applyAsDouble(to) - y0;
        double length = Math.hypot(dx, dy);
        int farthest = from;
        double distance = 0;
        for (int i = from + 1; i < to; i++) {
            double px = x.applyAsDouble(i) - x0;
            double py = y.applyAsDouble(i) - y0;
            double away = length == 0 ? Math.hypot(px, py) : Math.abs(dx * py - dy * px) / length;
            if (away > distance) {
                farthest = i;
                distance = away;
            }
        }
        return new Gap(from, to, farthest, distance);
    }
}
