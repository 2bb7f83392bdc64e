package dev.descent.dataset.format;

import dev.descent.dataset.block.BlockParser;
import dev.descent.dataset.block.BlockThreads;
import dev.descent.dataset.block.Blocks;
import dev.descent.dataset.block.Blocks.Block;
import dev.descent.dataset.block.LineCutter;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A file with a flat JSON object in each line. Columns are the names of all objects in the order of their first
 * appearance; what an object lacks or has as null is an empty cell, and a number is kept as it is written.
 */
final class NdjsonFile implements RowSource {

    private static final JsonFactory JSON = new JsonFactory();
    private static final char[] NOTHING = new char[0];

    private final Path file;
    private final FileLayout layout;
    private final RowLimits limits;
    private final int blockBytes;

    NdjsonFile(Path file, FileLayout layout, RowLimits limits) {
        this(file, layout, limits, Blocks.BYTES);
    }

    /** @param blockBytes of the blocks that threads read ahead */
    NdjsonFile(Path file, FileLayout layout, RowLimits limits, int blockBytes) {
        this.file = file;
        this.layout = layout;
        this.limits = limits;
        this.blockBytes = blockBytes;
    }

    /** With the names of the columns, which takes a look at every line. */
    static Detected detect(Path file, BlockThreads threads) throws IOException {
        FileLayout layout = FileLayout.DEFAULT;
        List<String> names = new NdjsonFile(file, layout, RowLimits.STORED).names(threads);
        if (names.isEmpty()) {
            throw refused("The file is empty; accepted: a JSON object in each line, with at least one name");
        }
        return new Detected(DatasetFormat.NDJSON, layout.with(names), List.of());
    }

    /** Of all objects. */
    List<String> names(BlockThreads threads) throws IOException {
        Names names = new Names();
        read(
                threads,
                (line, number, block) -> names(line, number, block.names),
                (block, firstLine) -> {
                    block.names.list.forEach(name -> add(name, names));
                    return true;
                },
                (line, number) -> names(line, number, names));
        return names.list;
    }

    @Override
    public void read(RowHandler handler) throws IOException {
        read(handler, BlockThreads.alone());
    }

    @Override
    public void read(RowHandler handler, BlockThreads threads) throws IOException {
        Violations violations = new Violations();
        handler.header(new HeaderNames(layout, limits, violations).of(layout.names()));
        violations.throwIfAny();
        Names names = new Names();
        layout.names().forEach(names::add);
        RowBuilder row = new RowBuilder(limits);
        read(
                threads,
                (line, number, block) -> block.rows.add(row(line, number, names, block.row)),
                (block, firstLine) -> takeAll(block, firstLine, handler),
                (line, number) -> handler.row(row(line, number, names, row)));
    }

    private static boolean takeAll(LineBlock block, long firstLine, RowHandler handler) {
        for (Row row : block.rows) {
            if (!handler.row(row.movedDown(firstLine))) {
                return false;
            }
        }
        handler.endOfBlock();
        return true;
    }

    /**
     * Reads blocks of lines.
     *
     * @param parser of a line of a block
     * @param taker of what came of a block
     * @param other for the lines of a block that has a fault, which it can tell with its line
     */
    private void read(BlockThreads threads, LineParser parser, BlockTaker taker, LineHandler other) throws IOException {
        int mark = EncodedText.markLength(file, TextEncoding.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(mark);
            try (Blocks<LineBlock> blocks =
                    new Blocks<>(in, mark, new LineCutter(), new LinesParser(parser), threads, blockBytes)) {
                long line = 1;
                for (Block<LineBlock> block = blocks.next(); block != null; block = blocks.next()) {
                    if (!block.isRead()) {
                        eachLine(block.offset(), line, other);
                        return;
                    }
                    if (!taker.take(block.content(), line)) {
                        return;
                    }
                    line += block.content().lineBreaks;
                }
            }
        }
    }

    /** What comes of a block of lines, which are numbered from 0: rows or names. */
    private static final class LineBlock {

        private final List<Row> rows = new ArrayList<>();
        private final RowBuilder row;
        private Names names = new Names();
        private long lineBreaks;

        LineBlock(RowLimits limits) {
            row = new RowBuilder(limits);
        }
    }

    @FunctionalInterface
    private interface LineParser {

        /** @return whether to continue */
        boolean parse(CharSequenceLine line, long number, LineBlock block);
    }

    @FunctionalInterface
    private interface BlockTaker {

        /** @return whether to continue */
        boolean take(LineBlock block, long firstLine);
    }

    private final class LinesParser implements BlockParser<LineBlock> {

        private final LineParser parser;

        LinesParser(LineParser parser) {
            this.parser = parser;
        }

        @Override
        public LineBlock create() {
            return new LineBlock(limits);
        }

        @Override
        public boolean parse(byte[] bytes, int length, LineBlock block) {
            block.rows.clear();
            block.names = new Names();
            Reader text = new InputStreamReader(
                    new ByteArrayInputStream(bytes, 0, length), TextEncoding.UTF_8.strictDecoder());
            try {
                block.lineBreaks = eachLine(text, 0, (line, number) -> parser.parse(line, number, block));
                return true;
            } catch (ProblemException | IOException fault) {
                // Found again by the reader that knows which line it is.
                return false;
            }
        }
    }

    /** Takes the text of a line that is not blank. */
    @FunctionalInterface
    private interface LineHandler {

        /** @return whether to continue */
        boolean line(CharSequenceLine line, long number);
    }

    /** The characters of a line at the beginning of a buffer that is used again. */
    private record CharSequenceLine(char[] characters, int length) {}

    /**
     * Reads line by line.
     *
     * @param offset of the first one, in bytes
     * @param first its number
     */
    private void eachLine(long offset, long first, LineHandler handler) throws IOException {
        try (Reader reader = EncodedText.open(file, TextEncoding.UTF_8, offset, 1)) {
            eachLine(reader, first, handler);
        } catch (CharacterCodingException invalid) {
            throw EncodedText.invalid(file, TextEncoding.UTF_8);
        }
    }

    /** @return the number of line breaks, unless the handler has stopped */
    private long eachLine(Reader reader, long first, LineHandler handler) throws IOException {
        char[] some = new char[1 << 13];
        char[] line = new char[1 << 10];
        int length = 0;
        long number = first;
        boolean isBlank = true;
        for (int count = reader.read(some); count >= 0; count = reader.read(some)) {
            for (int i = 0; i < count; i++) {
                char character = some[i];
                if (character == '\n') {
                    if (!isBlank && !handler.line(new CharSequenceLine(line, length), number)) {
                        return number - first;
                    }
                    length = 0;
                    isBlank = true;
                    number++;
                    continue;
                }
                if (length == 2L * limits.rowLength()) {
                    throw refused("Line %d has more than %d characters (descent.upload.max-row-length sets this limit)"
                            .formatted(number, 2L * limits.rowLength()));
                }
                if (length == line.length) {
                    line = Arrays.copyOf(line, 2 * length);
                }
                line[length++] = character;
                isBlank &= Character.isWhitespace(character);
            }
        }
        if (!isBlank) {
            handler.line(new CharSequenceLine(line, length), number);
        }
        return number - first;
    }

    /** The columns by name; most objects have the same ones in the same order. */
    private static final class Names {

        private final List<String> list = new ArrayList<>();
        private final Map<String, Integer> places = new HashMap<>();

        int add(String name) {
            Integer known = places.putIfAbsent(name, list.size());
            if (known == null) {
                list.add(name);
                return list.size() - 1;
            }
            return known;
        }

        int find(String name, int expected) {
            if (expected < list.size() && list.get(expected).equals(name)) {
                return expected;
            }
            return places.getOrDefault(name, -1);
        }
    }

    private boolean names(CharSequenceLine line, long number, Names names) {
        parse(line, number, (name, parser) -> {
            if (name.isBlank()) {
                throw refused(
                        "Line %d has a name without a character; accepted: a name for each value".formatted(number));
            }
            add(name, names);
        });
        return true;
    }

    private void add(String name, Names names) {
        if (names.add(name) >= limits.columns()) {
            throw refused(
                    "The file has more than %d columns; accepted: up to that (descent.upload.max-columns sets this limit)"
                            .formatted(limits.columns()));
        }
    }

    private Row row(CharSequenceLine line, long number, Names names, RowBuilder row) {
        char[][] cells = new char[names.list.size()][];
        int[] next = {0};
        parse(line, number, (name, parser) -> {
            int place = names.find(name, next[0]);
            next[0] = place + 1;
            if (place < 0) {
                throw new IllegalStateException("The columns of a file are known before its rows");
            }
            if (cells[place] != null) {
                throw refused("Line %d has \"%.80s\" twice; accepted: once".formatted(number, name));
            }
            cells[place] = parser.currentToken() == JsonToken.VALUE_NULL
                    ? NOTHING
                    : parser.getString().toCharArray();
        });
        row.begin(number);
        for (char @Nullable [] cell : cells) {
            char[] text = cell == null ? NOTHING : cell;
            row.add(text, 0, text.length);
        }
        return row.build();
    }

    @FunctionalInterface
    private interface FieldHandler {

        void field(String name, JsonParser value);
    }

    private static void parse(CharSequenceLine line, long number, FieldHandler handler) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line.characters, 0, line.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused(
                        "Line %d is no JSON object; accepted: one such as {\"x\": 1, \"y\": \"a\"}".formatted(number));
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                if (!parser.nextToken().isScalarValue()) {
                    throw refused("Line %d has %s as \"%.80s\"; accepted: a number, a string, true, false or null"
                            .formatted(
                                    number,
                                    parser.currentToken() == JsonToken.START_ARRAY ? "an array" : "an object",
                                    name));
                }
                handler.field(name, parser);
            }
            if (parser.nextToken() != null) {
                throw refused("Line %d has more than one JSON object; accepted: one in each line".formatted(number));
            }
        } catch (JacksonException malformed) {
            throw refused("Line %d, column %d is no valid JSON; accepted: a JSON object in each line"
                    .formatted(number, Math.max(1, malformed.getLocation().getColumnNr())));
        }
    }

    private static ProblemException refused(String detail) {
        return ProblemException.invalid(POINTER, detail);
    }
}
