package dev.descent.model.serving;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.train.evaluate.Prediction;
import dev.descent.core.train.evaluate.Predictor;
import java.io.IOException;

/** Writes predictions one by one, so that the response may be larger than memory. */
interface PredictionOutput extends Preprocessor.FindingListener {

    /** @param row in the table that was predicted */
    void write(Prediction prediction, int row);

    void end() throws IOException;

    default void predict(Predictor predictor, Table table) {
        predictor.predict(table, this, this::write);
    }
}
