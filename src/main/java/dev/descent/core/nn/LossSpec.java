package dev.descent.core.nn;

import dev.descent.core.Specs;

/** What a user writes to get a loss; see {@link LayerSpec} for the rules. */
public sealed interface LossSpec {

    /** {@link MeanSquaredError}: for amounts. */
    record MeanSquaredErrorSpec() implements LossSpec {
        @Override
        public Loss build() {
            return new MeanSquaredError();
        }
    }

    /** {@link SoftmaxCrossEntropy}: for classes. */
    record SoftmaxCrossEntropySpec() implements LossSpec {
        @Override
        public Loss build() {
            return new SoftmaxCrossEntropy();
        }
    }

    default String type() {
        return Specs.typeOf(getClass());
    }

    Loss build();
}
