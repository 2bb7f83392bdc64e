package dev.descent.model.serving;

import dev.descent.core.data.Table;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.dataset.format.FileLayout;
import dev.descent.dataset.format.Row;
import dev.descent.dataset.format.RowHandler;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.Quote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows to predict in a file, which is read as an upload is: in the same formats, by the same reader, and each cell by
 * the rules that the model keeps of its dataset.
 */
record PredictionFile(Path path, DatasetFormat format, Options options) {

    private static final int ROWS_AT_A_TIME = 4_096;
    private static final long BYTES_AT_A_TIME = 1 << 22;

    /**
     * What the client says of it.
     *
     * @param delimiter null to detect it
     */
    record Options(@Nullable String delimiter, ExtraColumns extra) {

        /** @throws ProblemException 422 for anything else than what is accepted */
        static Options of(@Nullable String delimiter, String extraColumns) {
            Violations violations = new Violations();
            if (delimiter != null
                    && (delimiter.length() != 1 || !FileLayout.DELIMITERS.contains(delimiter.charAt(0)))) {
                violations.add(
                        "?delimiter", "delimiter is %s; accepted: , ; | or a tab".formatted(Quote.text(delimiter)));
            }
            ExtraColumns extra = ExtraColumns.read(extraColumns, "?extra_columns", violations);
            violations.throwIfAny();
            return new Options(delimiter, extra);
        }
    }

    /**
     * Reads the rows in tables of at most a few thousand, so that all of them may be larger than memory.
     *
     * @param mostRows a response as JSON has no more
     * @throws ProblemException 422 for a malformed file, columns or cells that do not fit the model's inputs, or too
     *     many rows
     */
    void read(ModelInputs inputs, long mostRows, Consumer<Table> tables) throws IOException {
        Rows rows = new Rows(inputs, mostRows, tables);
        try {
            FileLayout layout = format.layout(path, options.delimiter(), true);
            format.rows(path, layout).read(rows);
        } catch (ProblemException refused) {
            throw ofBody(refused);
        }
        rows.endTable();
    }

    /** The file is the body here, and not a part of a form. */
    private static ProblemException ofBody(ProblemException refused) {
        return new ProblemException(
                refused.problem(),
                refused.detail(),
                refused.errors().stream()
                        .map(error -> new Violation("#", error.detail()))
                        .toList());
    }

    /** Collects rows until they are enough for a table. */
    private final class Rows implements RowHandler {

        private final ModelInputs inputs;
        private final long mostRows;
        private final Consumer<Table> tables;
        private List<String> names = List.of();
        private List<Row> some = new ArrayList<>();
        private long bytes;
        private long done;

        Rows(ModelInputs inputs, long mostRows, Consumer<Table> tables) {
            this.inputs = inputs;
            this.mostRows = mostRows;
            this.tables = tables;
        }

        @Override
        public void header(List<String> columns) {
            Violations violations = new Violations();
            inputs.check(columns, options.extra(), "leave its fields empty", "#", violations);
            violations.throwIfAny();
            names = columns;
        }

        @Override
        public boolean row(Row row) {
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

        void endTable() {
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
