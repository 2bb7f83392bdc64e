package dev.descent.job.specification;

import dev.descent.core.nn.Wiring;
import dev.descent.core.train.MemoryEstimate;
import java.util.List;

/**
 * A request that can be carried out. The data is not among it: it takes memory, and is read again when the job runs.
 *
 * @param trainRows the examples of the training part
 */
public record ResolvedTraining(
        Specification specification, int trainRows, Wiring wiring, MemoryEstimate memory, List<String> warnings) {

    /** In all. */
    public int epochs() {
        return specification.hyperparameters().totalEpochs(trainRows);
    }
}
