package dev.descent.core.train;

import dev.descent.core.data.Column;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.LossSpec;

/** What a network learns. */
public enum Task {
    /** One of several classes: the network's outputs are logits, one per class. */
    CLASSIFICATION {
        @Override
        public LossSpec defaultLoss() {
            return new LossSpec.SoftmaxCrossEntropySpec();
        }
    },
    /** An amount: the network has one output, the standardized target. */
    REGRESSION {
        @Override
        public LossSpec defaultLoss() {
            return new LossSpec.MeanSquaredErrorSpec();
        }
    };

    public abstract LossSpec defaultLoss();

    /** Classification for levels, regression for numbers. */
    public static Task infer(Column target) {
        return target instanceof Column.Numbers ? REGRESSION : CLASSIFICATION;
    }

    /** The task that targets were encoded for. */
    public static Task of(TargetEncoder target) {
        return target instanceof TargetEncoder.Classes ? CLASSIFICATION : REGRESSION;
    }
}
