package dev.descent.core.train.examples;

import dev.descent.core.Count;
import dev.descent.core.Excerpt;
import dev.descent.core.data.Column;
import dev.descent.core.data.split.Split;
import dev.descent.core.data.split.SplitSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the column by which rows are split, in rows with a target.
 *
 * @param missing null if no row lacks a value
 * @param strange the values that name no part, where they should
 */
public record SplitKey(@Nullable Misfit missing, List<Misfit> strange) {

    /** The strange values that a message repeats. */
    private static final int MOST_SHOWN = 5;

    public static final SplitKey SOUND = new SplitKey(null, List.of());

    /**
     * A value that cannot be used.
     *
     * @param firstRow the first row with it, counted from 1; null if unknown
     */
    public record Misfit(String value, long rows, @Nullable Integer firstRow) {

        private String inRows() {
            return "in " + Count.of(rows, "row")
                    + (firstRow == null ? "" : " (the first is row %d)".formatted(firstRow));
        }
    }

    public SplitKey {
        strange = strange.stream()
                .sorted(Comparator.comparingLong(Misfit::rows).reversed().thenComparing(Misfit::value))
                .toList();
    }

    /** Of a column with any values. */
    static SplitKey of(Column column, int[] rows) {
        int[] missing = Arrays.stream(rows).filter(column::isMissing).toArray();
        return missing.length == 0 ? SOUND : new SplitKey(new Misfit("", missing.length, missing[0] + 1), List.of());
    }

    /** Of a column whose values name parts. */
    static SplitKey ofParts(Column.Levels column, int[] rows) {
        int levels = column.levels().size();
        int[] counts = new int[levels];
        int[] first = new int[levels];
        for (int row : rows) {
            int level = column.codes()[row];
            if (level >= 0 && counts[level]++ == 0) {
                first[level] = row + 1;
            }
        }
        List<Misfit> strange = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            if (counts[level] > 0 && !Split.PARTS.contains(column.levels().get(level))) {
                strange.add(new Misfit(column.levels().get(level), counts[level], first[level]));
            }
        }
        return new SplitKey(of(column, rows).missing(), strange);
    }

    boolean isSound() {
        return missing == null && strange.isEmpty();
    }

    List<DataViolation> violations(SplitSpec.Key key) {
        String field = "split/" + key.field();
        List<DataViolation> violations = new ArrayList<>();
        if (missing != null) {
            violations.add(new DataViolation(
                    field,
                    "\"%s\" is missing %s; accepted: a value in every row"
                            .formatted(Excerpt.of(key.column()), missing.inRows())));
        }
        if (!strange.isEmpty()) {
            String shown = strange.stream()
                    .limit(MOST_SHOWN)
                    .map(misfit -> "\"%s\" %s".formatted(Excerpt.of(misfit.value()), misfit.inRows()))
                    .collect(Collectors.joining(", "));
            violations.add(new DataViolation(
                    field,
                    "\"%s\" is %s%s; accepted: %s"
                            .formatted(Excerpt.of(key.column()), shown, others(), String.join(", ", Split.PARTS))));
        }
        return violations;
    }

    private String others() {
        long rows = strange.stream().skip(MOST_SHOWN).mapToLong(Misfit::rows).sum();
        return rows == 0
                ? ""
                : " and %s in %s"
                        .formatted(Count.of(strange.size() - MOST_SHOWN, "other value"), Count.of(rows, "row"));
    }
}
