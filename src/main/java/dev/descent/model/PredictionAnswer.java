package dev.descent.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.train.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The predictions for a request's rows, in their order.
 *
 * @param warnings what was done to cells that could not simply be taken
 */
record PredictionAnswer(ModelReference model, List<Entry> predictions, List<String> warnings) {

    /** The version that predicted. */
    record ModelReference(String name, int version) {}

    /**
     * One row's prediction: a label with the probability of each, or a value.
     *
     * @param inputs what was done to the row's cells, where the request asks to explain them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            @Nullable String label,
            @Nullable Map<String, Double> probabilities,
            @Nullable Double value,
            @Nullable List<InputNotes.InputNote> inputs) {

        static Entry of(Prediction prediction, @Nullable List<InputNotes.InputNote> inputs) {
            if (prediction instanceof Prediction.Amount amount) {
                return new Entry(null, null, amount.value(), inputs);
            }
            Prediction.Label label = (Prediction.Label) prediction;
            Map<String, Double> probabilities = new LinkedHashMap<>();
            for (int i = 0; i < label.labels().size(); i++) {
                probabilities.put(label.labels().get(i), label.probabilities()[i]);
            }
            return new Entry(label.label(), probabilities, null, inputs);
        }
    }

    static PredictionAnswer of(
            LoadedModel model, List<Prediction> predictions, InputNotes notes, boolean explainInputs) {
        List<Entry> entries = new java.util.ArrayList<>(predictions.size());
        for (int row = 0; row < predictions.size(); row++) {
            entries.add(Entry.of(predictions.get(row), explainInputs ? notes.ofRow(row) : null));
        }
        return new PredictionAnswer(new ModelReference(model.name(), model.version()), entries, notes.warnings());
    }
}
