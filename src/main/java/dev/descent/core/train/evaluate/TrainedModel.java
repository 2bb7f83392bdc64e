package dev.descent.core.train.evaluate;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.examples.ExampleSource;
import java.util.List;
import java.util.Map;

/**
 * Fitted weights with everything that leads from raw columns to a prediction. Immutable and thread-safe once the
 * weights are filled in.
 *
 * @param weights every value of the network, 1 × (parameters + state)
 */
public record TrainedModel(Wiring wiring, Matrix weights, Preprocessor preprocessor, TargetEncoder target) {

    /**
     * Fills in the weights by name.
     *
     * @throws IllegalArgumentException if one is missing or has a different size
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

    /**
     * Predicts every row of a table that has all columns of the preprocessor. For repeated predictions, keep a
     * {@link Predictor}.
     */
    public List<Prediction> predict(Table table, Preprocessor.FindingListener listener) {
        try (Predictor predictor = new Predictor(this)) {
            return predictor.predict(table, listener);
        }
    }

    /**
     * Measures the model on examples encoded by its own preprocessor and target encoder.
     *
     * @param cancellationCheck called before each batch; may throw to stop
     */
    public Evaluation evaluate(ExampleSource examples, Runnable cancellationCheck) {
        return TaskOutputs.of(target).evaluate(new TaskOutputs.Measurement(this, examples, cancellationCheck));
    }

    /**
     * The same model with its anomaly threshold set to the error that 99 of 100 training rows stay below; only
     * autoencoders have one.
     *
     * @param train encoded by its own preprocessor
     * @param cancellationCheck called before each batch; may throw to stop
     */
    public TrainedModel withThreshold(ExampleSource train, Runnable cancellationCheck) {
        TargetEncoder learnt =
                TaskOutputs.of(target).learn(new TaskOutputs.Measurement(this, train, cancellationCheck));
        return learnt.equals(target) ? this : new TrainedModel(wiring, weights, preprocessor, learnt);
    }
}
