package dev.descent.core.data;

import java.util.Arrays;

/** Where numbers stand among others in ascending order, which may be equal to each other. */
public final class SortedNumbers {

    private SortedNumbers() {}

    /** How many are smaller. */
    public static int below(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The index of each row's value among the distinct values of all of them. */
    public static int[] ranks(Column.Numbers column, int[] rows) {
        double[] distinct = Arrays.stream(rows)
                .mapToDouble(column::value)
                .sorted()
                .distinct()
                .toArray();
        return Arrays.stream(rows)
                .map(row -> below(distinct, column.value(row)))
                .toArray();
    }
}
