package dev.descent.core.train;

import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.Wiring;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import org.jspecify.annotations.Nullable;

/**
 * Everything that, together with the examples, determines the resulting weights.
 *
 * @param threads the number of computing threads
 * @param maxRuntimeSeconds the time after which training ends with the best weights so far; null for no limit
 */
public record TrainingPlan(
        Wiring wiring,
        LossSpec loss,
        OptimizerSpec optimizer,
        Hyperparameters hyperparameters,
        TargetEncoder target,
        int threads,
        @Nullable Double maxRuntimeSeconds) {

    /** A plan for one thread, without a time limit. */
    public TrainingPlan(
            Wiring wiring,
            LossSpec loss,
            OptimizerSpec optimizer,
            Hyperparameters hyperparameters,
            TargetEncoder target) {
        this(wiring, loss, optimizer, hyperparameters, target, 1, null);
    }

    /** The same network trained by other rules for another time. */
    public TrainingPlan with(Hyperparameters others, @Nullable Double seconds) {
        return new TrainingPlan(wiring, loss, optimizer, others, target, threads, seconds);
    }
}
