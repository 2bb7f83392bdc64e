package dev.descent.core.train.examples;

import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.loss.LossSpec;
import java.util.List;

/** What a network learns. */
public enum Task {
    /** One of several classes: the network's outputs are logits, one per class (or one for two classes). */
    @Name("classification")
    CLASSIFICATION(
            LossSpec.SoftmaxCrossEntropySpec.DEFAULT,
            List.of(LossSpec.SoftmaxCrossEntropySpec.class, LossSpec.BinaryCrossEntropySpec.class)),
    /** One or several amounts: an output each, the standardized target. */
    @Name("regression")
    REGRESSION(new LossSpec.MeanSquaredErrorSpec(), Losses.OF_AMOUNTS),
    /** Its own inputs, through something narrower: an output for each input. */
    @Name("autoencoder")
    AUTOENCODER(new LossSpec.MeanSquaredErrorSpec(), Losses.OF_AMOUNTS);

    private final LossSpec defaultLoss;
    private final List<Class<? extends LossSpec>> losses;

    Task(LossSpec defaultLoss, List<Class<? extends LossSpec>> losses) {
        this.defaultLoss = defaultLoss;
        this.losses = losses;
    }

    public LossSpec defaultLoss() {
        return defaultLoss;
    }

    /** The losses that fit the outputs of this task. */
    public List<Class<? extends LossSpec>> losses() {
        return losses;
    }

    /** The name by which the HTTP contract calls this task, such as {@code classification}. */
    public String label() {
        return Names.of(this);
    }

    /** The task that targets were encoded for. */
    public static Task of(TargetEncoder target) {
        if (target instanceof TargetEncoder.Classes) {
            return CLASSIFICATION;
        }
        return target instanceof TargetEncoder.Amounts ? REGRESSION : AUTOENCODER;
    }

    /** An enum's constants can't refer to the enum's own static fields. */
    private static final class Losses {

        static final List<Class<? extends LossSpec>> OF_AMOUNTS = List.of(
                LossSpec.MeanSquaredErrorSpec.class, LossSpec.MeanAbsoluteErrorSpec.class, LossSpec.HuberSpec.class);
    }
}
