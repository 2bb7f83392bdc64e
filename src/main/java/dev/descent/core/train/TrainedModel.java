package dev.descent.core.train;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.Matrix;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fitted weights with all that leads from raw columns to a prediction. Any number of threads may use one: nothing in it changes.
 *
 * @param weights every value of the network, 1 × (parameters + what layers remember)
 */
public record TrainedModel(Wiring wiring, Matrix weights, Preprocessor preprocessor, TargetEncoder target) {

    static final int MAX_BATCH = 256;

    /**
     * Fills the weights in by name.
     *
     * @throws IllegalArgumentException where one is missing or has another size
     */
    public void takeWeights(Map<String, Matrix> byName) {
        for (NamedWeights part : NamedWeights.of(wiring, weights)) {
            Matrix values = byName.get(part.name());
            if (values == null) {
                throw new IllegalArgumentException("There are no weights \"%s\"".formatted(part.name()));
            }
            part.values().copy(values);
        }
    }

    /** Predicts every row of a table that has all columns of the preprocessor. */
    public List<Prediction> predict(Table table, Preprocessor.FindingListener listener) {
        List<Prediction> predictions = new ArrayList<>(table.rows());
        Preprocessor.RowEncoder encoder = preprocessor.bind(table);
        double[] inputs = new double[preprocessor.width()];
        int batchSize = Math.max(1, Math.min(MAX_BATCH, table.rows()));
        try (Network network = new Network(wiring, weights, batchSize, Network.Purpose.TRAINING);
                Matrix batch = Matrix.zeros(weights.precision(), batchSize, inputs.length)) {
            OutputReader reader = OutputReader.of(this, network);
            for (int from = 0; from < table.rows(); from += batchSize) {
                int rows = Math.min(batchSize, table.rows() - from);
                for (int row = 0; row < rows; row++) {
                    encoder.encode(from + row, inputs, listener);
                    batch.setRow(row, inputs);
                }
                Matrix examples = batch.top(rows);
                Matrix outputs = network.forward(examples);
                for (int row = 0; row < rows; row++) {
                    predictions.add(reader.read(examples, outputs, row));
                }
            }
        }
        return predictions;
    }

    /** Measures the model on examples that its own preprocessor and target encoder made. */
    public Evaluation evaluate(Examples examples) {
        return Evaluations.evaluate(this, examples);
    }

    /**
     * The same model with the threshold of anomalies at the error below which 99 of 100 training rows stay; models other than autoencoders have none.
     *
     * @param train encoded by its own preprocessor
     */
    public TrainedModel withThreshold(Examples train) {
        if (!(target instanceof TargetEncoder.Reconstruction reconstruction)) {
            return this;
        }
        double threshold = Evaluations.quantile(Evaluations.reconstructionErrors(this, train), 0.99);
        return new TrainedModel(
                wiring, weights, preprocessor, new TargetEncoder.Reconstruction(reconstruction.outputs(), threshold));
    }
}
