package dev.descent.job.worker;

import dev.descent.core.train.EpochReport;
import java.time.Instant;

/**
 * An epoch that has yet to be stored.
 *
 * @param at when it ended
 */
record EndedEpoch(EpochReport report, Instant at) {}
