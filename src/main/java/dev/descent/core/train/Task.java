package dev.descent.core.train;

import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.LossSpec;
import java.util.Locale;

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

    /** The name by which the HTTP contract calls this task, such as {@code classification}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The task that targets were encoded for. */
    public static Task of(TargetEncoder target) {
        return target instanceof TargetEncoder.Classes ? CLASSIFICATION : REGRESSION;
    }
}
