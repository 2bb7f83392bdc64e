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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Predictions as CSV: the columns {@code label} and one {@code probability_<label>} per label; {@code value}, or
 * {@code value_<target>} per target; or the output of an autoencoder.
 */
final class CsvPredictions implements PredictionOutput {

    private final CsvOutput csv;
    private boolean begun;

    CsvPredictions(OutputStream target) {
        this.csv = new CsvOutput(new OutputStreamWriter(target, StandardCharsets.UTF_8));
    }

    @Override
    public void write(Prediction prediction, int row) {
        if (!begun) {
            csv.write(header(prediction));
            begun = true;
        }
        csv.write(fields(prediction));
    }

    @Override
    public void found(ColumnEncoder encoder, int row, ColumnEncoder.Finding finding) {
        // CSV has no place for it.
    }

    @Override
    public void end() throws IOException {
        csv.close();
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
