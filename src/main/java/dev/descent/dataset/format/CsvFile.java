package dev.descent.dataset.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.descent.core.Count;
import dev.descent.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** A comma-separated file, read strictly: RFC 4180, UTF-8, every line with as many fields as the first. */
final class CsvFile implements RowSource {

    private static final int REPORTED_LINES = 10;
    private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Path file;
    private final FileLayout layout;
    private final RowLimits limits;

    CsvFile(Path file, FileLayout layout, RowLimits limits) {
        this.file = file;
        this.layout = layout;
        this.limits = limits;
    }

    @Override
    public void read(RowHandler handler) throws IOException {
        Raggedness raggedness = new Raggedness();
        boolean hasRows = false;
        try (Reader reader = open();
                CsvReader<Row> rows = csv(reader)) {
            int width = -1;
            for (Row row : rows) {
                if (width < 0) {
                    List<String> names = layout.header() ? row.texts() : numbered(row.size());
                    checkNames(names);
                    width = names.size();
                    handler.header(names);
                    if (layout.header()) {
                        continue;
                    }
                }
                if (row.size() != width) {
                    raggedness.add(row, width);
                } else if (raggedness.lines.isEmpty()) {
                    hasRows = true;
                    if (!handler.row(row)) {
                        return;
                    }
                }
            }
        } catch (UncheckedIOException failure) {
            throw translate(Objects.requireNonNull(failure.getCause()));
        } catch (CharacterCodingException notUtf8) {
            throw translate(notUtf8);
        } catch (CsvParseException malformed) {
            if (malformed.getCause() instanceof ProblemException refused) {
                throw refused;
            }
            throw malformed.getCause() instanceof IOException cause
                    ? translate(cause)
                    : ProblemException.invalid(POINTER, "The file is no CSV: " + describe(malformed));
        }
        raggedness.throwIfAny();
        if (!hasRows) {
            throw ProblemException.invalid(
                    POINTER, "The file has a header line only; accepted: a header line and at least one row");
        }
    }

    private static String describe(CsvParseException malformed) {
        Throwable root = malformed.getCause() == null ? malformed : malformed.getCause();
        return "%s (fields hold at most %d characters, and every opened quote is closed)"
                .formatted(root.getMessage(), RowLimits.STORED.cellLength());
    }

    private ProblemException translate(IOException failure) throws IOException {
        if (failure instanceof CharacterCodingException) {
            return ProblemException.invalid(
                    POINTER,
                    "Byte %d of the file is not valid UTF-8; accepted: CSV in UTF-8".formatted(firstInvalidByte()));
        }
        throw failure;
    }

    private CsvReader<Row> csv(Reader reader) {
        return CsvReader.builder()
                .fieldSeparator(layout.delimiter())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .skipEmptyLines(true)
                .maxBufferSize(RowLimits.STORED.cellLength())
                .build(new CsvRowReader(limits), reader);
    }

    private Reader open() throws IOException {
        return new BufferedReader(
                new InputStreamReader(withoutMark(Files.newInputStream(file)), strictDecoder()), 1 << 16);
    }

    private static CharsetDecoder strictDecoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static InputStream withoutMark(InputStream in) throws IOException {
        PushbackInputStream stream = new PushbackInputStream(in, UTF_8_MARK.length);
        byte[] start = stream.readNBytes(UTF_8_MARK.length);
        if (!java.util.Arrays.equals(start, UTF_8_MARK)) {
            stream.unread(start);
        }
        return stream;
    }

    private long firstInvalidByte() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            CharsetDecoder decoder = strictDecoder();
            ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
            CharBuffer characters = CharBuffer.allocate(1 << 16);
            long before = 0;
            while (true) {
                int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
                bytes.limit(Math.max(0, count) + bytes.position()).position(0);
                characters.clear();
                if (decoder.decode(bytes, characters, count < 0).isError() || count < 0) {
                    return before + bytes.position();
                }
                before += bytes.position();
                bytes.compact();
            }
        }
    }

    private static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "column_" + number)
                .toList();
    }

    private void checkNames(List<String> names) {
        if (names.size() > limits.columns()) {
            throw ProblemException.invalid(
                    POINTER,
                    "The file has %d columns; accepted: up to %d (descent.upload.max-columns sets this limit)"
                            .formatted(names.size(), limits.columns()));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.isBlank()) {
                throw ProblemException.invalid(
                        POINTER, "Column %d has no name; the first line must name every column".formatted(i + 1));
            }
            if (name.length() > limits.nameLength()) {
                throw ProblemException.invalid(
                        POINTER,
                        "The name of column %d, which begins with \"%.40s\", has %s; accepted: up to %d (descent.upload.max-name-length sets this limit)"
                                .formatted(i + 1, name, Count.of(name.length(), "character"), limits.nameLength()));
            }
            if (!seen.add(name)) {
                throw ProblemException.invalid(
                        POINTER, "Two columns are called \"%.80s\"; names must differ".formatted(name));
            }
        }
    }

    private static final class Raggedness {

        private final List<String> lines = new ArrayList<>();
        private long count;

        void add(Row row, int expected) {
            count++;
            if (lines.size() < REPORTED_LINES) {
                lines.add("line %d has %d".formatted(row.line(), row.size()));
            }
            this.expected = expected;
        }

        private int expected;

        void throwIfAny() {
            if (count > 0) {
                throw ProblemException.invalid(
                        POINTER,
                        "%s have the %s of the first line: %s%s"
                                .formatted(
                                        Count.of(count, "row doesn't", "rows don't"),
                                        Count.of(expected, "field"),
                                        String.join(", ", lines),
                                        count > lines.size() ? " …" : ""));
            }
        }
    }
}
