package dev.descent.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.problem.ProblemException;
import dev.descent.testing.FileMutations;
import java.io.ByteArrayInputStream;
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
    private static final RowLimits ROWS = new RowLimits(50, 100, 1_000, 5_000, 1_000, 10_000, LIMITS);

    @TempDir
    private Path directory;

    private int read;
    private int refused;

    @Test
    void mutationsAreReadOrRefused() throws IOException {
        SplittableRandom random = new SplittableRandom(16);
        for (int round = 0; round < MUTATIONS; round++) {
            byte[] bytes = FileMutations.file(random);
            Compression compression = Compression.values()[random.nextInt(4)];
            byte[] upload = FileMutations.damaged(ContentTest.compressed(compression, bytes), random);
            readOrRefuse(upload, compression, random);
        }
        assertThat(read).isGreaterThan(MUTATIONS / 5);
        assertThat(refused).isGreaterThan(MUTATIONS / 20);
    }

    private void readOrRefuse(byte[] upload, Compression compression, SplittableRandom random) throws IOException {
        String options = FileMutations.options(random);
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
