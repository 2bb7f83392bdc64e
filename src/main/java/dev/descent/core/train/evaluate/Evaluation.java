package dev.descent.core.train.evaluate;

import dev.descent.core.Name;
import java.util.List;

/** The quality of trained weights on examples that they were not fitted to. */
public sealed interface Evaluation {

    /** The number of examples. */
    int rows();

    /**
     * For classes.
     *
     * @param accuracy the share of correct predictions
     * @param logLoss the mean of −ln of the probability assigned to the true class
     */
    @Name("classification")
    record Classification(
            @Name("rows") int rows,
            @Name("accuracy") double accuracy,
            @Name("log_loss") double logLoss,
            @Name("confusion_matrix") ConfusionMatrix confusionMatrix)
            implements Evaluation {}

    /**
     * How often each class was predicted as each class.
     *
     * @param counts by true class, then by predicted class, in the order of the labels
     */
    record ConfusionMatrix(
            @Name("labels") List<String> labels,
            @Name("counts") List<List<Integer>> counts) {}

    /**
     * For numbers, in each target's own unit; for several targets, means over the targets.
     *
     * @param rmse root of the mean squared error
     * @param mae mean absolute error
     * @param r2 1 − squared error / squared deviation from the mean; NaN if a target is the same in all rows
     */
    @Name("regression")
    record Regression(
            @Name("rows") int rows,
            @Name("rmse") double rmse,
            @Name("mae") double mae,
            @Name("r2") double r2,
            @Name("targets") List<TargetScore> targets)
            implements Evaluation {}

    /** The same measures for one target. */
    record TargetScore(
            @Name("target") String target,
            @Name("rmse") double rmse,
            @Name("mae") double mae,
            @Name("r2") double r2) {}

    /**
     * For an autoencoder; errors are the mean squared difference between a row's standardized inputs and their
     * reconstruction.
     *
     * @param meanError over the rows
     * @param quantiles of the rows' errors
     * @param threshold the smallest error that makes a row an anomaly, learnt on the training part
     * @param anomalies the share of rows at or above the threshold
     */
    @Name("reconstruction")
    record Reconstruction(
            @Name("rows") int rows,
            @Name("mean_error") double meanError,
            @Name("quantiles") Quantiles quantiles,
            @Name("threshold") double threshold,
            @Name("anomalies") double anomalies)
            implements Evaluation {}

    /** Percentiles of the rows' errors. */
    record Quantiles(
            @Name("p5") double p5,
            @Name("p25") double p25,
            @Name("p50") double p50,
            @Name("p75") double p75,
            @Name("p95") double p95,
            @Name("p99") double p99) {}
}
