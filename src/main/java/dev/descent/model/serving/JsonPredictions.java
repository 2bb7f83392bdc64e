package dev.descent.model.serving;

import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.train.evaluate.Prediction;
import dev.descent.model.LoadedModel;
import dev.descent.problem.ProblemException;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Predictions as JSON, in the form of a {@link PredictionAnswer}. */
final class JsonPredictions implements PredictionOutput {

    /** More belong into CSV, which is shorter and can be read row by row. */
    private static final int MAX_NUMBERS = 10_000_000;

    private final JsonGenerator json;
    private final InputNotes notes;
    private long numbers;

    /** @param notes collects how cells were treated */
    JsonPredictions(OutputStream target, JsonMapper mapper, LoadedModel model, InputNotes notes) {
        this.json = mapper.createGenerator(target);
        this.notes = notes;
        json.writeStartObject();
        json.writePOJOProperty("model", new PredictionAnswer.ModelReference(model.name(), model.version()));
        json.writeArrayPropertyStart("predictions");
    }

    @Override
    public void write(Prediction prediction, int row) {
        numbers += prediction.match(
                found -> found.probabilities().length,
                found -> found.values().length,
                found -> found.embedding().length);
        if (numbers > MAX_NUMBERS) {
            throw ProblemException.invalid(
                    "#",
                    "The predictions have more than %d numbers; more are accepted with Accept: text/csv"
                            .formatted(MAX_NUMBERS));
        }
        json.writePOJO(PredictionAnswer.Entry.of(prediction, notes.ofRow(row)));
    }

    @Override
    public void found(ColumnEncoder encoder, int row, ColumnEncoder.Finding finding) {
        notes.found(encoder, row, finding);
    }

    @Override
    public void end() {
        json.writeEndArray();
        json.writePOJOProperty("warnings", notes.warnings());
        json.writeEndObject();
        json.close();
    }
}
