package dev.descent.job.history;

import org.jspecify.annotations.Nullable;

/**
 * The fit that an epoch is of.
 *
 * @param repeat in which a fold was held out; null if none was
 * @param fold that fold
 * @param epochsBefore how many epochs the job had before this fit
 */
public record EpochFit(@Nullable Integer repeat, @Nullable Integer fold, int epochsBefore) {

    /** The only one of a job. */
    public static final EpochFit ONLY = new EpochFit(null, null, 0);
}
