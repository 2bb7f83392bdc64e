/** Cross-validation as one job: its fits one after another, the scores of its folds, and their predictions. */
@NullMarked
package dev.descent.job.fold;

import org.jspecify.annotations.NullMarked;
