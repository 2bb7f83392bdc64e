package dev.descent.job.fold;

import dev.descent.job.lifecycle.StopReason;
import java.util.Map;

/**
 * A fold that has been held out, without its predictions.
 *
 * @param fit its number, from 0 through all repeats
 * @param epochs how many there were
 * @param seconds that training took
 * @param bestEpoch the epoch whose weights are scored
 * @param scores on the rows that were held out
 */
public record FoldSummary(
        String jobId,
        int fit,
        int trainRows,
        int validationRows,
        int epochs,
        long steps,
        double seconds,
        int bestEpoch,
        StopReason stopReason,
        Map<String, Double> scores) {}
