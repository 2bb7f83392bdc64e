package dev.descent.core.nn;

import org.jspecify.annotations.Nullable;

/**
 * Softmax and cross-entropy in one, from logits: L = (1 / n) Σ −Σₖ qₖ ln softmax(o)ₖ over the n rows, where softmax(o)ᵢ = exp(oᵢ) / Σ exp(oⱼ);
 * ∂L/∂o = (softmax(o) − q) / n. The target distribution q is 1 on the true class; with label smoothing s, it is 1 − s there, and s / classes more on
 * every class.
 *
 * <p>Targets are n × 1: the number of each row's class, from 0. The row's largest logit m is taken off first, so −ln softmax(o)ₖ = m + ln Σ exp(oⱼ −
 * m) − oₖ: the sum is at least 1, and there is never a logarithm of 0.
 *
 * <p>Sources: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.2.2.3; Szegedy et al., "Rethinking the Inception Architecture" (2015),
 * section 7, for label smoothing.
 */
final class SoftmaxCrossEntropy implements Loss {

    private final double labelSmoothing;

    SoftmaxCrossEntropy(double labelSmoothing) {
        this.labelSmoothing = labelSmoothing;
    }

    @Override
    public double evaluate(
            FloatBlocks blocks,
            int from,
            int to,
            Matrix outputs,
            Matrix targets,
            @Nullable Matrix weights,
            double weightSum,
            Matrix gradient) {
        int classes = outputs.columns();
        double everywhere = labelSmoothing / classes;
        double onTarget = 1 - labelSmoothing;
        double[] powers = blocks.doubles(classes);
        double sum = 0;
        for (int row = from; row < to; row++) {
            double share = Loss.share(weights, row, weightSum);
            int target = (int) targets.get(row);
            double max = Softmax.max(outputs, row);
            double powerSum = 0;
            for (int k = 0; k < classes; k++) {
                powers[k] = Math.exp(outputs.get(row, k) - max);
                powerSum += powers[k];
            }
            double logits = onTarget * outputs.get(row, target);
            for (int k = 0; k < classes; k++) {
                double q = k == target ? everywhere + onTarget : everywhere;
                logits += everywhere * outputs.get(row, k);
                gradient.set(row, k, share * (powers[k] / powerSum - q));
            }
            sum += share * (max + Math.log(powerSum) - logits);
        }
        return sum;
    }
}
