package dev.descent.job.specification;

import dev.descent.core.data.split.PartSizes;
import dev.descent.core.data.split.QuantileBins;
import dev.descent.core.data.split.Split;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.train.examples.DataFacts;
import dev.descent.core.train.examples.SplitKey;
import dev.descent.dataset.DatasetInfo;
import dev.descent.dataset.profile.ColumnProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a dataset would be split, as far as its profile says. */
final class ProfiledSplit {

    private final SplitSpec spec;
    private final DatasetInfo dataset;
    private final List<ColumnProfile> targets;
    private final @Nullable ColumnProfile classTarget;
    private final int mostRows;
    private final boolean knowsRows;

    /**
     * @param classTarget null if the target has no classes
     * @param mostRows with a target
     * @param knowsRows whether that is their exact number
     */
    ProfiledSplit(
            SplitSpec spec,
            DatasetInfo dataset,
            List<ColumnProfile> targets,
            @Nullable ColumnProfile classTarget,
            int mostRows,
            boolean knowsRows) {
        this.spec = spec;
        this.dataset = dataset;
        this.targets = targets;
        this.classTarget = classTarget;
        this.mostRows = mostRows;
        this.knowsRows = knowsRows;
    }

    /** Upper bounds unless {@link #isExact}. */
    PartSizes sizes() {
        return spec.match(
                this::sizesOfRandom, this::sizesByColumn, this::sizesByTime, this::sizesByGroup, this::sizesOfFolds);
    }

    boolean isExact() {
        return knowsRows
                && spec.match(this::knowsStrata, this::knowsParts, time -> false, group -> false, folds -> false);
    }

    private PartSizes sizesOfRandom(SplitSpec.RandomSpec random) {
        if (!isExact()) {
            return Split.mostSizes(mostRows, mostStrata(random), random.shares());
        }
        List<ColumnProfile.LevelCount> levels = classTarget == null ? null : classTarget.allLevels();
        int[] strata = isStratified(random) && levels != null
                ? levels.stream()
                        .mapToInt(level -> Math.toIntExact(level.count()))
                        .toArray()
                : new int[] {mostRows};
        return Split.sizes(strata, random);
    }

    private boolean isStratified(SplitSpec.RandomSpec random) {
        return !targets.isEmpty() && random.isStratified(classTarget != null);
    }

    private boolean knowsStrata(SplitSpec.RandomSpec random) {
        return !isStratified(random) || (classTarget != null && classTarget.allLevels() != null);
    }

    private int mostStrata(SplitSpec.RandomSpec random) {
        if (!isStratified(random)) {
            return 1;
        }
        return classTarget == null ? QuantileBins.MOST : mostClasses(classTarget, mostRows);
    }

    static int mostClasses(ColumnProfile target, int rows) {
        return (int) Math.min(rows, Math.min(target.mostDistinct(), DataFacts.MAX_CLASSES));
    }

    private PartSizes sizesByColumn(SplitSpec.ColumnSpec spec) {
        return new PartSizes(rowsOf(spec, 0), rowsOf(spec, 1), rowsOf(spec, 2));
    }

    private int rowsOf(SplitSpec.ColumnSpec spec, int part) {
        List<ColumnProfile.LevelCount> levels = column(spec.column()).allLevels();
        if (levels == null) {
            return mostRows;
        }
        long rows = levels.stream()
                .filter(level -> level.value().equals(Split.PARTS.get(part)))
                .mapToLong(ColumnProfile.LevelCount::count)
                .sum();
        return (int) Math.min(mostRows, rows);
    }

    private boolean knowsParts(SplitSpec.ColumnSpec spec) {
        return mostRows == dataset.rows() && column(spec.column()).allLevels() != null;
    }

    private PartSizes sizesByTime(SplitSpec.TimeSpec spec) {
        return Split.mostSizes(mostRows, Split.TIMES_BEYOND_SHARE * mostEqual(column(spec.time())), spec.shares());
    }

    private PartSizes sizesByGroup(SplitSpec.GroupSpec spec) {
        return Split.mostSizes(mostRows, mostEqual(column(spec.group())), spec.shares());
    }

    /** Of all fits together: the last one is trained on all rows. */
    private PartSizes sizesOfFolds(SplitSpec.FoldsSpec spec) {
        long most = (mostRows + spec.folds() - 1L) / spec.folds();
        long heldOut = spec.group() == null ? most : most + mostEqual(column(spec.group()));
        return new PartSizes(mostRows, (int) Math.min(mostRows, heldOut), 0);
    }

    /** How many rows may have the same value: every other value has one row at least. */
    private long mostEqual(ColumnProfile column) {
        List<ColumnProfile.LevelCount> levels = column.allLevels();
        return levels == null
                ? Math.max(1, dataset.rows() - column.missing() - column.leastDistinct() + 1)
                : levels.stream()
                        .mapToLong(ColumnProfile.LevelCount::count)
                        .max()
                        .orElse(0);
    }

    /** What is wrong for certain with the column by which rows are split; null if nothing is known. */
    @Nullable
    SplitKey key() {
        SplitSpec.Key key = spec.key();
        if (key == null || mostRows < dataset.rows()) {
            return null;
        }
        ColumnProfile column = column(key.column());
        SplitKey.Misfit missing = column.missing() == 0 ? null : new SplitKey.Misfit("", column.missing(), null);
        List<ColumnProfile.LevelCount> levels = column.allLevels();
        boolean namesParts =
                spec.match(random -> false, byColumn -> true, time -> false, group -> false, folds -> false);
        List<SplitKey.Misfit> strange = !namesParts || levels == null
                ? List.of()
                : levels.stream()
                        .filter(level -> !Split.PARTS.contains(level.value()))
                        .map(level -> new SplitKey.Misfit(level.value(), level.count(), null))
                        .toList();
        return new SplitKey(missing, strange);
    }

    private ColumnProfile column(String name) {
        return dataset.column(name).orElseThrow();
    }
}
