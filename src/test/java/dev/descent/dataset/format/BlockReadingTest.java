package dev.descent.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.dataset.block.BlockThreads;
import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks read side by side make the same rows, faults and warnings as the reader of one thread. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlockReadingTest {

    private static final RowLimits LIMITS = new RowLimits(6, 20, 30, 60);
    private static final int[] BLOCKS = {1, 2, 3, 5, 8, 13, 64, 1 << 18};

    @TempDir
    private Path directory;

    private List<BlockThreads> teams = List.of();

    @BeforeAll
    void start() {
        teams = IntStream.rangeClosed(1, 3).mapToObj(BlockThreads::new).toList();
    }

    @AfterAll
    void stop() {
        teams.forEach(BlockThreads::close);
    }

    /** Everything that a handler or a client sees. */
    private static final class Record implements RowHandler {

        private final List<String> seen = new ArrayList<>();
        private final List<Row> block = new ArrayList<>();
        private final int most;

        Record(int most) {
            this.most = most;
        }

        @Override
        public void header(List<String> columns) {
            seen.add("header " + columns);
        }

        @Override
        public boolean row(Row row) {
            block.add(row);
            return seen.size() + block.size() < most;
        }

        /** As late as it may. */
        @Override
        public void endOfBlock() {
            block.forEach(row -> seen.add("%d %s %d".formatted(row.line(), row.texts(), row.bytes())));
            block.clear();
        }
    }

    private interface Reading {
        void into(RowHandler handler) throws IOException;
    }

    private static List<String> record(RowSource file, int most, Reading reading) {
        Record record = new Record(most);
        try {
            reading.into(record);
            record.endOfBlock();
            record.seen.addAll(file.warnings());
        } catch (ProblemException refused) {
            record.endOfBlock();
            record.seen.add(refused.detail());
            refused.errors().forEach(error -> record.seen.add(error.pointer() + " " + error.detail()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return record.seen.stream().anyMatch(line -> line.contains("is not valid"))
                // How many rows come before such a byte depends on the buffer of the decoder.
                ? record.seen.subList(record.seen.size() - 2, record.seen.size())
                : record.seen;
    }

    private void compare(Path path, FileLayout layout, RowLimits limits, int most, int... blocks) {
        CsvFile alone = new CsvFile(path, layout, limits);
        List<String> expected = record(alone, most, alone::read);
        for (int bytes : blocks) {
            for (BlockThreads threads : teams) {
                CsvFile file = new CsvFile(path, layout, limits, bytes);
                assertThat(record(file, most, handler -> file.read(handler, threads)))
                        .as("blocks of %d bytes, %d threads", bytes, threads.size())
                        .isEqualTo(expected);
            }
        }
    }

    private void compare(byte[] content, FileLayout layout) {
        compare(TestFiles.write(directory, content), layout, LIMITS, Integer.MAX_VALUE, BLOCKS);
    }

    static Stream<String> hostileFiles() {
        return Stream.of(
                "a,b\n1,2\n",
                "a,b\n1,2",
                "a,b\r\n1,2\r\n3,4\r\n",
                "a,b\r1,2\r3,4",
                "a,b\n1,2\r\r\n3,4\n\r5,6",
                "a,b\n\"1\n\r\r\n2\",\"x\"\"\n\"\"\"\n3,4\n",
                "a,b\n\"\r\"\"\n\",4\n5\n",
                "a,b\n1,\"2\n3,4\n",
                "a,b\n1,\"",
                "a,b\n1,\"\"",
                "a,b\n1,\"\"\"",
                "a,b\n1,",
                "a,b\n,",
                "a,b\n1,\"2\"x\n3,4\n",
                "a,b\n1,x\"2\"\n3,4\n",
                "a,b\n1\n1,2,3\n\n4,5\n",
                "a\n\n1\n\n\n2\n\n\n",
                "a\n\"\"\n1",
                "\n\r\n\ra,b\n1,2",
                "a,b\n1,2\n,,,,,,,,\n3,4\n",
                "a,b\n1,2\n1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n3,4\n",
                "a,b\n1,2\n3,4\naaaaaaaaaaaaaaaaaaaaa,aaaaaaaaaaaaaaaaaaaaa,aaaaaaaaaaaaaaaaaaaaa\n",
                "\ufeffa,b\n1,2\n\ufeff3,4\n",
                "\ufeff\"a\",b\n1,\ufeff2",
                "a,b\nü,日本\n\"😀\n\",\u0000\n",
                "a,,a\n1,2,3\n4,5\n",
                "a,b\n#1,2\n\\,3\n\uffff4\uffff,5\n",
                "a,b",
                "a,b\n",
                "");
    }

    @ParameterizedTest
    @MethodSource("hostileFiles")
    void hostileFilesAreReadAlike(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        for (FileLayout layout : layouts()) {
            compare(content, layout);
        }
        for (int most = 1; most < 4; most++) {
            compare(TestFiles.write(directory, content), FileLayout.DEFAULT, LIMITS, most, BLOCKS);
        }
    }

    /** With what is read by one thread in any case among them. */
    private static List<FileLayout> layouts() {
        return Stream.of(RaggedRows.values())
                .flatMap(ragged -> Stream.of(
                        layout("\"", "", "", TextEncoding.UTF_8, ragged),
                        layout("", "", "", TextEncoding.UTF_8, ragged),
                        layout("'", "", "", TextEncoding.WINDOWS_1252, ragged),
                        layout("\"", "\\", "", TextEncoding.UTF_8, ragged),
                        layout("\"", "", "#", TextEncoding.UTF_8, ragged),
                        layout("\"", "", "", TextEncoding.UTF_16LE, ragged)))
                .toList();
    }

    private static FileLayout layout(
            String quote, String escape, String comment, TextEncoding encoding, RaggedRows ragged) {
        return new FileLayout(
                ",", quote, escape, comment, true, "", encoding, ragged, DuplicateNames.REJECT, List.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void randomFilesAreReadAlike(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] pieces = {"a", "1", ",", ",", "\"", "\"\"", "\"a", "b\"", "\n", "\r", "\r\n", "ü", "😀", "\ufffe", " "
        };
        for (int file = 0; file < 1_000; file++) {
            String text = "a,b,c\n"
                    + random.ints(random.nextInt(40), 0, pieces.length)
                            .mapToObj(piece -> pieces[piece])
                            .collect(Collectors.joining());
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(10) == 0) {
                content[random.nextInt(content.length)] = (byte) random.nextInt(256);
            }
            FileLayout layout = layout(
                    "\"",
                    "",
                    "",
                    random.nextInt(8) == 0 ? TextEncoding.WINDOWS_1252 : TextEncoding.UTF_8,
                    RaggedRows.values()[random.nextInt(3)]);
            compare(TestFiles.write(directory, content), layout, LIMITS, Integer.MAX_VALUE, 1, 1 + random.nextInt(40));
        }
    }

    @Test
    void largeFilesAreReadAlike() {
        SplittableRandom random = new SplittableRandom(7);
        StringBuilder text = new StringBuilder("a,b,c\n");
        for (int row = 0; row < 60_000; row++) {
            text.append(row).append(",\"quoted, \"\"").append(random.nextInt(9)).append("\"\"\n\",");
            text.append(row % 1_000 == 999 ? "x\n" : "ü" + random.nextInt() + "\r\n");
        }
        Path path = TestFiles.write(directory, text + "1,\"2\n");
        compare(path, FileLayout.DEFAULT, RowLimits.STORED, Integer.MAX_VALUE, 1 << 12, 1 << 18);
    }

    /** Where a record is longer than any block, the reader of one thread goes on. */
    @Test
    void aLongRowIsReadAlike() {
        String text = "a,b\n1,2\n3,\"x\n\"\n4,5\n6,7\n";
        String row = "1,\"" + "x\n".repeat(5_000) + "\"\n";
        Path path = TestFiles.write(directory, text + row + "8,9\n");
        compare(path, FileLayout.DEFAULT, RowLimits.STORED, Integer.MAX_VALUE, 16, 1 << 10, 1 << 14);
    }

    static Stream<String> hostileLines() {
        return Stream.of(
                "{\"a\":1,\"b\":\"x\"}\n{\"b\":null,\"a\":-0.5e+7}\n",
                "{\"a\":1}\r\n\n  \t\n{ \"b\" : true , \"a\" : false }",
                "{\"a\":1}\n{}\n{\"c\":\"\"}",
                "{\"a\":\"x\\ny\",\"b\\u0031\":1}\n{\"b1\":2}",
                "{\"a\":\"\\ud800\"}\n",
                "{\"a\":1}\n{\"a\":1,\"a\":2}\n",
                "{\"a\":1}\n{\"a\":[1]}\n",
                "{\"a\":1}\n\n{\"a\":{}}\n",
                "{\"a\":1}\n{\"a\":01}\n",
                "{\"a\":1}\n{\"a\":1.}\n",
                "{\"a\":1}\n{\"a\":+1}\n",
                "{\"a\":1}\n{\"a\":tru}\n",
                "{\"a\":1}\n{\"a\":truex}\n",
                "{\"a\":1}\n{\"a\":NaN}\n",
                "{\"a\":1}\n{\"a\":1,}\n",
                "{\"a\":1}\n{,\"a\":1}\n",
                "{\"a\":1}\n{\"a\":1 \"b\":2}\n",
                "{\"a\":1}\n{\"a\" 1}\n",
                "{\"a\":1}\n{\"a\":1}}\n",
                "{\"a\":1}\n{\"a\":1} {\"a\":2}\n",
                "{\"a\":1}\n{\"a\":\"x\ty\"}\n",
                "{\"a\":1}\n[1]\n",
                "{\"a\":1}\nnull\n",
                "{\"a\":1}\n\f\n{\"a\":2}\n",
                "{\"a\":1}\n\f{\"a\":2}\n",
                "{\"a\":1}\n{\" \":2}\n",
                "{\"a\":1}\n{\"a\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}\n",
                "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7}\n",
                "{\"a\":\"ü😀\",\"值\":1}\n",
                "\ufeff{\"a\":1}\n\ufeff{\"a\":2}\n",
                "{\"a\":1}\n{\"a\":1" + "0".repeat(600) + "}\n",
                "{\"a\":1}\n" + "{\"a\":" + " ".repeat(200) + "1}\n",
                "{\"a\":1",
                "{\"a",
                "{");
    }

    @ParameterizedTest
    @MethodSource("hostileLines")
    void linesOfJsonAreReadAlike(String text) {
        compareLines(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void randomLinesOfJsonAreReadAlike(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] pieces = {
            "{\"a\":1}\n",
            "{\"b\":\"x\",\"a\":2}\n",
            "{",
            "}",
            "\"a\"",
            "\"b\"",
            ":",
            ":",
            ",",
            "1",
            "-2.5e3",
            "null",
            "true",
            "\"",
            "\\",
            " ",
            "\n",
            "\r\n",
            "ü",
            "[",
            "]"
        };
        for (int file = 0; file < 500; file++) {
            String text = "{\"a\":0,\"b\":1}\n"
                    + random.ints(random.nextInt(25), 0, pieces.length)
                            .mapToObj(piece -> pieces[piece])
                            .collect(Collectors.joining());
            compareLines(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void compareLines(byte[] content) {
        Path path = TestFiles.write(directory, content);
        // The reader of one thread reads all from a fault on.
        List<String> names = names(path, 1, teams.get(0));
        FileLayout layout = FileLayout.DEFAULT.with(names);
        NdjsonFile alone = new NdjsonFile(path, layout, LIMITS);
        List<String> expected = recordLines(alone, alone::read);
        for (int bytes : BLOCKS) {
            for (BlockThreads threads : teams) {
                NdjsonFile file = new NdjsonFile(path, layout, LIMITS, bytes);
                assertThat(names(path, bytes, threads))
                        .as("blocks of %d bytes", bytes)
                        .isEqualTo(names);
                assertThat(recordLines(file, handler -> file.read(handler, threads)))
                        .as("blocks of %d bytes, %d threads", bytes, threads.size())
                        .isEqualTo(expected);
            }
        }
    }

    /** Where names are refused, the fault stands for them. */
    private static List<String> names(Path path, int blockBytes, BlockThreads threads) {
        try {
            return new NdjsonFile(path, FileLayout.DEFAULT, LIMITS, blockBytes).names(threads);
        } catch (ProblemException refused) {
            return List.of(refused.detail());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> recordLines(NdjsonFile file, Reading reading) {
        try {
            return record(file, Integer.MAX_VALUE, reading);
        } catch (IllegalStateException unknownName) {
            return List.of(String.valueOf(unknownName.getMessage()));
        }
    }
}
