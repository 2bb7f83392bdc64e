package dev.descent.core.train;

import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.LossSpec;
import dev.descent.core.nn.OptimizerSpec;
import dev.descent.core.nn.Wiring;

/** All that decides, together with the examples, which weights come out of training. */
public record TrainingPlan(
        Wiring wiring, LossSpec loss, OptimizerSpec optimizer, Hyperparameters hyperparameters, TargetEncoder target) {}
