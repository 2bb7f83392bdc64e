package dev.descent.job.worker;

import dev.descent.core.math.Precision;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.examples.DataWarnings;
import dev.descent.core.train.examples.EncodedData;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.job.matrix.StoredExamples;
import dev.descent.job.specification.PreparedTraining;
import java.util.List;

/**
 * What a run needs once it has read its data. Excludes the table, so that its memory is free while the network trains.
 *
 * @param warnings about the data
 * @param end of its use
 */
record ReadData(EncodedData data, Wiring wiring, int trainRows, List<String> warnings, Runnable end)
        implements AutoCloseable {

    /** @param cancellationCheck called repeatedly; may throw to stop the work */
    static ReadData of(PreparedTraining training, Runnable cancellationCheck) {
        List<String> warnings = DataWarnings.of(training.data(), cancellationCheck);
        EncodedData data = EncodedData.of(training.data(), Precision.FLOAT32, cancellationCheck);
        return new ReadData(data, training.wiring(), training.trainRows(), warnings, data::close);
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
            return new ReadData(data, wiring, trainRows, stored.warnings(), stored::close);
        } finally {
            if (!fits) {
                stored.close();
            }
        }
    }

    Findings findings(double baselineLoss) {
        return new Findings(wiring.parameterCount(), trainRows, warnings, baselineLoss);
    }

    @Override
    public void close() {
        end.run();
    }
}
