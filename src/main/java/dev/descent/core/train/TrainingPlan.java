package dev.descent.core.train;

import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.Wiring;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import org.jspecify.annotations.Nullable;

/**
 * All that decides, together with the examples, which weights come out of training.
 *
 * @param threads that compute
 * @param maxRuntimeSeconds after which time training ends with the best weights so far; null for no end
 */
public record TrainingPlan(
        Wiring wiring,
        LossSpec loss,
        OptimizerSpec optimizer,
        Hyperparameters hyperparameters,
        TargetEncoder target,
        int threads,
        @Nullable Double maxRuntimeSeconds) {

    /** A plan for one thread, with no end but its epochs. */
    public TrainingPlan(
            Wiring wiring,
            LossSpec loss,
            OptimizerSpec optimizer,
            Hyperparameters hyperparameters,
            TargetEncoder target) {
        this(wiring, loss, optimizer, hyperparameters, target, 1, null);
    }
}
