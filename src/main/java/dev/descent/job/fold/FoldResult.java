package dev.descent.job.fold;

import dev.descent.core.data.TargetEncoder;

/**
 * What is stored of a fold that has been held out.
 *
 * @param target of its model
 * @param predictions for its rows, in the form of {@link dev.descent.core.train.evaluate.HeldOutPredictions}
 */
public record FoldResult(FoldSummary summary, TargetEncoder target, byte[] predictions) {}
