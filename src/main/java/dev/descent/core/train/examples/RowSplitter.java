package dev.descent.core.train.examples;

import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.data.Column;
import dev.descent.core.data.Table;
import dev.descent.core.data.split.Folds;
import dev.descent.core.data.split.QuantileBins;
import dev.descent.core.data.split.Split;
import dev.descent.core.data.split.SplitSpec;
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
record RowSplitter(
        Table table, List<Column> targets, @Nullable ClassificationTarget classes, int[] rows) {

    /** What is wrong with the column by which the rows are split; nothing if there is none. */
    SplitKey key(SplitSpec spec) {
        return spec.match(
                random -> SplitKey.SOUND,
                column -> SplitKey.ofParts((Column.Levels) column(column.column()), rows),
                time -> SplitKey.of(column(time.time()), rows),
                group -> SplitKey.of(column(group.group()), rows),
                folds -> folds.group() == null ? SplitKey.SOUND : SplitKey.of(column(folds.group()), rows));
    }

    /** How the rows are split once; with folds, what is left to do when each has been held out. */
    Split split(SplitSpec spec) {
        return spec.match(
                random -> Split.deal(rows, strata(random.isStratified(classes != null)), random),
                column -> Split.byPart(rows, (Column.Levels) column(column.column())),
                time -> Split.byTime(rows, (Column.Numbers) column(time.time()), time),
                group -> Split.byGroup(rows, column(group.group()), group),
                folds -> Split.ofTraining(rows));
    }

    /** Deals the rows once into folds. */
    Folds folds(SplitSpec.FoldsSpec spec, int repeat) {
        return spec.group() == null
                ? Folds.deal(rows, strata(spec.isStratified(classes != null)), spec.folds(), spec.seed(), repeat)
                : Folds.dealGroups(rows, Split.groups(column(spec.group()), rows), spec.folds(), spec.seed(), repeat);
    }

    /** How many different groups a column has. */
    int groups(String column) {
        return (int)
                Arrays.stream(Split.groups(column(column), rows)).distinct().count();
    }

    private Column column(String name) {
        return table.column(name).orElseThrow();
    }

    private int[] strata(boolean stratified) {
        int[] strata = new int[rows.length];
        if (targets.isEmpty() || !stratified) {
            return strata;
        }
        if (classes == null) {
            return QuantileBins.of((Column.Numbers) targets.get(0), rows);
        }
        double[] numbers = classes.encode(targets.get(0));
        Arrays.setAll(strata, index -> (int) numbers[rows[index]]);
        return strata;
    }
}
