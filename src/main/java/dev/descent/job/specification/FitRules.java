package dev.descent.job.specification;

import dev.descent.core.Count;
import dev.descent.core.nn.InvalidNetworkException;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.MemoryEstimate;
import dev.descent.core.train.examples.DataViolation;
import dev.descent.dataset.DatasetInfo;
import dev.descent.job.resource.Bytes;
import dev.descent.problem.Violation;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The constraints between a specification and its data, whether the data is known from its profile or has been read.
 */
final class FitRules {

    private static final String BATCH_SIZE = "#/hyperparameters/batch_size";

    private FitRules() {}

    static List<Violation> ofData(List<DataViolation> violations) {
        return violations.stream()
                .map(violation -> new Violation("#/" + violation.field(), violation.detail()))
                .toList();
    }

    static List<Violation> ofNetwork(Specification specification, InvalidNetworkException invalid) {
        return invalid.violations().stream()
                .map(violation -> new Violation(specification.network().pointerTo(violation), violation.detail()))
                .toList();
    }

    static List<Violation> ofClasses(Specification specification, int classes) {
        LossSpec loss = specification.loss();
        return classes > loss.mostTargets()
                ? List.of(new Violation(
                        "#/loss/type",
                        "%s needs %d classes, but \"%s\" has %d; accepted: softmax_cross_entropy"
                                .formatted(
                                        loss.type(),
                                        loss.mostTargets(),
                                        specification.targets().get(0),
                                        classes)))
                : List.of();
    }

    /**
     * Batch normalization normalizes the rows of a batch by each other, and makes zeros of a single row, whatever it
     * holds.
     *
     * @param trainRows of the training part; null if unknown
     */
    static List<Violation> ofBatches(Specification specification, @Nullable Integer trainRows) {
        Hyperparameters hyperparameters = specification.hyperparameters();
        int size = hyperparameters.batchSize().rows();
        boolean normalizes = specification.network().toSpec().nodes().stream()
                .anyMatch(node -> node.layer() instanceof LayerSpec.BatchNormalizationSpec);
        if (!normalizes) {
            return List.of();
        }
        if (size == 1) {
            return List.of(
                    new Violation(
                            BATCH_SIZE,
                            "batch_size is 1, and batch_normalization normalizes the rows of a batch by each other; accepted: 2 or more, or layer_normalization instead"));
        }
        if (trainRows == null) {
            return List.of();
        }
        if (trainRows == 1) {
            return List.of(
                    new Violation(
                            "#/split/train",
                            "The training part has 1 row, and batch_normalization normalizes the rows of a batch by each other; accepted: 2 rows or more, or layer_normalization instead"));
        }
        return hyperparameters.rowsOfLastBatch(trainRows) == 1
                ? List.of(new Violation(
                        BATCH_SIZE,
                        "batch_size is %d, so of %d training rows the last batch of an epoch has 1, and batch_normalization normalizes the rows of a batch by each other; accepted: a number that leaves more, such as %d, or layer_normalization instead"
                                .formatted(size, trainRows, sizeThatLeavesMore(size, trainRows))))
                : List.of();
    }

    private static int sizeThatLeavesMore(int size, int trainRows) {
        return IntStream.rangeClosed(size + 1, trainRows)
                .filter(other -> trainRows % other != 1)
                .findFirst()
                .orElse(trainRows);
    }

    /** A table whose preparation takes too much heap, in bytes. */
    static Violation tooLarge(
            Specification specification, DatasetInfo dataset, long needed, long available, String share) {
        return new Violation(
                "#/dataset",
                "%s of %s need %s of heap to be read; accepted: up to %s, %s (-Xmx)"
                        .formatted(
                                Count.of(dataset.rows(), "row"),
                                Count.of(specification.columns().size(), "column"),
                                Bytes.format(needed),
                                Bytes.format(available),
                                share));
    }

    /** @param accepted appended to the message */
    static Violation tooLarge(long parameters, MemoryEstimate needed, String accepted) {
        return new Violation(
                "#/network",
                ("The network has %s, and its training needs %s of memory: %s outside the heap to compute with, and %s of heap"
                                + " for data, checkpoints and results; accepted: %s")
                        .formatted(
                                Count.grouped(parameters, "parameter"),
                                Bytes.format(needed.bytes()),
                                Bytes.format(needed.offHeapBytes()),
                                Bytes.format(needed.heapBytes()),
                                accepted));
    }
}
