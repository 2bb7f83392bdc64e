package dev.descent.dataset.format;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.descent.core.Count;
import dev.descent.dataset.block.BlockCutter;
import dev.descent.dataset.block.BlockThreads;
import dev.descent.dataset.block.Blocks;
import dev.descent.dataset.block.Blocks.Block;
import dev.descent.dataset.block.CellBlock;
import dev.descent.dataset.block.CsvBlockParser;
import dev.descent.dataset.block.RecordCutter;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file of delimited text, read strictly: RFC 4180 but for what its layout says, every line with as many fields as the first. */
final class CsvFile implements RowSource {

    private final Path file;
    private final FileLayout layout;
    private final RowLimits limits;
    private final int blockBytes;
    private List<String> warnings = List.of();

    CsvFile(Path file, FileLayout layout, RowLimits limits) {
        this(file, layout, limits, Blocks.BYTES);
    }

    /** @param blockBytes of the blocks that threads read ahead */
    CsvFile(Path file, FileLayout layout, RowLimits limits, int blockBytes) {
        this.file = file;
        this.layout = layout;
        this.limits = limits;
        this.blockBytes = blockBytes;
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void read(RowHandler handler) throws IOException {
        try (Reader reader = EncodedText.open(file, layout.encoding())) {
            Pass pass = new Pass(handler);
            if (read(reader, pass, 1)) {
                pass.end();
            }
        }
    }

    @Override
    public void read(RowHandler handler, BlockThreads threads) throws IOException {
        if (!layout.encoding().extendsAscii() || !layout.isPlain()) {
            read(handler);
            return;
        }
        Pass pass = new Pass(handler);
        int mark = EncodedText.markLength(file, layout.encoding());
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(mark);
            try (Blocks<CellBlock> blocks = new Blocks<>(in, mark, cutter(), parser(), threads, blockBytes)) {
                if (read(blocks, pass)) {
                    pass.end();
                }
            }
        }
    }

    private BlockCutter cutter() {
        return layout.quote().isEmpty()
                ? RecordCutter.unquoted()
                : RecordCutter.quoted(layout.delimiterCharacter(), layout.quoteCharacter());
    }

    private CsvBlockParser parser() {
        return new CsvBlockParser(
                delimited(),
                layout.encoding()::strictDecoder,
                limits.columns(),
                limits.cellLength(),
                limits.rowLength());
    }

    /** @return whether the handler has taken all rows */
    private boolean read(Blocks<CellBlock> blocks, Pass pass) throws IOException {
        long line = 1;
        for (Block<CellBlock> block = blocks.next(); block != null; block = blocks.next()) {
            if (!block.isRead()) {
                // The other reader says what is wrong, after what comes before that.
                try (Reader reader = EncodedText.open(file, layout.encoding(), block.offset(), line)) {
                    return read(reader, pass, line);
                }
            }
            CellBlock cells = block.content();
            for (int row = 0; row < cells.rows(); row++) {
                if (!pass.take(new Row(
                        line + cells.line(row),
                        cells.characters(),
                        cells.bounds(),
                        cells.firstCell(row),
                        cells.cells(row)))) {
                    return false;
                }
            }
            pass.endOfBlock();
            line += cells.lineBreaks();
        }
        return true;
    }

    /**
     * Reads with one thread.
     *
     * @param from the first line that counts
     * @return whether the handler has taken all rows
     */
    private boolean read(Reader reader, Pass pass, long from) throws IOException {
        RowBuilder builder = new RowBuilder(limits);
        try {
            Iterator<Row> rows = layout.escape().isEmpty() ? fast(reader, builder) : escaped(reader);
            while (rows.hasNext()) {
                Row row = rows.next();
                if (row.line() >= from && !pass.take(row)) {
                    return false;
                }
            }
            return true;
        } catch (UncheckedIOException failure) {
            throw translate(Objects.requireNonNull(failure.getCause()));
        } catch (CharacterCodingException invalid) {
            throw translate(invalid);
        } catch (CsvParseException malformed) {
            if (malformed.getCause() instanceof ProblemException refused) {
                throw refused;
            }
            if (malformed.getCause() instanceof IOException cause) {
                throw translate(cause);
            }
            throw ProblemException.invalid(POINTER, "The file is no CSV: " + describe(malformed, builder));
        }
    }

    private String describe(CsvParseException malformed, RowBuilder builder) {
        Throwable root = malformed.getCause() == null ? malformed : malformed.getCause();
        return "%s in %s (fields hold at most %d characters, and every opened quote is closed; %s)"
                .formatted(root.getMessage(), builder.place(), RowLimits.STORED.cellLength(), layout.describe());
    }

    private IOException translate(IOException failure) throws IOException {
        if (failure instanceof CharacterCodingException) {
            throw EncodedText.invalid(file, layout.encoding());
        }
        return failure;
    }

    private Iterator<Row> fast(Reader reader, RowBuilder builder) {
        CsvReader.CsvReaderBuilder parser = delimited();
        if (!layout.comment().isEmpty()) {
            parser.commentStrategy(CommentStrategy.SKIP).commentCharacter(layout.commentCharacter());
        }
        return parser.build(new CsvRowReader(builder), reader).iterator();
    }

    private CsvReader.CsvReaderBuilder delimited() {
        return CsvReader.builder()
                .fieldSeparator(layout.delimiterCharacter())
                .quoteCharacter(layout.quoteCharacter())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .skipEmptyLines(false)
                .maxBufferSize(RowLimits.STORED.cellLength());
    }

    private Iterator<Row> escaped(Reader reader) throws IOException {
        DialectReader rows = new DialectReader(reader, layout, limits);
        return new Iterator<>() {
            private @Nullable Row next = rows.read();

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Row next() {
                Row row = next;
                if (row == null) {
                    throw new NoSuchElementException();
                }
                try {
                    next = rows.read();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
                return row;
            }
        };
    }

    /** One way through the file. */
    private final class Pass {

        private final RowHandler handler;
        private final Violations violations = new Violations();
        private int width = -1;
        private UnevenRows uneven = new UnevenRows(0);
        private UnevenRows tooLong = new UnevenRows(0);

        /** Lines without a character since the last row, and the first of them. */
        private int blankLines;

        private long firstBlankLine;

        private boolean hasRows;

        Pass(RowHandler handler) {
            this.handler = handler;
        }

        void endOfBlock() {
            handler.endOfBlock();
        }

        /** @return whether to continue */
        boolean take(Row row) {
            if (row.isBlankLine()) {
                firstBlankLine = blankLines == 0 ? row.line() : firstBlankLine;
                blankLines++;
                return true;
            }
            if (width < 0) {
                begin(row);
                if (layout.header()) {
                    blankLines = 0;
                    return true;
                }
            }
            return takeBlankLines() && takeRow(row);
        }

        private void begin(Row first) {
            List<String> given = layout.header() ? withRowNames(first) : HeaderNames.numbered(first.size());
            List<String> names = new HeaderNames(layout, limits, violations).of(given);
            width = names.size();
            uneven = new UnevenRows(width);
            tooLong = new UnevenRows(width);
            handler.header(names);
        }

        private List<String> withRowNames(Row first) {
            List<String> names = new ArrayList<>(first.texts());
            if (layout.hasRowNames() && !names.get(0).isBlank()) {
                names.add(0, "");
            }
            return names;
        }

        /** In a file with a single column, they are empty cells; before a row, since at the end they are nothing. */
        private boolean takeBlankLines() {
            boolean goesOn = true;
            for (int i = 0; i < blankLines && width == 1 && goesOn; i++) {
                hasRows = true;
                goesOn = handler.row(Row.emptyCell(firstBlankLine + i));
            }
            blankLines = 0;
            return goesOn;
        }

        private boolean takeRow(Row row) {
            if (row.size() == width) {
                return pass(row);
            }
            if (layout.ragged() == RaggedRows.PAD) {
                Row padded = row.padded(width);
                if (padded == null) {
                    tooLong.add(row);
                    return true;
                }
                uneven.add(row);
                return pass(padded);
            }
            uneven.add(row);
            return true;
        }

        private boolean pass(Row row) {
            hasRows = true;
            return handler.row(row);
        }

        void end() {
            if (layout.ragged() == RaggedRows.REJECT) {
                uneven.addTo(violations, layout);
            }
            tooLong.addTo(violations, layout);
            if (!hasRows && violations.isEmpty()) {
                violations.add(
                        POINTER, "The file has a header line only; accepted: a header line and at least one row");
            }
            violations.throwIfAny();
            warnings = warningsOfPass();
        }

        private List<String> warningsOfPass() {
            List<String> list = new ArrayList<>();
            if (!uneven.isEmpty()) {
                list.add(
                        uneven.warning(layout.ragged() == RaggedRows.SKIP ? "left out" : "filled up with empty cells"));
            }
            if (width == 1 && blankLines > 0) {
                list.add("%s at the end of the file %s left out"
                        .formatted(Count.of(blankLines, "blank line"), blankLines == 1 ? "was" : "were"));
            }
            return list;
        }
    }
}
