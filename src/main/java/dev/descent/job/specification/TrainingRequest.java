package dev.descent.job.specification;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.examples.Targets;
import dev.descent.core.train.examples.Task;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client requests; null is filled in from the dataset.
 *
 * @param target if absent, the network learns to reproduce its inputs
 * @param priority jobs with a higher priority run first
 * @param weightColumn a numeric column with the weight of each row in the loss
 */
record TrainingRequest(
        @Name("name") @Nullable @Bounds(min = 1, max = 200) String name,

        @Name("dataset") @Nullable @Bounds(min = 1, max = 64)
        String dataset,

        @Name("target") @Nullable Targets target,
        @Name("task") @Nullable Task task,

        @Name("features") @Nullable @Bounds(min = 1, max = 10_000)
        List<String> features,

        @Name("split") SplitSpec split,
        @Name("preprocessing") PreprocessingSpec preprocessing,
        @Name("network") @Nullable NetworkForm network,
        @Name("loss") @Nullable LossSpec loss,
        @Name("optimizer") OptimizerSpec optimizer,
        @Name("hyperparameters") Hyperparameters hyperparameters,

        @Name("weight_column") @Nullable @Bounds(min = 1, max = 1_000)
        String weightColumn,

        @Name("priority") @Bounds(min = -100, max = 100) int priority,

        @Name("max_runtime_seconds") @Nullable @Bounds(min = 0.001, max = 31_536_000)
        Double maxRuntimeSeconds,

        @Name("model") @Nullable @Bounds(min = 1, max = 100) String model,

        @Name("metadata") @Bounds(min = 0, max = Metadata.MAX_PAIRS)
        Map<String, String> metadata) {

    static final TrainingRequest DEFAULT = new TrainingRequest(
            null,
            null,
            null,
            null,
            null,
            SplitSpec.RandomSpec.DEFAULT,
            PreprocessingSpec.DEFAULT,
            null,
            null,
            OptimizerSpec.AdamSpec.DEFAULT,
            Hyperparameters.DEFAULT,
            null,
            0,
            null,
            null,
            Map.of());
}
