package dev.descent.core.train.examples;

import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.loss.TargetKind;
import java.util.List;
import java.util.stream.Stream;

/** What a network learns. */
public enum Task {
    /** One of several classes: the network's outputs are logits, one per class (or one for two classes). */
    @Name("classification")
    CLASSIFICATION(TargetKind.CLASS, LossSpec.SoftmaxCrossEntropySpec.DEFAULT),
    /** One or several numbers: one output each, the standardized target. */
    @Name("regression")
    REGRESSION(TargetKind.NUMBERS, new LossSpec.MeanSquaredErrorSpec()),
    /** Its own inputs, through a narrower layer: one output per input. */
    @Name("autoencoder")
    AUTOENCODER(TargetKind.NUMBERS, new LossSpec.MeanSquaredErrorSpec());

    private final TargetKind targetKind;
    private final LossSpec defaultLoss;

    Task(TargetKind targetKind, LossSpec defaultLoss) {
        this.targetKind = targetKind;
        this.defaultLoss = defaultLoss;
    }

    public LossSpec defaultLoss() {
        return defaultLoss;
    }

    /** The losses that fit the outputs of this task, the default first. */
    public List<Class<? extends LossSpec>> losses() {
        return Stream.concat(
                        Stream.<Class<? extends LossSpec>>of(defaultLoss.getClass()),
                        LossSpec.serving(targetKind).stream())
                .distinct()
                .toList();
    }

    /** The name of this task in the HTTP contract, such as {@code classification}. */
    public String label() {
        return Names.of(this);
    }

    /** The task that a target was encoded for. */
    public static Task of(TargetEncoder target) {
        return target.match(classes -> CLASSIFICATION, numbers -> REGRESSION, inputs -> AUTOENCODER);
    }
}
