package dev.descent.core.data.split;

import dev.descent.core.data.Column;
import dev.descent.core.data.SortedNumbers;
import java.util.Arrays;

/**
 * Strata of a number: its rows in bins of about as many each, from the smallest to the largest value. Equal values are
 * in the same bin. With r(x) of n rows below x, the bin of x among b bins is ⌊b · r(x) / n⌋.
 */
public final class QuantileBins {

    /** The maximum number of bins. */
    public static final int MOST = 10;

    /** Smaller bins would have no row for a part with a small share. */
    private static final int LEAST_ROWS = 5;

    private QuantileBins() {}

    /**
     * The bin of each row, from 0.
     *
     * @param rows with a value
     */
    public static int[] of(Column.Numbers column, int[] rows) {
        double[] sorted =
                Arrays.stream(rows).mapToDouble(column::value).sorted().toArray();
        long bins = Math.max(1, Math.min(MOST, rows.length / LEAST_ROWS));
        return Arrays.stream(rows)
                .map(row -> (int) (bins * SortedNumbers.below(sorted, column.value(row)) / sorted.length))
                .toArray();
    }
}
