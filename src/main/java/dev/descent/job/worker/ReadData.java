package dev.descent.job.worker;

import dev.descent.core.math.Precision;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.examples.EncodedData;
import dev.descent.core.train.examples.HeldOutRows;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.job.matrix.StoredExamples;
import dev.descent.job.specification.PreparedTraining;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run needs once it has read its data. Excludes the table, so that its memory is free while the network trains.
 *
 * @param heldOut what a fold has to remember of its rows; null unless it is one
 * @param warnings about the data
 * @param end of its use
 */
record ReadData(
        EncodedData data,
        Wiring wiring,
        int trainRows,
        int[] trainRowsOfFits,
        @Nullable HeldOutRows heldOut,
        List<String> warnings,
        Runnable end)
        implements AutoCloseable {

    /**
     * @param isFold whether predictions for the validation part are kept
     * @param cancellationCheck called repeatedly; may throw to stop the work
     */
    static ReadData of(PreparedTraining training, boolean isFold, Runnable cancellationCheck) {
        List<String> warnings = training.warnings(cancellationCheck);
        HeldOutRows heldOut = isFold ? training.data().heldOut() : null;
        EncodedData data = EncodedData.of(training.data(), Precision.FLOAT32, cancellationCheck);
        return new ReadData(
                data,
                training.wiring(),
                training.trainRows(),
                training.rows().trainRows(),
                heldOut,
                warnings,
                data::close);
    }

    /**
     * Examples that are on disk, if the job they were stored for allows to train on them as this one does.
     *
     * @throws dev.descent.job.specification.UnfitTrainingException if not
     */
    static ReadData of(StoredExamples stored, Claim claim) {
        EncodedData data = stored.data();
        boolean fits = false;
        try {
            Wiring wiring = PreparedTraining.wire(
                    claim.specification(), PreparedData.columnsOf(data.preprocessor()), data.target());
            PreparedTraining.requireWithin(
                    claim.specification().plan(wiring, data.target(), 1),
                    stored.size(),
                    claim.memoryBytes(),
                    claim.heapBytes());
            int trainRows = data.train().count();
            if (claim.attempt() == 1) {
                PreparedTraining.requireBatches(claim.specification(), trainRows);
            }
            fits = true;
            return new ReadData(data, wiring, trainRows, new int[] {trainRows}, null, stored.warnings(), stored::close);
        } finally {
            if (!fits) {
                stored.close();
            }
        }
    }

    Findings findings(double baselineLoss) {
        return new Findings(wiring.parameterCount(), trainRows, trainRowsOfFits, warnings, baselineLoss);
    }

    @Override
    public void close() {
        end.run();
    }
}
