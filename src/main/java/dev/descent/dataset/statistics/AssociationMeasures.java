package dev.descent.dataset.statistics;

import dev.descent.dataset.statistics.Association.Measure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures of association between two columns, over the rows in which both have a value.
 *
 * <ul>
 *   <li>Pearson's correlation and Spearman's (Pearson's of the ranks, ties sharing their mean rank).
 *   <li>The correlation ratio (Pearson 1903): η = √(SS<sub>between</sub> / SS<sub>total</sub>). Its strength is √ε²,
 *       with ε² = 1 − (1 − η²)(n − 1)/(n − k) for k levels (Kelley 1935).
 *   <li>Cramér's V = √(φ² / min(r − 1, c − 1)), φ² = χ²/n. Its strength is corrected for bias (Bergsma 2013).
 * </ul>
 */
final class AssociationMeasures {

    private final String column;
    private final Sample.Values values;
    private final Sample.Values target;
    private final int[] rows;

    private AssociationMeasures(String column, Sample.Values values, Sample.Values target) {
        this.column = column;
        this.values = values;
        this.target = target;
        this.rows = IntStream.range(0, values.cells().length)
                .filter(row -> !Double.isNaN(values.cells()[row]) && !Double.isNaN(target.cells()[row]))
                .toArray();
    }

    static Association between(String column, Sample.Values values, Sample.Values target) {
        AssociationMeasures measures = new AssociationMeasures(column, values, target);
        if (values.areLevels() && target.areLevels()) {
            return measures.cramersV();
        }
        if (values.areLevels() || target.areLevels()) {
            return values.areLevels()
                    ? measures.correlationRatio(values, target)
                    : measures.correlationRatio(target, values);
        }
        return measures.correlation();
    }

    private double[] present(Sample.Values of) {
        return Arrays.stream(rows).mapToDouble(row -> of.cells()[row]).toArray();
    }

    private Association correlation() {
        double[] x = present(values);
        double[] y = present(target);
        Double pearson = pearson(x, y);
        Double spearman = pearson(ranks(x), ranks(y));
        double strength = Math.max(pearson == null ? 0 : Math.abs(pearson), spearman == null ? 0 : Math.abs(spearman));
        return new Association(column, Measure.PEARSON, pearson, spearman, strength, rows.length);
    }

    private static @Nullable Double pearson(double[] x, double[] y) {
        // Scaled, so that squares of huge numbers are finite.
        double scaleX = largest(x);
        double scaleY = largest(y);
        double meanX = Arrays.stream(x).map(value -> value / scaleX).average().orElse(0);
        double meanY = Arrays.stream(y).map(value -> value / scaleY).average().orElse(0);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] / scaleX - meanX;
            double dy = y[i] / scaleY - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        boolean isConstant = isConstant(x) || isConstant(y) || xx == 0 || yy == 0;
        return isConstant ? null : Math.max(-1, Math.min(1, xy / (Math.sqrt(xx) * Math.sqrt(yy))));
    }

    private static double largest(double[] values) {
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        return largest == 0 ? 1 : largest;
    }

    private static boolean isConstant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    private static double[] ranks(double[] values) {
        double[] sorted = values.clone();
        // 0 and −0 are one value.
        Arrays.setAll(sorted, i -> sorted[i] + 0.0);
        Arrays.sort(sorted);
        Map<Double, Double> ranks = new HashMap<>();
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            ranks.put(sorted[from], (from + to - 1) / 2.0);
            from = to;
        }
        return Arrays.stream(values)
                .map(value -> ranks.getOrDefault(value + 0.0, 0.0))
                .toArray();
    }

    private Association correlationRatio(Sample.Values levels, Sample.Values numbers) {
        int[] codes = codes(levels);
        double[] y = present(numbers);
        int count = 1 + Arrays.stream(codes).max().orElse(-1);
        double scale = largest(y);
        double mean = Arrays.stream(y).map(value -> value / scale).average().orElse(0);
        double[] sums = new double[count];
        int[] sizes = new int[count];
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            double difference = y[i] / scale - mean;
            sums[codes[i]] += difference;
            sizes[codes[i]]++;
            total += difference * difference;
        }
        double between = 0;
        for (int level = 0; level < count; level++) {
            between += sums[level] * sums[level] / sizes[level];
        }
        if (count < 2 || total == 0 || isConstant(y)) {
            return new Association(column, Measure.CORRELATION_RATIO, null, null, 0, rows.length);
        }
        double ratio = Math.min(1, between / total);
        int n = y.length;
        double corrected = n == count ? 0 : Math.max(0, 1 - (1 - ratio) * (n - 1) / (n - count));
        return new Association(
                column, Measure.CORRELATION_RATIO, Math.sqrt(ratio), null, Math.sqrt(corrected), rows.length);
    }

    /** The levels in these rows, numbered from 0 without a gap. */
    private int[] codes(Sample.Values levels) {
        Map<Double, Integer> codes = new HashMap<>();
        return Arrays.stream(rows)
                .map(row -> codes.computeIfAbsent(levels.cells()[row], level -> codes.size()))
                .toArray();
    }

    private Association cramersV() {
        int[] x = codes(values);
        int[] y = codes(target);
        int width = 1 + Arrays.stream(x).max().orElse(-1);
        int height = 1 + Arrays.stream(y).max().orElse(-1);
        if (width < 2 || height < 2) {
            return new Association(column, Measure.CRAMERS_V, null, null, 0, rows.length);
        }
        int n = x.length;
        int[][] counts = new int[width][height];
        int[] ofX = new int[width];
        int[] ofY = new int[height];
        for (int i = 0; i < n; i++) {
            counts[x[i]][y[i]]++;
            ofX[x[i]]++;
            ofY[y[i]]++;
        }
        // χ²/n = Σ observed² / (row · column) − 1.
        double phi = -1;
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < height; j++) {
                phi += (double) counts[i][j] * counts[i][j] / ((double) ofX[i] * ofY[j]);
            }
        }
        phi = Math.max(0, phi);
        double value = Math.min(1, Math.sqrt(phi / (Math.min(width, height) - 1)));
        double less = Math.max(0, phi - (width - 1.0) * (height - 1.0) / (n - 1));
        double narrower = width - (width - 1.0) * (width - 1) / (n - 1);
        double lower = height - (height - 1.0) * (height - 1) / (n - 1);
        double most = Math.min(narrower, lower) - 1;
        double strength = most <= 0 ? 0 : Math.min(1, Math.sqrt(less / most));
        return new Association(column, Measure.CRAMERS_V, value, null, strength, rows.length);
    }
}
