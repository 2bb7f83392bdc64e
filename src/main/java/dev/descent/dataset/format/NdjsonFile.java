package dev.descent.dataset.format;

import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
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

    NdjsonFile(Path file, FileLayout layout, RowLimits limits) {
        this.file = file;
        this.layout = layout;
        this.limits = limits;
    }

    /** With the names of the columns, which takes a look at every line. */
    static Detected detect(Path file) throws IOException {
        FileLayout layout = FileLayout.DEFAULT;
        Names names = new Names();
        NdjsonFile found = new NdjsonFile(file, layout, RowLimits.STORED);
        found.eachLine((line, number) -> found.names(line, number, names));
        if (names.list.isEmpty()) {
            throw refused("The file is empty; accepted: a JSON object in each line, with at least one name");
        }
        return new Detected(DatasetFormat.NDJSON, layout.with(names.list), List.of());
    }

    @Override
    public void read(RowHandler handler) throws IOException {
        Violations violations = new Violations();
        handler.header(new HeaderNames(layout, limits, violations).of(layout.names()));
        violations.throwIfAny();
        Names names = new Names();
        layout.names().forEach(names::add);
        RowBuilder row = new RowBuilder(limits);
        eachLine((line, number) -> handler.row(row(line, number, names, row)));
    }

    /** Takes the text of a line that is not blank. */
    @FunctionalInterface
    private interface LineHandler {

        /** @return whether to continue */
        boolean line(CharSequenceLine line, long number);
    }

    /** The characters of a line at the beginning of a buffer that is used again. */
    private record CharSequenceLine(char[] characters, int length) {}

    private void eachLine(LineHandler handler) throws IOException {
        try (Reader reader = EncodedText.open(file, TextEncoding.UTF_8)) {
            char[] line = new char[1 << 10];
            int length = 0;
            long number = 1;
            boolean isBlank = true;
            for (int character = reader.read(); ; character = reader.read()) {
                if (character == '\n' || character < 0) {
                    if (!isBlank && !handler.line(new CharSequenceLine(line, length), number)) {
                        return;
                    }
                    if (character < 0) {
                        return;
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
                line[length++] = (char) character;
                isBlank &= Character.isWhitespace(character);
            }
        } catch (CharacterCodingException invalid) {
            throw EncodedText.invalid(file, TextEncoding.UTF_8);
        }
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
            if (names.add(name) >= limits.columns()) {
                throw refused(
                        "The file has more than %d columns; accepted: up to that (descent.upload.max-columns sets this limit)"
                                .formatted(limits.columns()));
            }
        });
        return true;
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
