package dev.descent.model.serving;

import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.train.evaluate.Prediction;
import dev.descent.format.CsvOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Predictions as CSV: the columns {@code label} and one {@code probability_<label>} per label; {@code value}, or
 * {@code value_<target>} per target; or the output of an autoencoder. A last column, {@code inputs}, says on request how
 * the cells of the row were treated: {@code age: imputed; country: unseen}.
 */
final class CsvPredictions implements PredictionOutput {

    private final CsvOutput csv;
    private final InputNotes notes;
    private boolean begun;

    /** @param notes collects how cells were treated */
    CsvPredictions(OutputStream target, InputNotes notes) {
        this.notes = notes;
        this.csv = new CsvOutput(new OutputStreamWriter(target, StandardCharsets.UTF_8));
    }

    @Override
    public void write(Prediction prediction, int row) {
        List<InputNotes.InputNote> ofRow = notes.ofRow(row);
        if (!begun) {
            csv.write(ofRow == null ? header(prediction) : concat(header(prediction).stream(), Stream.of("inputs")));
            begun = true;
        }
        csv.write(ofRow == null ? fields(prediction) : concat(fields(prediction).stream(), Stream.of(sentence(ofRow))));
    }

    @Override
    public void found(ColumnEncoder encoder, int row, ColumnEncoder.Finding finding) {
        notes.found(encoder, row, finding);
    }

    @Override
    public void end() throws IOException {
        csv.close();
    }

    private static String sentence(List<InputNotes.InputNote> notes) {
        return notes.stream()
                .map(note -> "%s: %s".formatted(note.column(), note.finding()))
                .collect(Collectors.joining("; "));
    }

    private static List<String> header(Prediction prediction) {
        return prediction.match(
                row -> concat(Stream.of("label"), row.labels().stream().map(name -> "probability_" + name)),
                row -> row.names().size() == 1
                        ? List.of("value")
                        : row.names().stream().map(name -> "value_" + name).toList(),
                row -> concat(
                        Stream.of("reconstruction_error", "anomaly"),
                        IntStream.range(0, row.embedding().length).mapToObj(i -> "embedding_" + i)));
    }

    private static List<Object> fields(Prediction prediction) {
        return prediction.match(
                row -> concat(Stream.of(row.label()), numbers(row.probabilities())),
                row -> numbers(row.values()).toList(),
                row -> concat(Stream.of(row.error(), row.anomaly()), numbers(row.embedding())));
    }

    private static Stream<Object> numbers(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(number -> number);
    }

    private static <T> List<T> concat(Stream<? extends T> first, Stream<? extends T> second) {
        return Stream.<T>concat(first, second).toList();
    }
}
