package dev.descent.core.train.evaluate;

import dev.descent.core.data.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Divides the rows of a part by a column: by level, or into bins of nearly equally many rows by number. */
public final class PartSlices {

    private static final int MOST_LEVELS = 20;
    private static final int BINS = 5;

    private PartSlices() {}

    /**
     * Some rows of a part.
     *
     * @param kind which fields say what they have in common
     * @param level of all of them
     * @param from their least number
     * @param to their largest
     * @param indexes of the rows in the part, ascending
     */
    public record Slice(
            Kind kind,
            @Nullable String level,
            @Nullable Double from,
            @Nullable Double to,
            int[] indexes) {}

    public enum Kind {
        LEVEL,
        /** The levels that are rarer than those that have a slice of their own. */
        OTHER_LEVELS,
        RANGE,
        /** The cell is empty. */
        MISSING
    }

    /** @param rows of the part, by their numbers in the column */
    public static List<Slice> of(Column column, int[] rows) {
        List<Slice> slices = new ArrayList<>(
                column instanceof Column.Numbers numbers
                        ? ofNumbers(numbers, rows)
                        : ofLevels((Column.Levels) column, rows));
        int[] missing = indexes(rows, column::isMissing);
        if (missing.length > 0) {
            slices.add(new Slice(Kind.MISSING, null, null, null, missing));
        }
        return slices;
    }

    private static int[] indexes(int[] rows, IntPredicate isIn) {
        return IntStream.range(0, rows.length)
                .filter(index -> isIn.test(rows[index]))
                .toArray();
    }

    /** The most frequent levels, the most frequent first. */
    private static List<Slice> ofLevels(Column.Levels column, int[] rows) {
        Map<Integer, Integer> counts = new TreeMap<>();
        Arrays.stream(rows)
                .map(row -> column.codes()[row])
                .filter(code -> code >= 0)
                .forEach(code -> counts.merge(code, 1, Integer::sum));
        List<Integer> frequent = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_LEVELS)
                .map(Map.Entry::getKey)
                .toList();
        List<Slice> slices = new ArrayList<>();
        for (int code : frequent) {
            slices.add(new Slice(
                    Kind.LEVEL,
                    column.levels().get(code),
                    null,
                    null,
                    indexes(rows, row -> column.codes()[row] == code)));
        }
        int[] others = indexes(rows, row -> column.codes()[row] >= 0 && !frequent.contains(column.codes()[row]));
        if (others.length > 0) {
            slices.add(new Slice(Kind.OTHER_LEVELS, null, null, null, others));
        }
        return slices;
    }

    /** Equal numbers are in one bin. */
    private static List<Slice> ofNumbers(Column.Numbers column, int[] rows) {
        double[] sorted = Arrays.stream(rows)
                .filter(row -> !column.isMissing(row))
                .mapToDouble(column::value)
                .sorted()
                .toArray();
        List<Slice> slices = new ArrayList<>();
        int from = 0;
        while (from < sorted.length) {
            int to = Math.max(from + 1, (int) ((long) sorted.length * (slices.size() + 1) / BINS));
            while (to < sorted.length && sorted[to] == sorted[to - 1]) {
                to++;
            }
            double least = sorted[from];
            double largest = sorted[to - 1];
            slices.add(new Slice(
                    Kind.RANGE,
                    null,
                    least,
                    largest,
                    indexes(rows, row -> column.value(row) >= least && column.value(row) <= largest)));
            from = to;
        }
        return slices;
    }
}
