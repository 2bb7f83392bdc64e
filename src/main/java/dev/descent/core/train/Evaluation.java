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
     * For amounts, in the target's own unit.
     *
     * @param rmse root of the mean squared error
     * @param mae mean absolute error
     * @param r2 1 − squared error / squared deviation from the mean; NaN where the targets are all the same
     */
    record Regression(int rows, double rmse, double mae, double r2) implements Evaluation {}
}
