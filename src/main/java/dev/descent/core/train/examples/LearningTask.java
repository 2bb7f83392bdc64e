package dev.descent.core.train.examples;

import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.split.SplitSpec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be learnt from a table.
 *
 * @param targets the columns to predict; none for an autoencoder
 * @param features the columns to predict them from
 * @param embedded the categorical features that become level indexes, to be read by an embedding
 * @param weightColumn the weight of each row in the loss; null if all rows count equally
 * @param classWeights an additional weight for the rows of each class
 */
public record LearningTask(
        List<String> targets,
        Task task,
        List<String> features,
        SplitSpec split,
        PreprocessingSpec preprocessing,
        Set<String> embedded,
        @Nullable String weightColumn,
        @Nullable ClassWeights classWeights) {

    public LearningTask {
        targets = List.copyOf(targets);
        features = List.copyOf(features);
        embedded = Set.copyOf(embedded);
    }

    /** One target, one-hot levels, and equally weighted rows. */
    public static LearningTask of(
            String target, Task task, List<String> features, SplitSpec split, PreprocessingSpec preprocessing) {
        return new LearningTask(List.of(target), task, features, split, preprocessing, Set.of(), null, null);
    }

    /** The same with the levels of all categorical features one-hot. */
    public LearningTask withoutEmbedding() {
        return new LearningTask(targets, task, features, split, preprocessing, Set.of(), weightColumn, classWeights);
    }

    /** Whether examples have weights. */
    public boolean isWeighted() {
        return weightColumn != null || classWeights != null;
    }

    /** The only target of a classification. */
    String target() {
        return targets.get(0);
    }
}
