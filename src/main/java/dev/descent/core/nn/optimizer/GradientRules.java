package dev.descent.core.nn.optimizer;

import dev.descent.core.Name;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.parameter.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The treatment of gradients before an optimizer step: they are clipped first, then the gradients of the penalties are
 * added.
 *
 * <p>Clipping by norm c: with n = √Σ g² over all parameters, g ← g min(1, c / (n + 10⁻⁶)). Clipping by value c: g ←
 * max(−c, min(c, g)). Penalties: g ← g + λ₂ p + λ₁ sign(p), the gradient of ½ λ₂ Σ p² + λ₁ Σ |p|.
 *
 * <p>Sources: Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural networks" (2013), algorithm 1;
 * Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 7.1.
 *
 * @param l1 λ₁
 * @param l2 λ₂
 * @param regularized what l1, l2 and weight decay act on
 */
public record GradientRules(
        double l1,
        double l2,
        Regularized regularized,
        @Nullable Double clipNorm,
        @Nullable Double clipValue) {

    /** Leaves gradients unchanged. */
    public static final GradientRules NONE = new GradientRules(0, 0, Regularized.WEIGHTS, null, null);

    private static final double CLIP_EPSILON = 1e-6;

    /** What l1, l2 and weight decay act on. */
    public enum Regularized {
        /** Weights, but not biases or normalization parameters. */
        @Name("weights")
        WEIGHTS,
        /** Every parameter. */
        @Name("all")
        ALL;

        boolean includes(Parameter parameter) {
            return this == ALL || parameter.kind() == Parameter.Kind.WEIGHT;
        }
    }

    boolean clips() {
        return clipNorm != null || clipValue != null;
    }

    boolean penalizes() {
        return l1 > 0 || l2 > 0;
    }

    /** @param norm √Σ g² */
    void clip(Matrix gradients, double norm) {
        if (clipNorm != null && norm + CLIP_EPSILON > clipNorm) {
            gradients.scale(clipNorm / (norm + CLIP_EPSILON));
        }
        if (clipValue != null) {
            double limit = clipValue;
            for (int i = 0; i < gradients.size(); i++) {
                gradients.set(i, Math.max(-limit, Math.min(limit, gradients.get(i))));
            }
        }
    }

    void penalize(Matrix values, Matrix gradients) {
        for (int i = 0; i < values.size(); i++) {
            double p = values.get(i);
            gradients.set(i, gradients.get(i) + l2 * p + l1 * Math.signum(p));
        }
    }
}
