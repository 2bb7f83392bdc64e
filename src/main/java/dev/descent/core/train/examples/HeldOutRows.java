package dev.descent.core.train.examples;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Rows that a fit is not trained on.
 *
 * @param rows of the table, ascending
 * @param targets by target, the number of the class of each row, or the number to predict as the table has it
 */
public record HeldOutRows(int[] rows, List<double[]> targets) {

    /** Per row. */
    public static int bytes(int targets) {
        return Integer.BYTES + targets * Double.BYTES;
    }

    static HeldOutRows of(int[] rows, List<IntToDoubleFunction> targets) {
        return new HeldOutRows(
                rows,
                targets.stream()
                        .map(target -> Arrays.stream(rows).mapToDouble(target).toArray())
                        .toList());
    }
}
