package dev.descent.core.train.examples;

import dev.descent.core.Count;
import dev.descent.core.data.Column;
import dev.descent.core.data.split.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Reasons to doubt the scores of a training run, found in its data before it starts. */
public final class DataWarnings {

    private static final double LEAK = 0.999;
    private static final int ROWS_PER_CANCELLATION_CHECK = 1_000;

    private final PreparedData data;
    private final Split split;
    private final Runnable cancellationCheck;
    private final List<String> warnings = new ArrayList<>();

    private DataWarnings(PreparedData data, Split split, Runnable cancellationCheck) {
        this.data = data;
        this.split = split;
        this.cancellationCheck = cancellationCheck;
    }

    public static List<String> of(PreparedData data) {
        return of(data, () -> {});
    }

    /**
     * The same. Never takes more heap, on top of the data, than preparing it took.
     *
     * @param cancellationCheck called repeatedly; may throw to stop the work
     */
    public static List<String> of(PreparedData data, Runnable cancellationCheck) {
        DataWarnings check = new DataWarnings(data, data.split(), cancellationCheck);
        check.warnings.addAll(withoutTarget(data.withoutTarget(), data.task().targets()));
        check.compareWithTargets();
        check.duplicates();
        return check.warnings;
    }

    /**
     * Reasons to doubt the scores of a cross-validation. What concerns single folds is told of those of the first repeat.
     *
     * @param data of any of its fits
     * @param cancellationCheck called repeatedly; may throw to stop the work
     */
    public static List<String> ofFolds(LearnableRows rows, PreparedData data, int folds, Runnable cancellationCheck) {
        DataWarnings check = new DataWarnings(data, rows.whole(), cancellationCheck);
        check.warnings.addAll(withoutTarget(data.withoutTarget(), data.task().targets()));
        check.compareWithTargets();
        check.absence(rows, folds);
        check.duplicates(rows, folds);
        return check.warnings;
    }

    private void absence(LearnableRows rows, int folds) {
        if (!data.target().labels().isEmpty()) {
            double[] classes = data.target()
                    .encode(List.of(data.table().column(data.task().target()).orElseThrow()))
                    .get(0);
            warnings.addAll(ClassCounts.absenceInFolds(IntStream.range(0, folds)
                    .mapToObj(fold -> ClassCounts.of(data.target().labels(), classes, rows.split(fold)))
                    .toList()));
        }
    }

    /** The last bits of a hash make room for the number of the fold. */
    private void duplicates(LearnableRows rows, int folds) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(folds - 1);
        long[] hashes = new long[split.train().length];
        int filled = 0;
        for (int fold = 0; fold < folds; fold++) {
            for (long hash : hashes(rows.split(fold).validation())) {
                hashes[filled++] = (hash << bits) | fold;
            }
        }
        Arrays.sort(hashes);
        long repeated = 0;
        for (int from = 0, to = 0; from < filled; from = to) {
            long hash = hashes[from] >> bits;
            while (to < filled && hashes[to] >> bits == hash) {
                to++;
            }
            repeated += hashes[from] == hashes[to - 1] ? 0 : to - from;
        }
        if (repeated > 0) {
            warnings.add("%s the same features as a row of another fold"
                    .formatted(Count.of(repeated, "row has", "rows have")));
        }
    }

    /** The warnings about rows without a target. */
    public static List<String> withoutTarget(long rows, List<String> targets) {
        return rows == 0
                ? List.of()
                : List.of(Count.of(
                                rows,
                                "row has no value in \"%s\" and was left out",
                                "rows have no value in \"%s\" and were left out")
                        .formatted(String.join("\" or \"", targets)));
    }

    private void compareWithTargets() {
        List<double[]> targets = data.target()
                .encode(data.task().targets().stream()
                        .map(name -> data.table().column(name).orElseThrow())
                        .toList());
        classes(targets);
        leaks(targets);
    }

    private void classes(List<double[]> targets) {
        if (!data.target().labels().isEmpty()) {
            ClassCounts counts = ClassCounts.of(data.target().labels(), targets.get(0), split);
            warnings.addAll(counts.imbalance());
            warnings.addAll(counts.absence());
        }
    }

    private void leaks(List<double[]> targets) {
        for (String feature : data.task().features()) {
            Column column = data.table().column(feature).orElseThrow();
            for (int target = 0; target < targets.size(); target++) {
                cancellationCheck.run();
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

    /** Pearson's correlation; for classification only with two classes, because the indexes of more have no order. */
    private boolean followsTarget(Column.Numbers column, double[] target) {
        if (!data.target().isOrdered()) {
            return false;
        }
        int[] rows = Arrays.stream(split.train())
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

    /** Whether every level occurs with one target only, although levels are not unique to rows. */
    private boolean decides(Column.Levels column, double[] target) {
        int[] rows = split.train();
        // The last index is for missing cells.
        double[] targetOfLevel = new double[column.levels().size() + 1];
        Arrays.fill(targetOfLevel, Double.NaN);
        int found = 0;
        for (int row : rows) {
            int level = column.isMissing(row) ? targetOfLevel.length - 1 : column.codes()[row];
            if (Double.isNaN(targetOfLevel[level])) {
                targetOfLevel[level] = target[row];
                found++;
            } else if (targetOfLevel[level] != target[row]) {
                return false;
            }
        }
        return found > 1 && found <= rows.length / 2;
    }

    private void duplicates() {
        long[] seen = hashes(split.train());
        Arrays.sort(seen);
        long validation = repeated(seen, split.validation());
        long test = repeated(seen, split.test());
        if (validation > 0 && test > 0) {
            warnings.add("%s of the validation part and %d of the test part %s"
                    .formatted(Count.of(validation, "row"), test, have(validation + test)));
        } else if (validation > 0 || test > 0) {
            warnings.add("%s of the %s part %s"
                    .formatted(
                            Count.of(validation + test, "row"),
                            test > 0 ? "test" : "validation",
                            have(validation + test)));
        }
    }

    private static String have(long rows) {
        return (rows == 1 ? "has" : "have") + " the same features as a training row";
    }

    private long repeated(long[] seen, int[] rows) {
        return Arrays.stream(hashes(rows))
                .filter(hash -> Arrays.binarySearch(seen, hash) >= 0)
                .count();
    }

    private long[] hashes(int[] rows) {
        List<Column> columns = data.task().features().stream()
                .map(feature -> data.table().column(feature).orElseThrow())
                .toList();
        long[] hashes = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            if (i % ROWS_PER_CANCELLATION_CHECK == 0) {
                cancellationCheck.run();
            }
            hashes[i] = hash(columns, rows[i]);
        }
        return hashes;
    }

    /** Two different rows among ten million have the same with a probability of 3 in a million. */
    private static long hash(List<Column> columns, int row) {
        long hash = 17;
        for (Column column : columns) {
            // Adding 0 turns −0 into 0.
            long cell = column instanceof Column.Numbers numbers
                    ? Double.doubleToLongBits(numbers.value(row) + 0.0)
                    : ((Column.Levels) column).codes()[row];
            hash = (hash ^ cell) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
