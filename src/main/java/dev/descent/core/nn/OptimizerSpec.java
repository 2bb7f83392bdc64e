package dev.descent.core.nn;

import dev.descent.core.Bounds;
import dev.descent.core.Specs;

/** What a user writes to get an optimizer; see {@link LayerSpec} for the rules. */
public sealed interface OptimizerSpec {

    /** What trains where nothing is said. */
    OptimizerSpec DEFAULT = AdamSpec.DEFAULT;

    double MIN_LEARNING_RATE = 1e-10;
    double MAX_LEARNING_RATE = 100;

    /**
     * {@link Sgd}.
     *
     * @param momentum μ; 0 is plain gradient descent
     */
    record SgdSpec(
            @Bounds(min = MIN_LEARNING_RATE, max = MAX_LEARNING_RATE)
            double learningRate,

            @Bounds(min = 0, max = 0.9999) double momentum)
            implements OptimizerSpec {

        public static final SgdSpec DEFAULT = new SgdSpec(0.01, 0);

        @Override
        public int momentCount() {
            return momentum == 0 ? 0 : 1;
        }

        @Override
        public Optimizer build(Parameters parameters) {
            return new Sgd(parameters, learningRate, momentum);
        }
    }

    /** {@link Adam}. */
    record AdamSpec(
            @Bounds(min = MIN_LEARNING_RATE, max = MAX_LEARNING_RATE)
            double learningRate,

            @Bounds(min = 0, max = 0.999999) double beta1,
            @Bounds(min = 0, max = 0.999999) double beta2,
            @Bounds(min = 1e-16, max = 1) double epsilon)
            implements OptimizerSpec {

        public static final AdamSpec DEFAULT = new AdamSpec(0.001, 0.9, 0.999, 1e-8);

        @Override
        public int momentCount() {
            return 2;
        }

        @Override
        public Optimizer build(Parameters parameters) {
            return new Adam(parameters, this);
        }
    }

    default String type() {
        return Specs.typeOf(getClass());
    }

    double learningRate();

    /** How many numbers the optimizer remembers per parameter. */
    int momentCount();

    Optimizer build(Parameters parameters);
}
