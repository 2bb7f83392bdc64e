package dev.descent.core.train.evaluate;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.examples.Examples;
import java.util.List;
import java.util.Map;

/**
 * Fitted weights with all that leads from raw columns to a prediction. Any number of threads may use one: nothing in it
 * changes.
 *
 * @param weights every value of the network, 1 × (parameters + what layers remember)
 */
public record TrainedModel(Wiring wiring, Matrix weights, Preprocessor preprocessor, TargetEncoder target) {

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

    /**
     * Predicts every row of a table that has all columns of the preprocessor. Whoever predicts again and again keeps a
     * {@link Predictor}.
     */
    public List<Prediction> predict(Table table, Preprocessor.FindingListener listener) {
        try (Predictor predictor = new Predictor(this)) {
            return predictor.predict(table, listener);
        }
    }

    /**
     * Measures the model on examples that its own preprocessor and target encoder made.
     *
     * @param cancellationCheck runs before each batch, and may throw to end it all
     */
    public Evaluation evaluate(Examples examples, Runnable cancellationCheck) {
        return TaskOutputs.of(target).evaluate(new TaskOutputs.Measurement(this, examples, cancellationCheck));
    }

    /**
     * The same model with the threshold of anomalies at the error below which 99 of 100 training rows stay; models
     * other than autoencoders have none.
     *
     * @param train encoded by its own preprocessor
     * @param cancellationCheck runs before each batch, and may throw to end it all
     */
    public TrainedModel withThreshold(Examples train, Runnable cancellationCheck) {
        TargetEncoder learnt =
                TaskOutputs.of(target).learn(new TaskOutputs.Measurement(this, train, cancellationCheck));
        return learnt.equals(target) ? this : new TrainedModel(wiring, weights, preprocessor, learnt);
    }
}
