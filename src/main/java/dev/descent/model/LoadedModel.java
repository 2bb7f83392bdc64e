package dev.descent.model;

import dev.descent.core.train.evaluate.Predictor;
import dev.descent.core.train.evaluate.TrainedModel;
import dev.descent.dataset.DatasetReading;

/**
 * A model version in memory, ready to predict. Thread-safe.
 *
 * @param reading by which rows to predict are read
 */
public record LoadedModel(ModelVersionId id, String name, DatasetReading reading, Predictor predictor) {

    public int version() {
        return id.version();
    }

    /** The first member, if it is an ensemble. */
    public TrainedModel model() {
        return predictor.model();
    }

    /** The maximum memory it takes; its numbers are in single precision. */
    long bytes() {
        return predictor.size() * Float.BYTES;
    }
}
