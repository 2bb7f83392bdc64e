package dev.descent.core.nn.optimizer;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.nn.parameter.Parameters;

/**
 * An optimizer as users specify it. A new optimizer is a record here and a class next to it. The record's components
 * are its settings, and a static {@code DEFAULT} holds their defaults.
 */
public sealed interface OptimizerSpec {

    double MIN_LEARNING_RATE = 1e-10;
    double MAX_LEARNING_RATE = 100;
    double MAX_BETA = 0.999999;

    /**
     * {@link Sgd}.
     *
     * @param momentum μ; 0 is plain gradient descent
     * @param nesterov whether the gradient is evaluated with look-ahead; requires momentum
     */
    @Name("sgd")
    record SgdSpec(
            @Name("learning_rate") @Bounds(min = MIN_LEARNING_RATE, max = MAX_LEARNING_RATE)
            double learningRate,

            @Name("momentum") @Bounds(min = 0, max = 0.9999) double momentum,
            @Name("nesterov") boolean nesterov)
            implements OptimizerSpec {

        public static final SgdSpec DEFAULT = new SgdSpec(0.01, 0, false);

        @Override
        public int momentCount() {
            return momentum == 0 ? 0 : 1;
        }

        @Override
        public Optimizer build(Parameters parameters, GradientRules rules) {
            return new Sgd(parameters, rules, this);
        }
    }

    /**
     * {@link Rmsprop}.
     *
     * @param alpha the weight of the past in the running mean of squares
     */
    @Name("rmsprop")
    record RmspropSpec(
            @Name("learning_rate") @Bounds(min = MIN_LEARNING_RATE, max = MAX_LEARNING_RATE)
            double learningRate,

            @Name("alpha") @Bounds(min = 0, max = MAX_BETA) double alpha,
            @Name("epsilon") @Bounds(min = 1e-16, max = 1) double epsilon)
            implements OptimizerSpec {

        public static final RmspropSpec DEFAULT = new RmspropSpec(0.001, 0.99, 1e-8);

        @Override
        public int momentCount() {
            return 1;
        }

        @Override
        public Optimizer build(Parameters parameters, GradientRules rules) {
            return new Rmsprop(parameters, rules, this);
        }
    }

    /** {@link Adagrad}. */
    @Name("adagrad")
    record AdagradSpec(
            @Name("learning_rate") @Bounds(min = MIN_LEARNING_RATE, max = MAX_LEARNING_RATE)
            double learningRate,

            @Name("epsilon") @Bounds(min = 1e-16, max = 1) double epsilon)
            implements OptimizerSpec {

        public static final AdagradSpec DEFAULT = new AdagradSpec(0.01, 1e-10);

        @Override
        public int momentCount() {
            return 1;
        }

        @Override
        public Optimizer build(Parameters parameters, GradientRules rules) {
            return new Adagrad(parameters, rules, this);
        }
    }

    /** {@link Adam}. */
    @Name("adam")
    record AdamSpec(
            @Name("learning_rate") @Bounds(min = MIN_LEARNING_RATE, max = MAX_LEARNING_RATE)
            double learningRate,

            @Name("beta1") @Bounds(min = 0, max = MAX_BETA) double beta1,
            @Name("beta2") @Bounds(min = 0, max = MAX_BETA) double beta2,
            @Name("epsilon") @Bounds(min = 1e-16, max = 1) double epsilon)
            implements OptimizerSpec {

        public static final AdamSpec DEFAULT = new AdamSpec(0.001, 0.9, 0.999, 1e-8);

        @Override
        public int momentCount() {
            return 2;
        }

        @Override
        public Optimizer build(Parameters parameters, GradientRules rules) {
            return new Adam(parameters, rules, beta1, beta2, epsilon, 0);
        }
    }

    /**
     * {@link Adam} with decoupled weight decay.
     *
     * @param weightDecay d
     */
    @Name("adamw")
    record AdamwSpec(
            @Name("learning_rate") @Bounds(min = MIN_LEARNING_RATE, max = MAX_LEARNING_RATE)
            double learningRate,

            @Name("beta1") @Bounds(min = 0, max = MAX_BETA) double beta1,
            @Name("beta2") @Bounds(min = 0, max = MAX_BETA) double beta2,
            @Name("epsilon") @Bounds(min = 1e-16, max = 1) double epsilon,
            @Name("weight_decay") @Bounds(min = 0, max = 10) double weightDecay)
            implements OptimizerSpec {

        public static final AdamwSpec DEFAULT = new AdamwSpec(0.001, 0.9, 0.999, 1e-8, 0.01);

        @Override
        public int momentCount() {
            return 2;
        }

        @Override
        public Optimizer build(Parameters parameters, GradientRules rules) {
            return new Adam(parameters, rules, beta1, beta2, epsilon, weightDecay);
        }
    }

    default String type() {
        return Names.of(getClass());
    }

    /** The initial rate, which a schedule modifies. */
    double learningRate();

    /** How many moments the optimizer keeps per parameter. */
    int momentCount();

    Optimizer build(Parameters parameters, GradientRules rules);
}
