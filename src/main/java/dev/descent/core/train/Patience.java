package dev.descent.core.train;

import org.jspecify.annotations.Nullable;

/** Counts the epochs without improvement of the loss. */
final class Patience {

    private @Nullable EarlyStopping rule;
    private double reference = Double.POSITIVE_INFINITY;
    private int staleEpochs;

    /** @param rule null for infinite patience */
    Patience(@Nullable EarlyStopping rule) {
        this.rule = rule;
    }

    void observe(double loss) {
        if (rule == null) {
            return;
        }
        if (loss < reference - rule.minDelta()) {
            reference = loss;
            staleEpochs = 0;
        } else {
            staleEpochs++;
        }
    }

    /** Whether it has run out. */
    boolean isExhausted() {
        return rule != null && staleEpochs >= rule.patience();
    }

    /** @param epochs the new number of epochs without improvement; ignored without a rule */
    void become(int epochs) {
        if (rule != null) {
            rule = new EarlyStopping(epochs, rule.minDelta());
        }
    }

    double[] memory() {
        return new double[] {reference, staleEpochs};
    }

    void remember(double[] memory) {
        reference = memory[0];
        staleEpochs = (int) memory[1];
    }
}
