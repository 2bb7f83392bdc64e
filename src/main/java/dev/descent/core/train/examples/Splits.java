package dev.descent.core.train.examples;

import dev.descent.core.data.Column;
import dev.descent.core.data.split.Folds;
import dev.descent.core.data.split.PartSizes;
import dev.descent.core.data.split.Split;
import dev.descent.core.data.split.SplitSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The splits of the same rows for all fits of a task: one, or one for each fold and one for all rows. */
final class Splits {

    private final RowSplitter splitter;
    private final SplitSpec spec;
    private final SplitSpec.@Nullable FoldsSpec foldsSpec;
    private final @Nullable Split only;
    private @Nullable Folds dealt;
    private int repeatDealt;

    /** @param splitter whose rows all have a value by which they are split */
    Splits(RowSplitter splitter, SplitSpec spec) {
        this.splitter = splitter;
        this.spec = spec;
        this.foldsSpec = spec.crossValidation();
        this.only = foldsSpec == null ? splitter.split(spec) : null;
    }

    /** Of the only split; null if there are several. */
    @Nullable
    PartSizes sizes() {
        return only == null ? null : only.sizes();
    }

    Split of(int fit) {
        if (only != null) {
            return only;
        }
        SplitSpec.FoldsSpec wanted = Objects.requireNonNull(foldsSpec);
        return fit == wanted.heldOut()
                ? Split.ofTraining(splitter.rows())
                : folds(wanted, fit / wanted.folds()).split(fit % wanted.folds());
    }

    /** Fits of the same repeat follow each other. */
    private Folds folds(SplitSpec.FoldsSpec wanted, int repeat) {
        if (dealt == null || repeatDealt != repeat) {
            dealt = splitter.folds(wanted, repeat);
            repeatDealt = repeat;
        }
        return dealt;
    }

    /** How many rows each fit is trained on. */
    int[] trainRows() {
        if (foldsSpec == null || only != null) {
            return new int[] {of(0).train().length};
        }
        int rows = splitter.rows().length;
        IntStream heldOut = IntStream.range(0, foldsSpec.repeats())
                .flatMap(repeat -> Arrays.stream(
                        foldsSpec.group() == null
                                ? Folds.sizes(rows, foldsSpec.folds())
                                : folds(foldsSpec, repeat).sizes()));
        return IntStream.concat(heldOut, IntStream.of(0))
                .limit(spec.fits())
                .map(others -> rows - others)
                .toArray();
    }

    /** Why there are not enough groups. */
    List<DataViolation> violations() {
        return foldsSpec == null || foldsSpec.group() == null
                ? List.of()
                : PartRules.ofGroups(spec, splitter.groups(foldsSpec.group()));
    }

    /** Targets that are the same number in all rows, or in all that some fit is trained on. */
    List<DataViolation> constantTargets(LearningTask task, List<Column> targets, Runnable cancellationCheck) {
        for (int fit = 0; fit < spec.fits(); fit++) {
            if (fit > 0) {
                cancellationCheck.run();
            }
            List<DataViolation> found = ConstantTargets.in(task, targets, splitter.rows(), of(fit).train());
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }
}
