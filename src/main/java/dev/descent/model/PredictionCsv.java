package dev.descent.model;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.descent.core.Count;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.train.evaluate.Prediction;
import dev.descent.core.train.evaluate.Predictor;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads rows to predict from CSV with a header line, and writes predictions as such. */
final class PredictionCsv {

    private static final Set<String> MISSING_VALUES = Set.of("", "NA");
    private static final int ROWS_AT_A_TIME = 4_096;
    private static final long CHARACTERS_AT_A_TIME = 1 << 22;

    private PredictionCsv() {}

    /**
     * Rows as sent by a client.
     *
     * @param most the maximum number of characters in all cells
     */
    record Body(InputStream bytes, Charset charset, long most) {

        /** Malformed bytes are an error: they must not pass as a level that training did not see. */
        private Reader reader() {
            return new InputStreamReader(bytes, charset.newDecoder());
        }
    }

    /**
     * All rows as one table.
     *
     * @throws ProblemException 422 for malformed CSV, columns or cells that do not fit the model's inputs, or more than
     *     {@link PredictionRequestReader#MAX_ROWS} rows; 413 for a body that is too long
     */
    static Table read(Body body, List<ColumnEncoder> inputs) {
        PredictionRequestReader reader = new PredictionRequestReader(inputs);
        return read(body, rows -> {
            List<String> names = rows.names();
            List<List<String>> all = rows.next(PredictionRequestReader.MAX_ROWS, Long.MAX_VALUE);
            if (rows.hasNext()) {
                throw ProblemException.invalid(
                        "#",
                        "There are more than %d rows; more are accepted with Accept: text/csv"
                                .formatted(PredictionRequestReader.MAX_ROWS));
            }
            return reader.read(names, all, 0, MISSING_VALUES);
        });
    }

    /**
     * Predicts as the rows arrive, with no more than a few thousand rows in memory. The response is buffered in an
     * unlinked file until the last row has been accepted, because half a response would look like a complete one.
     *
     * @return the response, positioned at its start
     * @throws ProblemException 422 for malformed CSV or rows that do not fit the model's inputs; 413 for a body that is
     *     too long
     */
    static FileChannel predict(Body body, Predictor predictor) throws IOException {
        FileChannel answer = FileChannel.open(
                Files.createTempFile("descent-predictions-", ".csv"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        try {
            CsvWriter csv = CsvWriter.builder()
                    .lineDelimiter(LineDelimiter.LF)
                    .build(Channels.newWriter(answer, StandardCharsets.UTF_8));
            read(body, rows -> predict(rows, predictor, csv));
            csv.flush();
            return answer.position(0);
        } catch (IOException | RuntimeException failure) {
            answer.close();
            throw failure;
        }
    }

    private static int predict(Rows rows, Predictor predictor, CsvWriter csv) {
        List<ColumnEncoder> inputs = predictor.model().preprocessor().encoders();
        int done = 0;
        do {
            List<List<String>> some = rows.next(ROWS_AT_A_TIME, CHARACTERS_AT_A_TIME);
            Table table = new PredictionRequestReader(inputs).read(rows.names(), some, done, MISSING_VALUES);
            for (Prediction prediction : predictor.predict(table, Preprocessor.FindingListener.NONE)) {
                if (done == 0) {
                    csv.writeRecord(header(prediction));
                }
                csv.writeRecord(fields(prediction));
                done++;
            }
        } while (rows.hasNext());
        return done;
    }

    private static <T> T read(Body body, Function<Rows, T> use) {
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(body.reader())) {
            Iterator<CsvRecord> records = csv.iterator();
            if (!records.hasNext()) {
                throw ProblemException.invalid(
                        "#", "The body is empty; accepted: CSV with a header line and at least one row");
            }
            return use.apply(new Rows(records.next().getFields(), records, body.most()));
        } catch (CsvParseException malformed) {
            throw ProblemException.invalid("#", "The body is no CSV: " + malformed.getMessage());
        } catch (UncheckedIOException failure) {
            throw failure.getCause() instanceof CharacterCodingException ? notText() : failure;
        } catch (CharacterCodingException invalid) {
            throw notText();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The rows after the header, in chunks. */
    private static final class Rows {

        private final List<String> names;
        private final Iterator<CsvRecord> records;
        private final long most;
        private long characters;

        Rows(List<String> names, Iterator<CsvRecord> records, long most) {
            this.names = names;
            this.records = records;
            this.most = most;
        }

        List<String> names() {
            return names;
        }

        boolean hasNext() {
            return records.hasNext();
        }

        List<List<String>> next(int rows, long charactersTogether) {
            List<List<String>> some = new ArrayList<>();
            Violations violations = new Violations();
            long before = characters;
            while (records.hasNext() && some.size() < rows && characters - before < charactersTogether) {
                CsvRecord record = records.next();
                if (record.getFieldCount() != names.size()) {
                    violations.add(
                            "#",
                            "Line %d has %s; accepted: %d, as the header has"
                                    .formatted(
                                            record.getStartingLineNumber(),
                                            Count.of(record.getFieldCount(), "field"),
                                            names.size()));
                }
                record.getFields().forEach(cell -> characters += cell.length() + 1);
                if (characters > most) {
                    throw new ProblemException(
                            Problem.TOO_LARGE,
                            "The body is larger than %s; descent.max-upload-size sets this limit"
                                    .formatted(Count.of(most, "byte")),
                            List.of());
                }
                some.add(record.getFields());
            }
            violations.throwIfAny();
            return some;
        }
    }

    private static ProblemException notText() {
        return ProblemException.invalid(
                "#", "The body is not text of its charset; accepted: CSV in UTF-8, or as Content-Type says");
    }

    /**
     * The columns {@code label} and one {@code probability_<label>} per label; {@code value}, or {@code value_<target>}
     * per target; or the output of an autoencoder.
     */
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
        return prediction.match(
                row -> concat(Stream.of("label"), row.labels().stream().map(name -> "probability_" + name)),
                row -> row.names().size() == 1
                        ? List.of("value")
                        : row.names().stream().map(name -> "value_" + name).toList(),
                row -> concat(
                        Stream.of("reconstruction_error", "anomaly"),
                        IntStream.range(0, row.embedding().length).mapToObj(i -> "embedding_" + i)));
    }

    private static List<String> fields(Prediction prediction) {
        return prediction.match(
                row -> concat(Stream.of(row.label()), texts(row.probabilities())),
                row -> texts(row.values()).toList(),
                row -> concat(
                        Stream.of(Double.toString(row.error()), Boolean.toString(row.anomaly())),
                        texts(row.embedding())));
    }

    private static Stream<String> texts(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(Double::toString);
    }

    private static List<String> concat(Stream<String> first, Stream<String> second) {
        return Stream.concat(first, second).toList();
    }
}
