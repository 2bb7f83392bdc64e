package dev.descent.core.nn.loss;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Softmax and cross-entropy fused, from logits: L = (1 / n) Σ −Σₖ qₖ ln softmax(o)ₖ over the n rows, where softmax(o)ᵢ
 * = exp(oᵢ) / Σ exp(oⱼ); ∂L/∂o = (softmax(o) − q) / n. The target distribution q is 1 on the true class; with label
 * smoothing s, it is 1 − s there, plus s / classes on every class.
 *
 * <p>Targets are n × 1: the index of each row's class. The row's largest logit m is subtracted first, so −ln
 * softmax(o)ₖ = m + ln Σ exp(oⱼ − m) − oₖ: the sum is at least 1, so there is never a logarithm of 0.
 *
 * <p>Sources: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.2.2.3; Szegedy et al., "Rethinking the
 * Inception Architecture" (2015), section 7, for label smoothing.
 */
final class SoftmaxCrossEntropy implements Loss {

    /** How many exponentials are computed together. */
    private static final int TOGETHER = 512;

    private final double labelSmoothing;

    SoftmaxCrossEntropy(double labelSmoothing) {
        this.labelSmoothing = labelSmoothing;
    }

    @Override
    public double evaluate(Kernels kernels, int from, int to, Batch batch) {
        int together = Math.max(1, TOGETHER / batch.outputs().columns());
        double sum = 0;
        for (int row = from; row < to; row += together) {
            sum += evaluateTogether(kernels, row, Math.min(row + together, to), batch);
        }
        return sum;
    }

    /** The logarithms of the mean target distribution. */
    @Override
    public double[] bestConstant(Matrix targets, @Nullable Matrix weights, int outputs) {
        return Arrays.stream(new WeightedTargets(targets, weights).shares(outputs))
                .map(share -> labelSmoothing / outputs + (1 - labelSmoothing) * share)
                .map(share -> Math.log(Math.max(1e-12, share)))
                .toArray();
    }

    private double evaluateTogether(Kernels kernels, int from, int to, Batch batch) {
        Matrix outputs = batch.outputs();
        Matrix targets = batch.targets();
        Matrix gradient = batch.gradient();
        int classes = outputs.columns();
        double everywhere = labelSmoothing / classes;
        double onTarget = 1 - labelSmoothing;
        int count = (to - from) * classes;
        double[] powers = kernels.scratch(count + to - from);
        for (int row = from, i = 0; row < to; row++) {
            double max = Softmax.max(outputs, row);
            powers[count + row - from] = max;
            for (int k = 0; k < classes; k++, i++) {
                powers[i] = outputs.get(row, k) - max;
            }
        }
        kernels.exp(powers, count);
        double sum = 0;
        for (int row = from; row < to; row++) {
            int start = (row - from) * classes;
            double powerSum = 0;
            for (int k = 0; k < classes; k++) {
                powerSum += powers[start + k];
            }
            double share = batch.share(row);
            int target = (int) targets.get(row);
            double logits = onTarget * outputs.get(row, target);
            for (int k = 0; k < classes; k++) {
                double q = k == target ? everywhere + onTarget : everywhere;
                logits += everywhere * outputs.get(row, k);
                gradient.set(row, k, share * (powers[start + k] / powerSum - q));
            }
            sum += share * (powers[count + row - from] + Math.log(powerSum) - logits);
        }
        return sum;
    }
}
