package dev.descent.job;

import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.SplitSpec;
import dev.descent.core.nn.LossSpec;
import dev.descent.core.nn.OptimizerSpec;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.LearningTask;
import dev.descent.core.train.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a job does, with nothing left open. */
public record Specification(
        String name,
        String dataset,
        String target,
        Task task,
        List<String> features,
        SplitSpec split,
        PreprocessingSpec preprocessing,
        NetworkForm network,
        LossSpec loss,
        OptimizerSpec optimizer,
        Hyperparameters hyperparameters,
        int threads,
        String model,
        Map<String, String> metadata) {

    LearningTask learningTask() {
        return new LearningTask(target, task, features, split, preprocessing);
    }

    /** The columns of the dataset that training reads. */
    List<String> columns() {
        List<String> columns = new ArrayList<>(features);
        columns.add(target);
        return columns;
    }
}
