package dev.descent.core.nn.loss;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A loss as users specify it. A new loss is a record here and a class next to it; {@link Serves} says which tasks
 * accept it. The record's components are its settings, and a static {@code DEFAULT} holds their defaults.
 */
public sealed interface LossSpec {

    /** {@link MeanSquaredError}: for numbers. */
    @Name("mean_squared_error")
    @Serves(TargetKind.NUMBERS)
    record MeanSquaredErrorSpec() implements LossSpec {
        @Override
        public Loss build() {
            return new MeanSquaredError();
        }
    }

    /** {@link MeanAbsoluteError}: for numbers with outliers. */
    @Name("mean_absolute_error")
    @Serves(TargetKind.NUMBERS)
    record MeanAbsoluteErrorSpec() implements LossSpec {
        @Override
        public Loss build() {
            return new MeanAbsoluteError();
        }
    }

    /**
     * {@link Huber}: for numbers with outliers.
     *
     * @param delta in standard deviations of the target
     */
    @Name("huber")
    @Serves(TargetKind.NUMBERS)
    record HuberSpec(
            @Name("delta") @Bounds(min = 1e-6, max = 1e6) double delta) implements LossSpec {

        public static final HuberSpec DEFAULT = new HuberSpec(1);

        @Override
        public Loss build() {
            return new Huber(delta);
        }
    }

    /** {@link BinaryCrossEntropy}: for two classes, with one output. */
    @Name("binary_cross_entropy")
    @Serves(TargetKind.CLASS)
    record BinaryCrossEntropySpec() implements LossSpec {
        @Override
        public int outputs(int targets) {
            return 1;
        }

        @Override
        public int mostTargets() {
            return 2;
        }

        @Override
        public Loss build() {
            return new BinaryCrossEntropy();
        }
    }

    /**
     * {@link SoftmaxCrossEntropy}: for classes.
     *
     * @param labelSmoothing the share of the target distribution that is spread evenly over all classes
     */
    @Name("softmax_cross_entropy")
    @Serves(TargetKind.CLASS)
    record SoftmaxCrossEntropySpec(
            @Name("label_smoothing") @Bounds(min = 0, max = 0.9)
            double labelSmoothing) implements LossSpec {

        public static final SoftmaxCrossEntropySpec DEFAULT = new SoftmaxCrossEntropySpec(0);

        @Override
        public Loss build() {
            return new SoftmaxCrossEntropy(labelSmoothing);
        }
    }

    default String type() {
        return Names.of(getClass());
    }

    /**
     * The number of outputs that a network needs for this loss.
     *
     * @param targets the number of classes, or of target numbers
     */
    default int outputs(int targets) {
        return targets;
    }

    /** The maximum number of classes, or of target numbers, that this loss supports. */
    default int mostTargets() {
        return Integer.MAX_VALUE;
    }

    /** Every loss for a kind of target, in declaration order. */
    static List<Class<? extends LossSpec>> serving(TargetKind kind) {
        List<Class<? extends LossSpec>> losses = new ArrayList<>();
        for (Class<?> loss : LossSpec.class.getPermittedSubclasses()) {
            if (Objects.requireNonNull(loss.getAnnotation(Serves.class)).value() == kind) {
                losses.add(loss.asSubclass(LossSpec.class));
            }
        }
        return losses;
    }

    Loss build();
}
