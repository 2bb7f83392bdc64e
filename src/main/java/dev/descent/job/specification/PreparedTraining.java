package dev.descent.job.specification;

import dev.descent.core.data.Table;
import dev.descent.core.nn.InvalidNetworkException;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.MemoryEstimate;
import dev.descent.core.train.examples.InvalidDataException;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.job.resource.Bytes;
import dev.descent.problem.Violation;
import java.util.ArrayList;
import java.util.List;

/** A specification and its data, which was read and allows what is asked for. */
public record PreparedTraining(Specification specification, PreparedData data, Wiring wiring) {

    /**
     * Prepares a table.
     *
     * @param cancellationCheck called again and again; it may end the work by an exception
     * @throws UnfitTrainingException where the data does not allow what is asked for
     */
    public static PreparedTraining of(Specification specification, Table table, Runnable cancellationCheck) {
        PreparedData data = prepare(specification, table, cancellationCheck);
        List<Violation> violations =
                new ArrayList<>(FitRules.ofClasses(specification, data.target().outputs()));
        String code = violations.isEmpty() ? "invalid_network" : "invalid_data";
        try {
            Wiring wiring = specification.wholeNetwork(data.target()).wire(data.columns());
            if (violations.isEmpty()) {
                return new PreparedTraining(specification, data, wiring);
            }
        } catch (InvalidNetworkException invalid) {
            violations.addAll(FitRules.ofNetwork(specification, invalid));
        }
        throw new UnfitTrainingException(code, violations);
    }

    private static PreparedData prepare(Specification specification, Table table, Runnable cancellationCheck) {
        try {
            return PreparedData.prepare(table, specification.learningTask(), cancellationCheck);
        } catch (InvalidDataException invalid) {
            throw new UnfitTrainingException("invalid_data", FitRules.ofData(invalid.violations()));
        }
    }

    /** The examples of the training part. */
    public int trainRows() {
        return data.split().train().length;
    }

    /**
     * Holds the training to what it was let in with. More threads than were thought of at that time don't count: how
     * many there are, its worker decides.
     *
     * @param memoryBytes outside the heap and on it
     * @param heapBytes the part of them on the heap; 0 where an earlier version did not say it
     * @throws UnfitTrainingException where it needs more
     */
    public void requireWithin(long memoryBytes, long heapBytes) {
        MemoryEstimate needed = MemoryEstimate.of(specification.plan(wiring, data.target(), 1), data);
        boolean heapFits = heapBytes == 0 || needed.heapBytes() <= heapBytes;
        if (!heapFits || needed.offHeapBytes() > memoryBytes - heapBytes) {
            String accepted = "up to %s of memory, and %s of heap: as much as the profile of its dataset let expect"
                    .formatted(Bytes.format(memoryBytes), Bytes.format(heapBytes));
            throw new UnfitTrainingException(
                    "too_large", List.of(FitRules.tooLarge(wiring.parameterCount(), needed, accepted)));
        }
    }
}
