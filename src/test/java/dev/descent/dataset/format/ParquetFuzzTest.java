package dev.descent.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever bytes of a Parquet file are others, lengths and counts among them, it has its rows or is refused with a
 * reason. {@code -Ddescent.fuzz.mutations=100000} makes a longer run of it.
 */
class ParquetFuzzTest {

    private static final int MUTATIONS = Integer.getInteger("descent.fuzz.mutations", 4_000);
    private static final Path FILES = Path.of("src/test/resources/parquet");
    private static final List<String> SEEDS = List.of(
            "mixed_snappy.parquet",
            "mixed_plain.parquet",
            "mixed_gzip_v2.parquet",
            "mixed_zstd_v2.parquet",
            "mixed_delta.parquet",
            "mixed_delta_v1.parquet",
            "index.parquet",
            "unread.parquet");

    /** Of lengths and counts, as Thrift and RLE write them. */
    private static final byte[][] EXTREMES = {
        {-1, -1, -1, -1, 15}, {-2, -1, -1, -1, 15}, {0}, {-1, 127}, {0, 0, 0, -128}, {1, 0, 0, 0}, {-1, -1, -1, 127}
    };

    @TempDir
    private Path directory;

    private int read;
    private int refused;

    @Test
    void mutationsAreReadOrRefused() throws IOException {
        SplittableRandom random = new SplittableRandom(17);
        List<byte[]> seeds = new ArrayList<>();
        for (String seed : SEEDS) {
            seeds.add(Files.readAllBytes(FILES.resolve(seed)));
        }
        for (int round = 0; round < MUTATIONS; round++) {
            int seed = random.nextInt(seeds.size());
            byte[] bytes = seeds.get(seed).clone();
            StringBuilder changes = new StringBuilder(SEEDS.get(seed));
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                // Half of the changes are in the footer, which is a smaller part of the file.
                int from = random.nextBoolean() ? 4 : bytes.length / 2;
                int at = random.nextInt(from, bytes.length - 4);
                byte[] other = random.nextBoolean()
                        ? new byte[] {(byte) random.nextInt()}
                        : EXTREMES[random.nextInt(EXTREMES.length)];
                System.arraycopy(other, 0, bytes, at, Math.min(other.length, bytes.length - 4 - at));
                changes.append(" %d:%s".formatted(at, List.of(other[0])));
            }
            readOrRefuse(bytes, changes.toString());
        }
        assertThat(read).isGreaterThan(MUTATIONS / 50);
        assertThat(refused).isGreaterThan(MUTATIONS / 5);
    }

    private void readOrRefuse(byte[] bytes, String changes) throws IOException {
        Path file = Files.write(directory.resolve("upload"), bytes);
        ContentLimits content = new ContentLimits(1 << 24, 250, 1 << 16);
        RowLimits limits = new RowLimits(50, 100, 1_000, 20_000, 1_000, 10_000, content);
        try {
            Detected detected = DatasetFormat.detect(file, DatasetFormat.PARQUET, LayoutOptions.DEFAULT);
            List<List<String>> rows = new ArrayList<>();
            detected.format().rows(file, detected.layout(), limits).read(TestFiles.collect(rows));
            assertThat(rows).hasSizeGreaterThan(1);
            assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.get(0)));
            read++;
        } catch (ProblemException problem) {
            assertThat(problem.problem()).isEqualTo(Problem.INVALID_REQUEST);
            assertThat(problem.detail()).isNotBlank();
            refused++;
        } catch (RuntimeException | IOException | OutOfMemoryError | AssertionError other) {
            throw new AssertionError(changes, other);
        }
    }
}
