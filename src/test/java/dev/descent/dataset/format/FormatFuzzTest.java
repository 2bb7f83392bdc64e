package dev.descent.dataset.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever its bytes and however they are compressed, a file has rows, all with as many cells as there are columns, or is
 * refused with a reason. {@code -Ddescent.fuzz.mutations=100000} makes a longer run of it.
 */
class FormatFuzzTest {

    private static final int MUTATIONS = Integer.getInteger("descent.fuzz.mutations", 4_000);
    private static final ContentLimits LIMITS = new ContentLimits(1 << 20, 250, 1 << 16);
    private static final RowLimits ROWS = new RowLimits(50, 100, 1_000, 5_000);

    private static final List<byte[]> SEEDS = List.of(
            "id;name;\"when \"\"it\"\" was\";amount\n1;\"Müller; Anna\";2026-01-01;1,5\n2;\"two\nlines\";NA;-3e4\n\n3;;;\n"
                    .getBytes(UTF_8),
            "a\tb\n1\tx\n2\ty\n".getBytes(UTF_8),
            "t\n1\n\n19\n".getBytes(UTF_8),
            ",x,y\n0,1e999,NaN\n1,inf,日本\n".getBytes(UTF_8),
            "[age],{id},<30\n0,0,0\n".getBytes(UTF_8),
            "{\"a\": 1, \"b\": \"x\", \"c\": null}\n{\"b\": true, \"d\": 1.10}\n".getBytes(UTF_8),
            "\ufeffa,b\n1,ü\n".getBytes(java.nio.charset.StandardCharsets.UTF_16LE));

    private static final List<byte[]> PIECES = List.of(
            "\"".getBytes(UTF_8),
            "\"\"".getBytes(UTF_8),
            "\n".getBytes(UTF_8),
            "\r\n".getBytes(UTF_8),
            ",".getBytes(UTF_8),
            ";".getBytes(UTF_8),
            "\t".getBytes(UTF_8),
            "{".getBytes(UTF_8),
            "}".getBytes(UTF_8),
            "[".getBytes(UTF_8),
            "\\".getBytes(UTF_8),
            "#".getBytes(UTF_8),
            "x".repeat(1_100).getBytes(UTF_8),
            ",".repeat(60).getBytes(UTF_8),
            new byte[] {0},
            new byte[] {(byte) 0xff, (byte) 0xfe},
            new byte[] {(byte) 0xe2, (byte) 0x82},
            new byte[] {0x1f, (byte) 0x8b},
            new byte[] {(byte) 0x81});

    private static final List<String> OPTIONS = List.of(
            "{}",
            "{'header':'auto'}",
            "{'header':false,'ragged':'skip'}",
            "{'ragged':'pad','duplicate_names':'number'}",
            "{'escape':'\\','comment':'#'}",
            "{'quote':'','delimiter':' '}",
            "{'encoding':'utf-16'}",
            "{'encoding':'windows-1252'}");

    @TempDir
    private Path directory;

    private int read;
    private int refused;

    @Test
    void mutationsAreReadOrRefused() throws IOException {
        SplittableRandom random = new SplittableRandom(16);
        for (int round = 0; round < MUTATIONS; round++) {
            byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size()));
            for (int change = random.nextInt(3); change > 0; change--) {
                bytes = mutated(bytes, random);
            }
            Compression compression = Compression.values()[random.nextInt(4)];
            byte[] upload = ContentTest.compressed(compression, bytes);
            if (random.nextInt(4) == 0) {
                upload = mutated(upload, random);
            }
            readOrRefuse(upload, compression, random);
        }
        assertThat(read).isGreaterThan(MUTATIONS / 5);
        assertThat(refused).isGreaterThan(MUTATIONS / 20);
    }

    private static byte[] mutated(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(4));
        ByteArrayOutputStream mutated = new ByteArrayOutputStream();
        mutated.write(bytes, 0, from);
        if (random.nextInt(5) > 0) {
            mutated.writeBytes(random.nextBoolean() ? PIECES.get(random.nextInt(PIECES.size())) : new byte[0]);
            mutated.write(bytes, to, bytes.length - to);
        }
        return mutated.toByteArray();
    }

    private void readOrRefuse(byte[] upload, Compression compression, SplittableRandom random) throws IOException {
        String options = OPTIONS.get(random.nextInt(OPTIONS.size()));
        DatasetFormat declared =
                random.nextBoolean() ? null : DatasetFormat.values()[random.nextInt(DatasetFormat.values().length)];
        Path file = directory.resolve("upload");
        try {
            try (Content content = Content.open(
                    new ByteArrayInputStream(upload), random.nextBoolean() ? compression : Compression.NONE, LIMITS)) {
                Files.write(file, content.readAllBytes());
            }
            Detected detected = DatasetFormat.detect(file, declared, TestFiles.options(options));
            List<List<String>> rows = new ArrayList<>();
            detected.format().rows(file, detected.layout(), ROWS).read(TestFiles.collect(rows));
            assertThat(rows).hasSizeGreaterThan(1);
            assertThat(rows.get(0)).doesNotHaveDuplicates();
            assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.get(0)));
            List<List<String>> again = new ArrayList<>();
            detected.format().rows(file, detected.layout()).read(TestFiles.collect(again));
            assertThat(again).isEqualTo(rows);
            read++;
        } catch (ProblemException problem) {
            assertThat(problem.detail()).isNotBlank();
            assertThat(problem.problem().status().is4xxClientError()).isTrue();
            refused++;
        } catch (RuntimeException | IOException | AssertionError other) {
            throw new AssertionError("%s as %s with %s".formatted(Arrays.toString(upload), declared, options), other);
        }
    }
}
