package dev.descent.core.train;

import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.SplitSpec;
import java.util.List;

/**
 * What is to be learnt from a table.
 *
 * @param target the column to predict
 * @param features the columns to predict it from
 */
public record LearningTask(
        String target, Task task, List<String> features, SplitSpec split, PreprocessingSpec preprocessing) {

    public LearningTask {
        features = List.copyOf(features);
    }
}
