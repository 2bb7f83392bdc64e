package dev.descent.job.specification;

import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.nn.InvalidNetworkException;
import dev.descent.core.nn.Wiring;
import dev.descent.core.nn.layer.BatchColumns;
import dev.descent.core.train.MemoryEstimate;
import dev.descent.core.train.TrainingPlan;
import dev.descent.core.train.examples.DataSize;
import dev.descent.core.train.examples.DataWarnings;
import dev.descent.core.train.examples.InvalidDataException;
import dev.descent.core.train.examples.LearnableRows;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.dataset.DatasetInfo;
import dev.descent.job.resource.Bytes;
import dev.descent.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A specification and its data, which has been read and satisfies the specification.
 *
 * @param fit which of the fits of a cross-validation it is prepared for; 0 if there is only one
 */
public record PreparedTraining(
        Specification specification, LearnableRows rows, int fit, PreparedData data, Wiring wiring) {

    /** Prepares a table for the first fit. */
    public static PreparedTraining of(Specification specification, Table table, Runnable cancellationCheck) {
        return of(specification, table, 0, cancellationCheck);
    }

    /**
     * Prepares a table.
     *
     * @param cancellationCheck called repeatedly; may throw to stop the work
     * @throws UnfitTrainingException if the data does not satisfy the specification
     */
    public static PreparedTraining of(Specification specification, Table table, int fit, Runnable cancellationCheck) {
        try {
            LearnableRows rows = LearnableRows.of(table, specification.learningTask(), cancellationCheck);
            PreparedData data = rows.prepare(rows.split(fit), cancellationCheck);
            return new PreparedTraining(
                    specification, rows, fit, data, wire(specification, data.columns(), data.target()));
        } catch (InvalidDataException invalid) {
            throw new UnfitTrainingException("invalid_data", FitRules.ofData(invalid.violations()));
        }
    }

    /**
     * The network for data that has been encoded.
     *
     * @param columns of the encoded inputs
     * @throws UnfitTrainingException if the data does not satisfy the specification
     */
    public static Wiring wire(Specification specification, BatchColumns columns, TargetEncoder target) {
        List<Violation> violations = new ArrayList<>(FitRules.ofClasses(specification, target.outputs()));
        String code = violations.isEmpty() ? "invalid_network" : "invalid_data";
        try {
            Wiring wiring = specification.wholeNetwork(target).wire(columns);
            if (violations.isEmpty()) {
                return wiring;
            }
        } catch (InvalidNetworkException invalid) {
            violations.addAll(FitRules.ofNetwork(specification, invalid));
        }
        throw new UnfitTrainingException(code, violations);
    }

    /**
     * Holds a job that an earlier version let in, without a word about heap, to what all jobs of this process have of
     * it. A heap that runs out would take the jobs beside it along, and with them the embedded database.
     *
     * @param available the bytes of heap for jobs
     * @throws UnfitTrainingException if the table alone needs more
     */
    public static void requireHeap(Specification specification, DatasetInfo dataset, long available) {
        long needed = MemoryAdmission.heapToPrepare(specification, dataset);
        if (needed > available) {
            throw new UnfitTrainingException(
                    "out_of_memory",
                    List.of(FitRules.tooLarge(
                            specification, dataset, needed, available, "half of this worker's heap")));
        }
    }

    /** The heap needed to read and prepare the data again, in bytes. */
    public static long heapToPrepare(Specification specification, DatasetInfo dataset) {
        return MemoryAdmission.heapToPrepare(specification, dataset);
    }

    /**
     * Checks that no batch of any fit is too small for the network. A job that an earlier version has begun goes on without.
     *
     * @throws UnfitTrainingException if one is
     */
    public void requireBatches() {
        for (int trainRowsOfFit : IntStream.of(rows.trainRows()).distinct().toArray()) {
            requireBatches(specification, trainRowsOfFit);
        }
    }

    /** The same for a training part of that many rows. */
    public static void requireBatches(Specification specification, int trainRows) {
        List<Violation> violations = FitRules.ofBatches(specification, trainRows);
        if (!violations.isEmpty()) {
            throw new UnfitTrainingException("invalid_data", violations);
        }
    }

    /**
     * Reasons to doubt the scores, found in the data; those of a cross-validation are found with its first fit.
     *
     * @param cancellationCheck called repeatedly; may throw to stop the work
     */
    public List<String> warnings(Runnable cancellationCheck) {
        SplitSpec.FoldsSpec folds = specification.split().crossValidation();
        if (folds == null) {
            return DataWarnings.of(data, cancellationCheck);
        }
        return fit == 0 ? DataWarnings.ofFolds(rows, data, folds.folds(), cancellationCheck) : List.of();
    }

    /** The number of examples in the training part. */
    public int trainRows() {
        return data.split().train().length;
    }

    /**
     * Checks that the training stays within the resources with which it was admitted. Threads added since then do not
     * count, because its worker decides their number.
     *
     * @param memoryBytes on and off the heap
     * @param heapBytes the part on the heap; 0 if an earlier version did not record it
     * @throws UnfitTrainingException if it needs more
     */
    public void requireWithin(long memoryBytes, long heapBytes) {
        requireWithin(specification.plan(wiring, data.target(), 1), data.size(), memoryBytes, heapBytes);
    }

    /** The same for data of that size. */
    public static void requireWithin(TrainingPlan plan, DataSize size, long memoryBytes, long heapBytes) {
        MemoryEstimate needed = MemoryEstimate.of(plan, size);
        boolean heapFits = heapBytes == 0 || needed.heapBytes() <= heapBytes;
        if (!heapFits || needed.offHeapBytes() > memoryBytes - heapBytes) {
            String accepted = "up to %s of memory, and %s of heap: as much as the profile of its dataset let expect"
                    .formatted(Bytes.format(memoryBytes), Bytes.format(heapBytes));
            throw new UnfitTrainingException(
                    "too_large", List.of(FitRules.tooLarge(plan.wiring().parameterCount(), needed, accepted)));
        }
    }
}
