package dev.descent.core.nn.loss;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;

/** softmax(o)ᵢ = exp(oᵢ) / Σ exp(oⱼ): logits to probabilities, safe for logits of any size. */
public final class Softmax {

    private Softmax() {}

    /** The probabilities of one row of logits; they add up to 1. */
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

    /**
     * x ← eˣ, for x ≤ 0. In single precision as (e^(x/256))²⁵⁶ with a polynomial of degree 8, which the JIT compiler vectorises: a relative error under
     * 10⁻⁸, and never less than e⁻⁶⁴.
     */
    static void exp(Precision precision, double[] x, int count) {
        if (precision == Precision.FLOAT64) {
            for (int i = 0; i < count; i++) {
                x[i] = Math.exp(x[i]);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            double r = Math.max(x[i], -64) / 256;
            double p = 1
                    + r
                            * (1
                                    + r
                                            * (1 / 2d)
                                            * (1
                                                    + r
                                                            * (1 / 3d)
                                                            * (1
                                                                    + r
                                                                            * (1 / 4d)
                                                                            * (1
                                                                                    + r
                                                                                            * (1 / 5d)
                                                                                            * (1
                                                                                                    + r
                                                                                                            * (1 / 6d)
                                                                                                            * (1
                                                                                                                    + r
                                                                                                                            * (1
                                                                                                                                    / 7d)
                                                                                                                            * (1
                                                                                                                                    + r
                                                                                                                                            * (1
                                                                                                                                                    / 8d))))))));
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            x[i] = p * p;
        }
    }
}
