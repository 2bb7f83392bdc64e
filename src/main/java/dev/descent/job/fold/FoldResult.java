package dev.descent.job.fold;

import dev.descent.core.data.TargetEncoder;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a fold that has been held out.
 *
 * @param target of its model
 * @param model null unless it is to be a member of an ensemble
 * @param predictions for its rows, in the form of {@link dev.descent.core.train.evaluate.HeldOutPredictions}
 */
public record FoldResult(
        FoldSummary summary, TargetEncoder target, @Nullable FoldModel model, byte[] predictions) {

    /** What is stored of it. */
    public long bytes() {
        return predictions.length + (model == null ? 0L : model.weights().length);
    }
}
