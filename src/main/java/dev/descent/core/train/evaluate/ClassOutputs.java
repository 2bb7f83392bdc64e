package dev.descent.core.train.evaluate;

import dev.descent.core.math.Logistic;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.loss.Softmax;

/** Decodes classes from a network's outputs: one logit per class, or for two classes the single logit of the second. */
final class ClassOutputs {

    private ClassOutputs() {}

    /** The index of a row's most probable class; the first one in case of a tie. */
    static int mostProbable(Matrix logits, int row) {
        if (logits.columns() == 1) {
            return logits.get(row, 0) > 0 ? 1 : 0;
        }
        int best = 0;
        for (int k = 1; k < logits.columns(); k++) {
            if (logits.get(row, k) > logits.get(row, best)) {
                best = k;
            }
        }
        return best;
    }

    /** The probability of each class; they add up to 1. */
    static double[] probabilities(Matrix logits, int row) {
        if (logits.columns() > 1) {
            return Softmax.probabilities(logits, row);
        }
        double second = Logistic.of(logits.get(row, 0));
        return new double[] {1 - second, second};
    }
}
