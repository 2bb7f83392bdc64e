package dev.descent.model;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.train.Prediction;
import dev.descent.core.train.Predictor;
import dev.descent.problem.Faults;
import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Rows to predict, and predictions, as CSV with a header line. */
final class PredictionCsv {

    private static final Set<String> MISSING_VALUES = Set.of("", "NA");
    private static final int ROWS_AT_A_TIME = 4_096;

    private PredictionCsv() {}

    /** The characters of a body; bytes that are no text are an error, since they must not pass as a level that training did not see. */
    static Reader decode(InputStream body, Charset charset) {
        return new InputStreamReader(body, charset.newDecoder());
    }

    /**
     * All rows as one table.
     *
     * @throws ProblemException 422 for what is no CSV, does not fit the model's inputs, or is more than {@link PredictionRequestReader#MAX_ROWS} rows
     */
    static Table read(Reader body, List<ColumnEncoder> inputs) {
        List<Table> tables = new ArrayList<>();
        forEachTable(body, inputs, PredictionRequestReader.MAX_ROWS, table -> {
            if (!tables.isEmpty()) {
                throw ProblemException.invalid(
                        "#",
                        "There are more than %d rows; more are accepted with Accept: text/csv"
                                .formatted(PredictionRequestReader.MAX_ROWS));
            }
            tables.add(table);
        });
        return tables.get(0);
    }

    /**
     * Predicts row for row. No more than a few thousand rows are in memory at a time.
     *
     * @throws ProblemException 422 for what is no CSV or does not fit the model's inputs
     */
    static void predict(Reader body, Predictor predictor, Writer answer) {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(answer);
        boolean[] hasHeader = new boolean[1];
        forEachTable(body, predictor.model().preprocessor().encoders(), ROWS_AT_A_TIME, table -> {
            for (Prediction prediction : predictor.predict(table, Preprocessor.FindingListener.NONE)) {
                if (!hasHeader[0]) {
                    csv.writeRecord(header(prediction));
                    hasHeader[0] = true;
                }
                csv.writeRecord(fields(prediction));
            }
        });
        try {
            csv.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void forEachTable(
            Reader body, List<ColumnEncoder> inputs, int rowsAtATime, Consumer<Table> consumer) {
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowUnclosedQuote(false)
                .ofCsvRecord(body)) {
            Iterator<CsvRecord> rows = csv.iterator();
            if (!rows.hasNext()) {
                throw ProblemException.invalid(
                        "#", "The body is empty; accepted: CSV with a header line and at least one row");
            }
            List<String> names = rows.next().getFields();
            int done = 0;
            do {
                List<List<String>> chunk = chunk(rows, names.size(), rowsAtATime);
                consumer.accept(new PredictionRequestReader(inputs).read(names, chunk, done, MISSING_VALUES));
                done += chunk.size();
            } while (rows.hasNext());
        } catch (CsvParseException malformed) {
            throw ProblemException.invalid("#", "The body is no CSV: " + malformed.getMessage());
        } catch (CharacterCodingException invalid) {
            throw notText();
        } catch (UncheckedIOException failure) {
            if (failure.getCause() instanceof CharacterCodingException) {
                throw notText();
            }
            throw failure;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ProblemException notText() {
        return ProblemException.invalid(
                "#", "The body is not text of its charset; accepted: CSV in UTF-8, or as Content-Type says");
    }

    private static List<List<String>> chunk(Iterator<CsvRecord> rows, int width, int count) {
        List<List<String>> chunk = new ArrayList<>();
        Faults faults = new Faults();
        while (rows.hasNext() && chunk.size() < count) {
            CsvRecord row = rows.next();
            if (row.getFieldCount() != width) {
                faults.add(
                        "#",
                        "Line %d has %d fields; accepted: %d, as the header has"
                                .formatted(row.getStartingLineNumber(), row.getFieldCount(), width));
            }
            chunk.add(row.getFields());
        }
        faults.throwIfAny();
        return chunk;
    }

    /** {@code label} and a column {@code probability_<label>} for each; {@code value}, or {@code value_<target>} for each; or what an autoencoder says. */
    static String write(List<Prediction> predictions) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder()
                .bufferSize(0)
                .lineDelimiter(LineDelimiter.LF)
                .build(text);
        csv.writeRecord(header(predictions.get(0)));
        predictions.forEach(prediction -> csv.writeRecord(fields(prediction)));
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
