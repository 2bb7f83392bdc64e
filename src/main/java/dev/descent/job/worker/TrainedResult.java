package dev.descent.job.worker;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.train.evaluate.Evaluation;
import dev.descent.dataset.DatasetReading;
import dev.descent.job.specification.Specification;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of a successful job.
 *
 * @param network including its output layer
 * @param reading of its dataset
 * @param weights in the safetensors format
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
        DatasetReading reading,
        byte[] weights,
        String weightsSha256,
        @Nullable Evaluation validation,
        @Nullable Evaluation test,
        Instant finishedAt) {}
