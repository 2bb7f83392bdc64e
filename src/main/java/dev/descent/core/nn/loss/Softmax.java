package dev.descent.core.nn.loss;

import dev.descent.core.math.Matrix;

/** softmax(o)ᵢ = exp(oᵢ) / Σ exp(oⱼ): turns logits into probabilities without overflow, whatever their size. */
public final class Softmax {

    private Softmax() {}

    /** The probabilities for one row of logits; they add up to 1. */
    public static double[] probabilities(Matrix logits, int row) {
        double logSum = logSum(logits, row);
        double[] probabilities = new double[logits.columns()];
        for (int k = 0; k < probabilities.length; k++) {
            probabilities[k] = Math.exp(logits.get(row, k) - logSum);
        }
        return probabilities;
    }

    /** The largest logit of one row. */
    static double max(Matrix logits, int row) {
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logits.columns(); k++) {
            max = Math.max(max, logits.get(row, k));
        }
        return max;
    }

    /** ln Σ exp(oⱼ) of one row. */
    static double logSum(Matrix logits, int row) {
        double max = max(logits, row);
        double sum = 0;
        for (int k = 0; k < logits.columns(); k++) {
            sum += Math.exp(logits.get(row, k) - max);
        }
        return max + Math.log(sum);
    }
}
