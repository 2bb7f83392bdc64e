package dev.descent.core.train;

import java.util.List;

/** What trained weights are worth on examples that they were not fitted to. */
public sealed interface Evaluation {

    /** The number of examples. */
    int rows();

    /**
     * For classes.
     *
     * @param accuracy the share of right answers
     * @param logLoss the mean of −ln of the probability given to the right class
     */
    record Classification(int rows, double accuracy, double logLoss, ConfusionMatrix confusionMatrix)
            implements Evaluation {}

    /**
     * How often which class was taken for which.
     *
     * @param counts by true class, then by predicted class, in the order of the labels
     */
    record ConfusionMatrix(List<String> labels, List<List<Integer>> counts) {}

    /**
     * For amounts, in each target's own unit; of several targets, the means over the targets.
     *
     * @param rmse root of the mean squared error
     * @param mae mean absolute error
     * @param r2 1 − squared error / squared deviation from the mean; NaN where a target is the same in all rows
     */
    record Regression(int rows, double rmse, double mae, double r2, List<TargetScore> targets) implements Evaluation {}

    /** The same measures for one target. */
    record TargetScore(String target, double rmse, double mae, double r2) {}

    /**
     * For an autoencoder; errors are the mean squared difference between the standardized inputs of a row and what comes back.
     *
     * @param meanError over the rows
     * @param quantiles of the rows' errors
     * @param threshold the error from which on a row counts as an anomaly, learnt on the training part
     * @param anomalies the share of rows at or above it
     */
    record Reconstruction(int rows, double meanError, Quantiles quantiles, double threshold, double anomalies)
            implements Evaluation {}

    /** The errors below which so many hundredths of the rows stay. */
    record Quantiles(double p5, double p25, double p50, double p75, double p95, double p99) {}
}
