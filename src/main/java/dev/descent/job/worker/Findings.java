package dev.descent.job.worker;

import java.util.List;

/**
 * What a run knows about its job once the data has been read.
 *
 * @param trainRows the number of examples in the training part
 * @param ofFits those of all fits of the job
 * @param warnings about the data
 * @param baselineLoss the loss of the best constant output
 */
record Findings(long parameterCount, int trainRows, int[] ofFits, List<String> warnings, double baselineLoss) {

    /** Of a job with one fit. */
    Findings(long parameterCount, int trainRows, List<String> warnings, double baselineLoss) {
        this(parameterCount, trainRows, new int[] {trainRows}, warnings, baselineLoss);
    }
}
