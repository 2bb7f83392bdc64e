package dev.descent.model.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.core.train.evaluate.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The predictions for a request's rows, in order.
 *
 * @param warnings how cells were treated that were not encoded as they are
 */
record PredictionAnswer(
        @Name("model") ModelReference model,
        @Name("predictions") List<Entry> predictions,
        @Name("warnings") List<String> warnings) {

    /** The version that made the predictions. */
    record ModelReference(
            @Name("name") String name, @Name("version") int version) {}

    /**
     * The prediction for one row: a label with the probability of each; a value, or one per target; or how well an
     * autoencoder reconstructs the row.
     *
     * @param inputs how the row's cells were treated, if the request asks for it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            @Name("label") @Nullable String label,
            @Name("probabilities") @Nullable Map<String, Double> probabilities,
            @Name("value") @Nullable Double value,
            @Name("values") @Nullable Map<String, Double> values,
            @Name("reconstruction_error") @Nullable Double reconstructionError,
            @Name("embedding") double @Nullable [] embedding,
            @Name("anomaly") @Nullable Boolean anomaly,
            @Name("inputs") @Nullable List<InputNotes.InputNote> inputs) {

        static Entry of(Prediction prediction, @Nullable List<InputNotes.InputNote> inputs) {
            return prediction.match(
                    row -> new Entry(
                            row.label(),
                            byName(row.labels(), row.probabilities()),
                            null,
                            null,
                            null,
                            null,
                            null,
                            inputs),
                    row -> row.values().length == 1
                            ? new Entry(null, null, row.values()[0], null, null, null, null, inputs)
                            : new Entry(null, null, null, byName(row.names(), row.values()), null, null, null, inputs),
                    row -> new Entry(null, null, null, null, row.error(), row.embedding(), row.anomaly(), inputs));
        }

        private static Map<String, Double> byName(List<String> names, double[] values) {
            Map<String, Double> byName = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                byName.put(names.get(i), values[i]);
            }
            return byName;
        }
    }
}
