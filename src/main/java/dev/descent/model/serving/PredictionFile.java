package dev.descent.model.serving;

import dev.descent.core.data.Table;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.dataset.format.Detected;
import dev.descent.dataset.format.DuplicateNames;
import dev.descent.dataset.format.FileLayout;
import dev.descent.dataset.format.HeaderLine;
import dev.descent.dataset.format.LayoutOptions;
import dev.descent.dataset.format.RaggedRows;
import dev.descent.dataset.format.Row;
import dev.descent.dataset.format.RowHandler;
import dev.descent.dataset.format.RowLimits;
import dev.descent.dataset.format.RowSource;
import dev.descent.dataset.format.TextEncoding;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.Quote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows to predict in a file, which is read as an upload is: in the same formats, by the same reader, and each cell by
 * the rules that the model keeps of its dataset.
 */
record PredictionFile(Path path, DatasetFormat format, RowLimits limits, LongConsumer reserve, Options options) {

    private static final int ROWS_AT_A_TIME = 4_096;
    private static final long BYTES_AT_A_TIME = 1 << 22;

    /**
     * What the client says of it.
     *
     * @param delimiter null to detect it
     * @param isUtf8 whether it is known to be UTF-8; otherwise its encoding is detected
     */
    record Options(@Nullable String delimiter, boolean isUtf8, ExtraColumns extra) {

        private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|", LayoutOptions.AUTO);

        /** @throws ProblemException 422 for anything else than what is accepted */
        static Options of(@Nullable String delimiter, boolean isUtf8, String extraColumns) {
            Violations violations = new Violations();
            if (delimiter != null && !DELIMITERS.contains(delimiter)) {
                violations.add(
                        "?delimiter", "delimiter is %s; accepted: , ; | or a tab".formatted(Quote.text(delimiter)));
            }
            ExtraColumns extra = ExtraColumns.read(extraColumns, "?extra_columns", violations);
            violations.throwIfAny();
            return new Options(delimiter, isUtf8, extra);
        }
    }

    /**
     * Reads the rows in tables of at most a few thousand, so that all of them may be larger than memory.
     *
     * @param notes is told what was taken for granted about the file
     * @param mostRows a response as JSON has no more
     * @throws ProblemException 422 for a malformed file, columns or cells that do not fit the model's inputs, or too
     *     many rows
     */
    void read(ModelInputs inputs, InputNotes notes, long mostRows, Consumer<Table> tables) throws IOException {
        Rows rows = new Rows(inputs, mostRows, tables);
        try {
            Detected detected = DatasetFormat.detect(path, format, layout(inputs.layout()));
            RowSource source = detected.format().rows(path, detected.layout(), limits);
            notes.add(detected.warnings());
            reserve.accept(source.heapBytes());
            source.read(rows.of(detected));
            notes.add(source.warnings());
        } catch (ProblemException refused) {
            throw ofBody(refused, rows);
        }
        rows.end();
    }

    /** Quotes, escapes and comments are those of the dataset; the rest is found out again. */
    private LayoutOptions layout(FileLayout dataset) {
        return new LayoutOptions(
                options.delimiter(),
                dataset.quote(),
                dataset.escape(),
                dataset.comment(),
                HeaderLine.PRESENT,
                options.isUtf8() ? TextEncoding.UTF_8 : null,
                RaggedRows.REJECT,
                DuplicateNames.REJECT);
    }

    /** The file is the body here, and not a part of a form. What is wrong with its lines hides no missing column. */
    private static ProblemException ofBody(ProblemException refused, Rows rows) {
        List<Violation> errors = refused.errors().stream()
                .map(error -> new Violation("#", error.detail()))
                .toList();
        Violations all = new Violations();
        all.addAll(errors);
        if (refused.problem() == Problem.INVALID_REQUEST && rows.lacksColumns(all)) {
            return all.exception();
        }
        return new ProblemException(refused.problem(), refused.detail(), errors);
    }

    /** Collects rows until they are enough for a table. */
    private final class Rows implements RowHandler {

        private final long mostRows;
        private final Consumer<Table> tables;
        private final Violations ofHeader = new Violations();
        private ModelInputs inputs;
        private List<String> names = List.of();
        private boolean hasHeader;
        private String rowNames = "";
        private List<Row> some = new ArrayList<>();
        private long bytes;
        private long done;

        Rows(ModelInputs inputs, long mostRows, Consumer<Table> tables) {
            this.inputs = inputs;
            this.mostRows = mostRows;
            this.tables = tables;
        }

        /** Where texts are not all there is, an empty one is a missing one; and the names of rows are no column. */
        Rows of(Detected file) {
            if (file.format().hasNulls()) {
                inputs = inputs.withNulls();
            }
            rowNames = file.layout().rowNames();
            return this;
        }

        @Override
        public void header(List<String> columns) {
            names = columns;
            hasHeader = true;
            check(options.extra(), ofHeader);
        }

        private void check(ExtraColumns extra, Violations violations) {
            List<String> given =
                    names.stream().filter(name -> !name.equals(rowNames)).toList();
            inputs.check(given, extra, "leave its fields empty", "#", violations);
        }

        /** Adds the columns that are not there. Of a name that stands there twice nothing more can be said. */
        boolean lacksColumns(Violations violations) {
            Violations missing = new Violations();
            if (hasHeader) {
                check(ExtraColumns.IGNORE, missing);
            }
            violations.addAll(missing);
            return !missing.isEmpty();
        }

        /** After faults of the header, the lines are read for faults of their own. */
        @Override
        public boolean row(Row row) {
            if (!ofHeader.isEmpty()) {
                return true;
            }
            if (done + some.size() >= mostRows) {
                throw ProblemException.invalid(
                        "#",
                        "There are more than %d rows; more are accepted with Accept: text/csv".formatted(mostRows));
            }
            some.add(row);
            bytes += row.bytes();
            if (some.size() >= ROWS_AT_A_TIME || bytes >= BYTES_AT_A_TIME) {
                endTable();
            }
            return true;
        }

        void end() {
            ofHeader.throwIfAny();
            endTable();
        }

        private void endTable() {
            if (!some.isEmpty()) {
                Table table = table();
                done += some.size();
                some = new ArrayList<>();
                bytes = 0;
                tables.accept(table);
            }
        }

        private Table table() {
            Violations violations = new Violations();
            List<InputColumn> columns = inputs.columns(some.size());
            for (InputColumn column : columns) {
                int cell = names.indexOf(column.name());
                for (int i = 0; i < some.size(); i++) {
                    Row row = some.get(i);
                    if (!column.set(i, row.characters(), row.from(cell), row.to(cell))) {
                        long number = done + i + 1;
                        violations.add(
                                () -> "#",
                                () -> "Row %d, which starts in line %d, has %s in column %s; accepted: %s"
                                        .formatted(
                                                number,
                                                row.line(),
                                                Quote.text(row.text(cell)),
                                                Quote.text(column.name()),
                                                column.accepted()));
                    }
                }
            }
            violations.throwIfAny();
            return new Table(columns.stream().map(InputColumn::column).toList(), some.size());
        }
    }
}
