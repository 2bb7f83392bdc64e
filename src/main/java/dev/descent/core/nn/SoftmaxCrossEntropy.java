package dev.descent.core.nn;

/**
 * Softmax and cross-entropy in one, from logits: L = (1 / n) Σ −ln softmax(o)[t] over the n rows, where softmax(o)ᵢ = exp(oᵢ) / Σ exp(oⱼ);
 * ∂L/∂o = (softmax(o) − one_hot(t)) / n.
 *
 * <p>Targets are n × 1: the number of each row's class, from 0. The row's largest logit m is taken off first, so −ln softmax(o)[t] = m + ln Σ
 * exp(oⱼ − m) − o[t]: the sum is at least 1, and there is never a logarithm of 0.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.2.2.3.
 */
final class SoftmaxCrossEntropy implements Loss {

    @Override
    public double evaluate(Matrix outputs, Matrix targets, Matrix gradient) {
        int rows = outputs.rows();
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            int target = (int) targets.get(row);
            double logSum = Softmax.logSum(outputs, row);
            sum += logSum - outputs.get(row, target);
            for (int k = 0; k < outputs.columns(); k++) {
                double probability = Math.exp(outputs.get(row, k) - logSum);
                gradient.set(row, k, (k == target ? probability - 1 : probability) / rows);
            }
        }
        return sum / rows;
    }
}
