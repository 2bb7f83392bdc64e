package dev.descent.model.serving;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.descent.core.Count;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.Table;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reads rows to predict from CSV with a header line. */
final class PredictionCsv {

    private static final Set<String> MISSING_VALUES = Set.of("", "NA");
    private static final int ROWS_AT_A_TIME = 4_096;
    private static final long BYTES_AT_A_TIME = 1 << 22;
    private static final long BYTES_PER_CELL = 56;
    private static final int MAX_RECORD = 1 << 21;

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
     * Reads the rows in tables of at most a few thousand, so that all of them may be larger than memory.
     *
     * @param mostRows a response as JSON has no more
     * @throws ProblemException 422 for malformed CSV, columns or cells that do not fit the model's inputs, or too many
     *     rows; 413 for a body that is too long
     */
    static void read(Body body, List<ColumnEncoder> inputs, long mostRows, Consumer<Table> tables) {
        read(body, rows -> {
            int done = 0;
            do {
                List<List<String>> some = rows.next();
                if (done + some.size() > mostRows) {
                    throw ProblemException.invalid(
                            "#",
                            "There are more than %d rows; more are accepted with Accept: text/csv".formatted(mostRows));
                }
                tables.accept(new PredictionRequestReader(inputs).read(rows.names(), some, done, MISSING_VALUES));
                done += some.size();
            } while (rows.hasNext());
        });
    }

    private static void read(Body body, Consumer<Rows> use) {
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(MAX_RECORD)
                .build(
                        CsvRecordHandler.of(
                                limits -> limits.maxFieldSize(MAX_RECORD).maxRecordSize(MAX_RECORD)),
                        body.reader())) {
            Iterator<CsvRecord> records = csv.iterator();
            if (!records.hasNext()) {
                throw ProblemException.invalid(
                        "#", "The body is empty; accepted: CSV with a header line and at least one row");
            }
            use.accept(new Rows(records.next().getFields(), records, body.most()));
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

        List<List<String>> next() {
            List<List<String>> some = new ArrayList<>();
            Violations violations = new Violations();
            long bytes = 0;
            while (records.hasNext() && some.size() < ROWS_AT_A_TIME && bytes < BYTES_AT_A_TIME) {
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
                long before = characters;
                record.getFields().forEach(cell -> characters += cell.length() + 1);
                bytes += characters - before + BYTES_PER_CELL * record.getFieldCount();
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
}
