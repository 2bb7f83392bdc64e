package dev.descent.model;

import dev.descent.core.Name;
import dev.descent.core.train.evaluate.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * The quality of a version on the parts of its dataset that its weights were not fitted to; absent if there is no such
 * part.
 */
record EvaluationSummary(
        @Name("validation") @Nullable Evaluation validation,
        @Name("test") @Nullable Evaluation test) {}
