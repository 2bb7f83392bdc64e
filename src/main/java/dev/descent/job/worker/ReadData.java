package dev.descent.job.worker;

import dev.descent.core.math.Precision;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.examples.DataWarnings;
import dev.descent.core.train.examples.EncodedData;
import dev.descent.job.specification.PreparedTraining;
import java.util.List;

/**
 * What a run needs once it has read its data. Excludes the table, so that its memory is free while the network trains.
 *
 * @param warnings about the data
 */
record ReadData(EncodedData data, Wiring wiring, int trainRows, List<String> warnings) implements AutoCloseable {

    /** @param cancellationCheck called repeatedly; may throw to stop the work */
    static ReadData of(PreparedTraining training, Runnable cancellationCheck) {
        List<String> warnings = DataWarnings.of(training.data(), cancellationCheck);
        EncodedData data = EncodedData.of(training.data(), Precision.FLOAT32, cancellationCheck);
        return new ReadData(data, training.wiring(), training.trainRows(), warnings);
    }

    Findings findings(double baselineLoss) {
        return new Findings(wiring.parameterCount(), trainRows, warnings, baselineLoss);
    }

    @Override
    public void close() {
        data.close();
    }
}
