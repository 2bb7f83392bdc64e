package dev.descent.job.worker;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.train.evaluate.Evaluation;
import dev.descent.dataset.DatasetReading;
import dev.descent.job.fold.FoldModel;
import dev.descent.job.specification.Specification;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a successful job.
 *
 * @param network including its output layer, as what follows of the first member of an ensemble
 * @param further members of an ensemble
 * @param reading of its dataset
 * @param weights in the safetensors format; of an ensemble, with the number of the member in front of each name
 * @param weightsSha256 of those bytes
 * @param validation, test absent if there is no such part
 */
public record TrainedResult(
        String jobId,
        Specification specification,
        NetworkSpec network,
        long parameterCount,
        Preprocessor preprocessor,
        TargetEncoder target,
        List<FoldModel.Description> further,
        DatasetReading reading,
        byte[] weights,
        String weightsSha256,
        @Nullable Evaluation validation,
        @Nullable Evaluation test,
        Instant finishedAt) {}
