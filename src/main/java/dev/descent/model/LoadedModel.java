package dev.descent.model;

import dev.descent.core.train.evaluate.Predictor;
import dev.descent.core.train.evaluate.TrainedModel;

/** A model version in memory, ready to predict. Thread-safe. */
public record LoadedModel(ModelVersionId id, String name, Predictor predictor) {

    public int version() {
        return id.version();
    }

    public TrainedModel model() {
        return predictor.model();
    }

    /** The maximum memory it takes; its numbers are in single precision. */
    long bytes() {
        return predictor.size() * Float.BYTES;
    }
}
