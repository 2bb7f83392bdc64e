package dev.descent.job.matrix;

import dev.descent.core.Name;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.train.examples.ClassWeights;
import dev.descent.core.train.examples.LearningTask;
import dev.descent.core.train.examples.Task;
import dev.descent.job.specification.Specification;
import dev.descent.store.StoredFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that determines encoded examples. A dataset never changes, so its id stands for its content, its types and
 * how it is read; two of the same content share nothing, so that what was made of one is deleted with it.
 *
 * @param descent the version of this service: another may encode otherwise
 * @param embedded in alphabetical order
 */
record MatrixKey(
        @Name("format") int format,
        @Name("descent") String descent,
        @Name("dataset") String dataset,
        @Name("targets") List<String> targets,
        @Name("task") Task task,
        @Name("features") List<String> features,
        @Name("split") SplitSpec split,
        @Name("preprocessing") PreprocessingSpec preprocessing,
        @Name("embedded") List<String> embedded,
        @Name("weight_column") @Nullable String weightColumn,
        @Name("class_weights") @Nullable ClassWeights classWeights) {

    /** Of the files; raised with every change to what they mean. */
    static final StoredFormat FORMAT = new StoredFormat("encoded examples", 1);

    static MatrixKey of(Specification specification, String descent) {
        LearningTask task = specification.learningTask();
        return new MatrixKey(
                FORMAT.version(),
                descent,
                specification.dataset(),
                task.targets(),
                task.task(),
                task.features(),
                task.split(),
                task.preprocessing(),
                task.embedded().stream().sorted().toList(),
                task.weightColumn(),
                task.classWeights());
    }
}
