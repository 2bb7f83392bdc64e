package dev.descent.core.train.examples;

import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.data.Column;
import dev.descent.core.data.Split;
import dev.descent.core.data.SplitSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits the rows of a table.
 *
 * @param targets the columns to predict
 * @param classes of the target; null if it has none
 * @param rows those with a target
 */
record RowSplitter(List<Column> targets, @Nullable ClassificationTarget classes, int[] rows) {

    Split split(SplitSpec spec) {
        return spec.match(random -> Split.deal(rows, strata(random), random));
    }

    private int[] strata(SplitSpec.RandomSpec spec) {
        int[] strata = new int[rows.length];
        if (classes != null && spec.isStratified(true)) {
            double[] numbers = classes.encode(targets.get(0));
            Arrays.setAll(strata, index -> (int) numbers[rows[index]]);
        }
        return strata;
    }
}
