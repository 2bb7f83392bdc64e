package dev.descent.dataset.format;

import dev.descent.core.Count;
import dev.descent.dataset.parquet.ParquetReader;
import dev.descent.dataset.parquet.UnreadableParquetException;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A Parquet file. Its rows have no lines, so they count as those: the first row is line 1. */
final class ParquetFile implements RowSource {

    private static final int REPORTED_COLUMNS = 20;

    /** What pandas calls an index that is no mere numbering, and has no name. */
    private static final String INDEX = "__index_level_0__";

    private final Path file;
    private final FileLayout layout;
    private final RowLimits limits;

    ParquetFile(Path file, FileLayout layout, RowLimits limits) {
        this.file = file;
        this.layout = layout;
        this.limits = limits;
    }

    static Detected detect(Path file, LayoutOptions options) throws IOException {
        FileLayout layout = FileLayout.DEFAULT.with(options.duplicateNames());
        try (ParquetReader reader = open(file)) {
            if (!reader.columns().contains(INDEX)) {
                return new Detected(DatasetFormat.PARQUET, layout, List.of());
            }
            return new Detected(
                    DatasetFormat.PARQUET,
                    layout.with(true, INDEX),
                    List.of(
                            "The column \"%s\" is no input, like the names of rows; \"columns\": {\"%s\": {\"type\": …}} states another type"
                                    .formatted(INDEX, INDEX)));
        }
    }

    @Override
    public long heapBytes() throws IOException {
        try (ParquetReader reader = open(file)) {
            return reader.unread().isEmpty() ? reader.heapBytes() : 0;
        } catch (UnreadableParquetException unreadable) {
            throw refused(unreadable);
        }
    }

    @Override
    public void read(RowHandler handler) throws IOException {
        try (ParquetReader reader = open(file)) {
            checkColumns(reader);
            Violations violations = new Violations();
            List<String> names = new HeaderNames(layout, limits, violations).of(named(reader.columns()));
            violations.throwIfAny();
            checkRows(reader.rows(), names.size());
            Expansion expansion = new Expansion(reader.length(), limits.content());
            expansion.add(reader.rows() * names.size());
            handler.header(names);
            reader.read(
                    new Rows(handler, new RowBuilder(limits), expansion),
                    new ParquetReader.Limits(
                            limits.cellLength(), limits.content().bytes()));
        } catch (UnreadableParquetException unreadable) {
            throw refused(unreadable);
        }
    }

    private static ParquetReader open(Path file) throws IOException {
        try {
            return ParquetReader.open(file);
        } catch (UnreadableParquetException unreadable) {
            throw refused(unreadable);
        }
    }

    private void checkColumns(ParquetReader reader) {
        List<ParquetReader.Unread> unread = reader.unread();
        Violations violations = new Violations();
        unread.stream()
                .limit(REPORTED_COLUMNS)
                .forEach(column -> violations.add(
                        POINTER,
                        "The column \"%.80s\" is %s; accepted: boolean, integer, float, decimal, string, enum, uuid, date, time and timestamp, without nesting"
                                .formatted(column.column(), column.type())));
        if (unread.size() > REPORTED_COLUMNS) {
            int more = unread.size() - REPORTED_COLUMNS;
            violations.add(POINTER, "%s of such types".formatted(Count.of(more, "more column is", "more columns are")));
        }
        violations.throwIfAny();
        if (reader.columns().isEmpty()) {
            throw refused("The file has no columns; accepted: at least one");
        }
    }

    private void checkRows(long rows, int columns) {
        if (rows == 0) {
            throw refused("The file has no rows; accepted: at least one");
        }
        if (rows > limits.rows()) {
            throw refused("The file has %d rows; accepted: up to %d (descent.upload.max-rows sets this limit)"
                    .formatted(rows, limits.rows()));
        }
        if (rows > limits.cells() / columns) {
            throw refused(
                    "The file has %d rows of %s; accepted: up to %d cells (descent.upload.max-cells sets this limit)"
                            .formatted(rows, Count.of(columns, "column"), limits.cells()));
        }
    }

    /** Those without a name are numbered. */
    private static List<String> named(List<String> columns) {
        Set<String> all = new HashSet<>(columns);
        List<String> names = new ArrayList<>(columns.size());
        for (String column : columns) {
            names.add(column.isBlank() ? HeaderNames.free(HeaderNames.numberedName(names.size() + 1), all) : column);
        }
        return names;
    }

    private static ProblemException refused(UnreadableParquetException unreadable) {
        return refused("The file can't be read as Parquet: " + unreadable.getMessage());
    }

    private static ProblemException refused(String detail) {
        return ProblemException.invalid(POINTER, detail);
    }

    /** How much more its cells are than the file: a few kilobytes can hold billions. */
    private static final class Expansion {

        private final long bytes;
        private final ContentLimits most;
        private long characters;

        Expansion(long bytes, ContentLimits most) {
            this.bytes = bytes;
            this.most = most;
        }

        void add(long more) {
            characters += more;
            boolean isBomb = characters > most.ratioFrom() && characters / most.ratio() > bytes;
            if (isBomb || characters > most.bytes()) {
                throw refused(
                        isBomb
                                ? "The %s of the file hold more than %d times as many characters in cells; descent.upload.max-ratio sets this limit, for what is larger than %d kB (descent.upload.ratio-from)"
                                        .formatted(Count.of(bytes, "byte"), most.ratio(), most.ratioFrom() / 1_024)
                                : "The cells of the file have more than %d characters; descent.max-upload-size sets this limit"
                                        .formatted(most.bytes()));
            }
        }
    }

    /** Makes rows of cells. */
    private static final class Rows implements ParquetReader.Cells {

        private final RowHandler handler;
        private final RowBuilder row;
        private final Expansion expansion;
        private long characters;

        Rows(RowHandler handler, RowBuilder row, Expansion expansion) {
            this.handler = handler;
            this.row = row;
            this.expansion = expansion;
        }

        @Override
        public void begin(long number) {
            row.begin(number);
            characters = 0;
        }

        @Override
        public void cell(String text) {
            row.add(text.toCharArray(), 0, text.length());
            characters += text.length();
        }

        @Override
        public boolean end() {
            expansion.add(characters);
            return handler.row(row.build());
        }
    }
}
