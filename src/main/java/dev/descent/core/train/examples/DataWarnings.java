package dev.descent.core.train.examples;

import dev.descent.core.Count;
import dev.descent.core.data.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What should make one doubt the scores of a training run, found in its data before it starts. */
public final class DataWarnings {

    private static final double LEAK = 0.999;
    private static final double RARE = 0.1;

    private final PreparedData data;
    private final List<double[]> targets;
    private final List<String> warnings = new ArrayList<>();

    private DataWarnings(PreparedData data) {
        this.data = data;
        this.targets = data.target()
                .encode(data.task().targets().stream()
                        .map(name -> data.table().column(name).orElseThrow())
                        .toList());
    }

    public static List<String> of(PreparedData data) {
        DataWarnings check = new DataWarnings(data);
        check.missingTargets();
        check.imbalance();
        check.leaks();
        check.duplicates();
        return check.warnings;
    }

    private void missingTargets() {
        if (data.withoutTarget() > 0) {
            warnings.add(Count.of(
                            data.withoutTarget(),
                            "row has no value in \"%s\" and was left out",
                            "rows have no value in \"%s\" and were left out")
                    .formatted(String.join("\" or \"", data.task().targets())));
        }
    }

    private void imbalance() {
        List<String> labels = data.target().labels();
        if (labels.isEmpty()) {
            return;
        }
        long[] counts = new long[labels.size()];
        Arrays.stream(data.split().train()).forEach(row -> counts[(int) targets.get(0)[row]]++);
        long most = Arrays.stream(counts).max().orElse(0);
        for (int label = 0; label < counts.length; label++) {
            if (counts[label] < RARE * most) {
                warnings.add("Class \"%s\" has %s where the most frequent class has %d"
                        .formatted(labels.get(label), Count.of(counts[label], "training row"), most));
            }
        }
    }

    private void leaks() {
        for (String feature : data.task().features()) {
            Column column = data.table().column(feature).orElseThrow();
            for (int target = 0; target < targets.size(); target++) {
                double[] values = targets.get(target);
                boolean leaks = column instanceof Column.Numbers numbers
                        ? followsTarget(numbers, values)
                        : decides((Column.Levels) column, values);
                if (leaks) {
                    warnings.add("Column \"%s\" alone says what \"%s\" is; is it known before the prediction?"
                            .formatted(feature, data.task().targets().get(target)));
                }
            }
        }
    }

    /** Pearson's correlation; for classes only where there are two, since the numbers of more have no order. */
    private boolean followsTarget(Column.Numbers column, double[] target) {
        if (!data.target().isOrdered()) {
            return false;
        }
        int[] rows = Arrays.stream(data.split().train())
                .filter(row -> !column.isMissing(row))
                .toArray();
        double n = Math.max(1, rows.length);
        double meanX =
                Arrays.stream(rows).mapToDouble(row -> column.value(row) / n).sum();
        double meanY = Arrays.stream(rows).mapToDouble(row -> target[row] / n).sum();
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int row : rows) {
            double x = column.value(row) - meanX;
            double y = target[row] - meanY;
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }
        return xx > 0 && yy > 0 && Math.abs(xy) / Math.sqrt(xx * yy) > LEAK;
    }

    /** Whether every level comes with one target only, though levels are not unique to rows. */
    private boolean decides(Column.Levels column, double[] target) {
        Map<Integer, Double> targetOfLevel = new HashMap<>();
        int[] rows = data.split().train();
        for (int row : rows) {
            Double before = targetOfLevel.putIfAbsent(column.codes()[row], target[row]);
            if (before != null && before != target[row]) {
                return false;
            }
        }
        return targetOfLevel.size() > 1 && targetOfLevel.size() <= rows.length / 2;
    }

    private void duplicates() {
        List<Column> columns = data.task().features().stream()
                .map(feature -> data.table().column(feature).orElseThrow())
                .toList();
        Set<Long> seen = new HashSet<>();
        Arrays.stream(data.split().train()).forEach(row -> seen.add(hash(columns, row)));
        long repeated = Arrays.stream(data.split().validation())
                        .filter(row -> seen.contains(hash(columns, row)))
                        .count()
                + Arrays.stream(data.split().test())
                        .filter(row -> seen.contains(hash(columns, row)))
                        .count();
        if (repeated > 0) {
            warnings.add(Count.of(
                            repeated,
                            "row of the validation and test parts has",
                            "rows of the validation and test parts have")
                    + " the same features as a training row");
        }
    }

    private static long hash(List<Column> columns, int row) {
        long hash = 17;
        for (Column column : columns) {
            long cell = column instanceof Column.Numbers numbers
                    ? Double.doubleToLongBits(numbers.value(row))
                    : ((Column.Levels) column).codes()[row];
            hash = (hash ^ cell) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
