package dev.descent.core.train.evaluate.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;

/** The rows that a model fails at most. */
final class LargestErrors {

    private static final int MOST = 20;

    private LargestErrors() {}

    /** The indexes of the largest values, largest first; the earlier first in case of a tie. */
    static List<Integer> of(int count, IntToDoubleFunction size) {
        Comparator<Integer> largestFirst = Comparator.<Integer>comparingDouble(i -> -size.applyAsDouble(i))
                .thenComparing(Comparator.naturalOrder());
        PriorityQueue<Integer> kept = new PriorityQueue<>(largestFirst.reversed());
        for (int i = 0; i < count; i++) {
            kept.add(i);
            if (kept.size() > MOST) {
                kept.remove();
            }
        }
        return kept.stream().sorted(largestFirst).toList();
    }
}
