package dev.descent.model;

import dev.descent.core.train.evaluate.Predictor;
import dev.descent.core.train.evaluate.TrainedModel;

/** A version of a model in memory, ready to predict. Any number of threads may use it. */
record LoadedModel(String name, int version, Predictor predictor) {

    ModelVersionId id() {
        return new ModelVersionId(name, version);
    }

    TrainedModel model() {
        return predictor.model();
    }

    /** In memory, at most: its numbers are in single precision. */
    long bytes() {
        return predictor.size() * Float.BYTES;
    }
}
