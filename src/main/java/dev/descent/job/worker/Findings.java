package dev.descent.job.worker;

import java.util.List;

/**
 * What a run knows of its job once the data is read.
 *
 * @param trainRows the examples of the training part
 * @param warnings of what was found in the data
 * @param baselineLoss what a constant output would reach
 */
record Findings(long parameterCount, int trainRows, List<String> warnings, double baselineLoss) {}
