package dev.descent.model;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.Table;
import dev.descent.core.train.Prediction;
import dev.descent.problem.Faults;
import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows to predict, and predictions, as CSV with a header line. */
final class PredictionCsv {

    private static final Set<String> MISSING_VALUES = Set.of("", "NA");

    private PredictionCsv() {}

    /** @throws ProblemException 422 for bytes that are no text, which must not pass as a level that training did not see */
    static String decode(byte[] body, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException invalid) {
            throw ProblemException.invalid(
                    "#",
                    "The body is not valid %s; accepted: CSV in UTF-8, or as Content-Type says".formatted(charset));
        }
    }

    static Table read(String body, List<ColumnEncoder> inputs) {
        List<List<String>> rows = new ArrayList<>();
        Faults faults = new Faults();
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowUnclosedQuote(false)
                .ofCsvRecord(body)) {
            for (CsvRecord row : csv) {
                if (!rows.isEmpty() && row.getFieldCount() != rows.get(0).size()) {
                    faults.add(
                            "#",
                            "Line %d has %d fields; accepted: %d, as the header has"
                                    .formatted(
                                            row.getStartingLineNumber(),
                                            row.getFieldCount(),
                                            rows.get(0).size()));
                }
                rows.add(row.getFields());
            }
        } catch (CsvParseException malformed) {
            throw ProblemException.invalid("#", "The body is no CSV: " + malformed.getMessage());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        faults.throwIfAny();
        if (rows.isEmpty()) {
            throw ProblemException.invalid(
                    "#", "The body is empty; accepted: CSV with a header line and at least one row");
        }
        return new PredictionRequestReader(inputs).read(rows.get(0), rows.subList(1, rows.size()), MISSING_VALUES);
    }

    /** {@code label} and a column {@code probability_<label>} for each; {@code value}, or {@code value_<target>} for each; or what an autoencoder says. */
    static String write(List<Prediction> predictions) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder()
                .bufferSize(0)
                .lineDelimiter(LineDelimiter.LF)
                .build(text);
        for (int row = 0; row < predictions.size(); row++) {
            Prediction prediction = predictions.get(row);
            if (row == 0) {
                csv.writeRecord(header(prediction));
            }
            csv.writeRecord(fields(prediction));
        }
        return text.toString();
    }

    private static List<String> header(Prediction prediction) {
        List<String> names = new ArrayList<>();
        if (prediction instanceof Prediction.Label label) {
            names.add("label");
            label.labels().forEach(name -> names.add("probability_" + name));
        } else if (prediction instanceof Prediction.Amounts amounts) {
            amounts.names().forEach(name -> names.add(amounts.names().size() == 1 ? "value" : "value_" + name));
        } else {
            Prediction.Reconstruction row = (Prediction.Reconstruction) prediction;
            names.add("reconstruction_error");
            names.add("anomaly");
            for (int i = 0; i < row.embedding().length; i++) {
                names.add("embedding_" + i);
            }
        }
        return names;
    }

    private static List<String> fields(Prediction prediction) {
        List<String> fields = new ArrayList<>();
        if (prediction instanceof Prediction.Label label) {
            fields.add(label.label());
            addAll(label.probabilities(), fields);
        } else if (prediction instanceof Prediction.Amounts amounts) {
            addAll(amounts.values(), fields);
        } else {
            Prediction.Reconstruction row = (Prediction.Reconstruction) prediction;
            fields.add(Double.toString(row.error()));
            fields.add(Boolean.toString(row.anomaly()));
            addAll(row.embedding(), fields);
        }
        return fields;
    }

    private static void addAll(double[] numbers, List<String> fields) {
        for (double number : numbers) {
            fields.add(Double.toString(number));
        }
    }
}
