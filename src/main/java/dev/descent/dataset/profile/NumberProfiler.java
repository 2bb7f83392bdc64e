package dev.descent.dataset.profile;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.jspecify.annotations.Nullable;

/**
 * Running mean, standard deviation (Welford 1962), range and quantiles (the KLL sketch of Karnin, Lang, Liberty 2016)
 * of numbers.
 */
final class NumberProfiler {

    private static final int SKETCH_SIZE = 2_048;

    /** Of a sketch of very many numbers. */
    private static final int SKETCH_BYTES = 50_000;

    /** How many numbers the sketch takes at a time, which is faster. */
    private static final int BATCH = 128;

    /** Of an entry of a tree with a key and a value. */
    private static final int ENTRY_BYTES = 88;

    private static final double[] SHARES = {0.25, 0.5, 0.75};

    private final NavigableMap<Double, Long> counts = new TreeMap<>();
    private double[] batch = new double[0];
    private int inBatch;
    private @Nullable KllDoublesSketch sketch;
    private long count;
    private double mean;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private boolean allWhole = true;

    /**
     * Adds a number with its frequency.
     *
     * @return false, without adding anything, if the value is NaN
     */
    boolean add(double value, long times) {
        if (Double.isNaN(value)) {
            return false;
        }
        count += times;
        double difference = value - mean;
        double share = (double) times / count;
        // The difference of two huge numbers may be infinite; the difference of their shares is not.
        mean += Double.isFinite(difference) ? difference * share : value * share - mean * share;
        squares += times * difference * (value - mean);
        min = Math.min(min, value);
        max = Math.max(max, value);
        allWhole = allWhole && value == Math.rint(value);
        if (sketch == null) {
            counts.merge(value, times, Long::sum);
        } else if (times == 1) {
            batch[inBatch++] = value;
            if (inBatch == BATCH) {
                flush(sketch);
            }
        } else {
            sketch.update(value, times);
        }
        return true;
    }

    private void flush(KllDoublesSketch numbers) {
        numbers.update(batch, 0, inBatch);
        inBatch = 0;
    }

    /**
     * Switches to estimated quantiles, for an unlimited number of distinct values. Must be called before the first
     * value.
     */
    void expectMany() {
        sketch = KllDoublesSketch.newHeapInstance(SKETCH_SIZE);
        batch = new double[BATCH];
    }

    /** About what it takes now. */
    long heapBytes() {
        return sketch == null ? (long) ENTRY_BYTES * counts.size() : Math.min(SKETCH_BYTES, 2_000 + Long.BYTES * count);
    }

    /** How many numbers there are. */
    long count() {
        return count;
    }

    /** The number of distinct values, unless {@code expectMany} was called; −0 equals 0. */
    long distinct() {
        boolean bothZeros = counts.containsKey(0.0) && counts.containsKey(-0.0);
        return bothZeros ? counts.size() - 1 : counts.size();
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }

    double mean() {
        return mean;
    }

    /** Null if the numbers are so large that their squares are infinite. */
    @Nullable
    Double deviation() {
        double deviation = count < 2 ? 0 : Math.sqrt(squares / (count - 1));
        return Double.isFinite(deviation) ? deviation : null;
    }

    boolean isWhole() {
        return allWhole;
    }

    /** Whether all are integers and as dense as a row numbering would be. */
    boolean isWholeSequence() {
        return allWhole && max - min < 2.0 * count;
    }

    Map<String, Double> quantiles() {
        Map<String, Double> quantiles = new TreeMap<>();
        if (sketch != null) {
            flush(sketch);
        }
        for (double share : SHARES) {
            quantiles.put(
                    Double.toString(share),
                    sketch == null ? quantile(share) : sketch.getQuantile(share, QuantileSearchCriteria.INCLUSIVE));
        }
        return quantiles;
    }

    /** The smallest value that is at least as large as the given share of all values. */
    private double quantile(double share) {
        long below = 0;
        for (Map.Entry<Double, Long> value : counts.entrySet()) {
            below += value.getValue();
            if (below >= share * count) {
                return value.getKey();
            }
        }
        return max;
    }
}
