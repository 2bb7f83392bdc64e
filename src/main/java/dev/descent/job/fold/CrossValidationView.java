package dev.descent.job.fold;

import dev.descent.core.Name;
import dev.descent.core.train.CrossValidation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cross-validation of a job as clients see it.
 *
 * @param folds of each repeat
 * @param done how many folds of all repeats have been held out
 * @param mean of the scores of these, by name
 * @param deviation of single scores from the mean; empty for fewer than two
 * @param finalEpochs how many epochs all rows are trained on; null until all folds are done, and if they never are
 */
public record CrossValidationView(
        @Name("folds") int folds,
        @Name("repeats") int repeats,
        @Name("done") int done,
        @Name("mean") Map<String, Double> mean,
        @Name("deviation") Map<String, Double> deviation,
        @Name("final_epochs") @Nullable Integer finalEpochs,
        @Name("data") List<Fold> data) {

    /**
     * A fold that has been held out.
     *
     * @param repeat from 1
     * @param fold from 1 in each repeat
     * @param epochs how many there were
     * @param bestEpoch the one whose weights are scored
     */
    record Fold(
            @Name("repeat") int repeat,
            @Name("fold") int fold,
            @Name("train_rows") int trainRows,
            @Name("validation_rows") int validationRows,
            @Name("epochs") int epochs,
            @Name("best_epoch") int bestEpoch,
            @Name("scores") Map<String, Double> scores) {}

    public static CrossValidationView of(int folds, int repeats, boolean ensemble, List<FoldSummary> done) {
        CrossValidation scores =
                new CrossValidation(done.stream().map(FoldSummary::scores).toList());
        boolean isTrainedOn = !ensemble && done.size() >= folds * repeats;
        return new CrossValidationView(
                folds,
                repeats,
                done.size(),
                scores.mean(),
                scores.deviation(),
                isTrainedOn
                        ? (Integer) CrossValidation.epochs(
                                done.stream().map(FoldSummary::bestEpoch).toList())
                        : null,
                done.stream()
                        .map(fold -> new Fold(
                                1 + fold.fit() / folds,
                                1 + fold.fit() % folds,
                                fold.trainRows(),
                                fold.validationRows(),
                                fold.epochs(),
                                fold.bestEpoch(),
                                fold.scores()))
                        .toList());
    }

    /** The repeat of the fold that is next or under way; null if none is left. */
    public @Nullable Integer currentRepeat() {
        return done < folds * repeats ? 1 + done / folds : null;
    }

    /** That fold. */
    public @Nullable Integer currentFold() {
        return done < folds * repeats ? 1 + done % folds : null;
    }
}
