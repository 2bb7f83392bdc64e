package dev.descent.core.nn.optimizer;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.Names;

/**
 * A learning-rate schedule as users specify it; the conventions are those of {@link OptimizerSpec}. With b the
 * optimizer's rate and e the epoch, from 0:
 */
public sealed interface ScheduleSpec {

    /** b. */
    @Name("constant")
    record ConstantSpec() implements ScheduleSpec {
        @Override
        public Schedule build() {
            return (base, epoch, epochs) -> base;
        }
    }

    /** b γ^⌊e / step_size⌋. */
    @Name("step")
    record StepSpec(
            @Name("step_size") @Bounds(min = 1, max = 100_000)
            int stepSize,

            @Name("gamma") @Bounds(min = 1e-6, max = 1) double gamma)
            implements ScheduleSpec {

        public static final StepSpec DEFAULT = new StepSpec(10, 0.5);

        @Override
        public Schedule build() {
            return (base, epoch, epochs) -> base * Math.pow(gamma, Math.floorDiv(epoch, stepSize));
        }
    }

    /** b γᵉ. */
    @Name("exponential")
    record ExponentialSpec(
            @Name("gamma") @Bounds(min = 1e-6, max = 1) double gamma) implements ScheduleSpec {

        public static final ExponentialSpec DEFAULT = new ExponentialSpec(0.95);

        @Override
        public Schedule build() {
            return (base, epoch, epochs) -> base * Math.pow(gamma, epoch);
        }
    }

    /**
     * Half a cosine wave down: minimum + ½ (b − minimum) (1 + cos(π e / epochs)).
     *
     * <p>Source: Loshchilov, Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts" (2017), formula 5, without
     * restarts.
     */
    @Name("cosine")
    record CosineSpec(
            @Name("minimum") @Bounds(min = 0, max = OptimizerSpec.MAX_LEARNING_RATE)
            double minimum) implements ScheduleSpec {

        public static final CosineSpec DEFAULT = new CosineSpec(0);

        @Override
        public Schedule build() {
            return (base, epoch, epochs) -> minimum + (base - minimum) * (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
        }
    }

    /**
     * Rises linearly from b start_factor to b over the first epochs, then follows another schedule.
     *
     * <p>Source: Goyal et al., "Accurate, Large Minibatch SGD" (2017), section 2.2.
     */
    @Name("warmup")
    record WarmupSpec(
            @Name("epochs") @Bounds(min = 1, max = 100_000) int epochs,

            @Name("start_factor") @Bounds(min = 1e-6, max = 1)
            double startFactor,

            @Name("then") ScheduleSpec then)
            implements ScheduleSpec {

        public static final WarmupSpec DEFAULT = new WarmupSpec(5, 0.1, new ConstantSpec());

        @Override
        public Schedule build() {
            return new Warmup(epochs, startFactor, then.build());
        }
    }

    /**
     * {@link OneCycle}.
     *
     * @param rise the share of the epochs during which the rate rises to b
     * @param startDivisor b divided by the initial rate
     * @param endDivisor the initial rate divided by the final one
     */
    @Name("one_cycle")
    record OneCycleSpec(
            @Name("rise") @Bounds(min = 0.01, max = 0.99) double rise,

            @Name("start_divisor") @Bounds(min = 1, max = 1e6)
            double startDivisor,

            @Name("end_divisor") @Bounds(min = 1, max = 1e9) double endDivisor)
            implements ScheduleSpec {

        public static final OneCycleSpec DEFAULT = new OneCycleSpec(0.3, 25, 1e4);

        @Override
        public Schedule build() {
            return new OneCycle(this);
        }
    }

    /**
     * {@link ReduceOnPlateau}.
     *
     * @param factor multiplies the rate
     * @param patience how many consecutive bad epochs are tolerated
     * @param threshold the smallest relative improvement that counts
     * @param cooldown epochs after a reduction in which none counts as bad
     * @param minimum the smallest rate
     */
    @Name("reduce_on_plateau")
    record ReduceOnPlateauSpec(
            @Name("factor") @Bounds(min = 1e-3, max = 0.999) double factor,

            @Name("patience") @Bounds(min = 0, max = 100_000)
            int patience,

            @Name("threshold") @Bounds(min = 0, max = 1) double threshold,

            @Name("cooldown") @Bounds(min = 0, max = 100_000)
            int cooldown,

            @Name("minimum") @Bounds(min = 0, max = OptimizerSpec.MAX_LEARNING_RATE)
            double minimum)
            implements ScheduleSpec {

        public static final ReduceOnPlateauSpec DEFAULT = new ReduceOnPlateauSpec(0.1, 10, 1e-4, 0, 0);

        @Override
        public Schedule build() {
            return new ReduceOnPlateau(this);
        }
    }

    default String type() {
        return Names.of(getClass());
    }

    Schedule build();
}
