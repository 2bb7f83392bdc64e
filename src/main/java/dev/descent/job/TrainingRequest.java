package dev.descent.job;

import dev.descent.core.Bounds;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.SplitSpec;
import dev.descent.core.nn.LossSpec;
import dev.descent.core.nn.OptimizerSpec;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.Targets;
import dev.descent.core.train.Task;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for; what is null follows from the dataset.
 *
 * @param target without one the network learns to give its inputs back
 * @param priority jobs with a higher one go first
 * @param owner whose job it is; owners take turns
 * @param weightColumn a numeric column that says how much each row counts in the loss
 */
record TrainingRequest(
        @Nullable @Bounds(min = 1, max = 200) String name,
        @Nullable @Bounds(min = 1, max = 64) String dataset,
        @Nullable Targets target,
        @Nullable Task task,
        @Nullable @Bounds(min = 1, max = 10_000) List<String> features,
        SplitSpec split,
        PreprocessingSpec preprocessing,
        @Nullable NetworkForm network,
        @Nullable LossSpec loss,
        OptimizerSpec optimizer,
        Hyperparameters hyperparameters,
        @Nullable @Bounds(min = 1, max = 1_000) String weightColumn,
        @Bounds(min = -100, max = 100) int priority,
        @Bounds(min = 1, max = 64) String owner,
        @Nullable @Bounds(min = 0.001, max = 31_536_000) Double maxRuntimeSeconds,
        @Nullable @Bounds(min = 1, max = 100) String model,
        @Bounds(min = 0, max = 16) Map<String, String> metadata) {

    static final TrainingRequest DEFAULT = new TrainingRequest(
            null,
            null,
            null,
            null,
            null,
            SplitSpec.DEFAULT,
            PreprocessingSpec.DEFAULT,
            null,
            null,
            OptimizerSpec.AdamSpec.DEFAULT,
            Hyperparameters.DEFAULT,
            null,
            0,
            "anyone",
            null,
            null,
            Map.of());
}
