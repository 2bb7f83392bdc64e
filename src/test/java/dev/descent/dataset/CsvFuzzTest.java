package dev.descent.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.CellReader;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Table;
import dev.descent.dataset.cell.TableReader;
import dev.descent.dataset.format.TestFiles;
import dev.descent.dataset.profile.ColumnProfile;
import dev.descent.dataset.profile.DatasetProfile;
import dev.descent.dataset.profile.TestProfiles;
import dev.descent.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever its bytes, a file is either profiled and can then be read, or the client is told what is wrong with it. */
class CsvFuzzTest {

    private static final String VALID = """
            id;name;"when ""it"" was";amount;flag
            1;"Müller; Anna";2026-01-01;1.5;true
            2;"two
            lines";2026-01-02T10:00:00Z;-3e4;false
            3;;NA;;TRUE
            4;日本 😀;2026-01-04;1e308;false
            """;

    private static final byte[][] PIECES = {
        {'"'},
        {'"', '"'},
        {'\n'},
        {'\r'},
        {'\r', '\n'},
        {','},
        {';'},
        {'\t'},
        {'|'},
        {0},
        {(byte) 0xff},
        {(byte) 0xe2, (byte) 0x82},
        {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        "1e999".getBytes(StandardCharsets.UTF_8),
        "-1e308".getBytes(StandardCharsets.UTF_8),
        "9999-12-31T23:59:59+18:00".getBytes(StandardCharsets.UTF_8),
        "NaN".getBytes(StandardCharsets.UTF_8),
        "NA".getBytes(StandardCharsets.UTF_8),
        "\u2028".getBytes(StandardCharsets.UTF_8)
    };

    @TempDir
    private Path directory;

    @Test
    void randomBytesAreProfiledOrRefused() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            profileOrRefuse(bytes);
        }
    }

    @Test
    void randomPiecesAreProfiledOrRefused() {
        SplittableRandom random = new SplittableRandom(2);
        int profiled = 0;
        for (int round = 0; round < 400; round++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes("a,b\n".getBytes(StandardCharsets.UTF_8));
            for (int i = random.nextInt(12); i > 0; i--) {
                bytes.writeBytes(PIECES[random.nextInt(PIECES.length)]);
                bytes.writeBytes("1".getBytes(StandardCharsets.UTF_8));
            }
            profiled += profileOrRefuse(bytes.toByteArray()) ? 1 : 0;
        }
        assertThat(profiled).isPositive();
    }

    @Test
    void mutatedCsvIsProfiledOrRefused() {
        assertThat(profileOrRefuse(VALID.getBytes(StandardCharsets.UTF_8))).isTrue();
        SplittableRandom random = new SplittableRandom(3);
        int profiled = 0;
        for (int round = 0; round < 600; round++) {
            byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes = mutated(bytes, random);
            }
            profiled += profileOrRefuse(bytes) ? 1 : 0;
        }
        assertThat(profiled).isBetween(50, 550);
    }

    /** With a few bytes replaced or removed, or truncated. */
    private static byte[] mutated(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(4));
        ByteArrayOutputStream mutated = new ByteArrayOutputStream();
        mutated.write(bytes, 0, from);
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                mutated.writeBytes(PIECES[random.nextInt(PIECES.length)]);
                mutated.write(bytes, to, bytes.length - to);
            }
            case 2 -> mutated.write(bytes, to, bytes.length - to);
            default -> {
                // Truncated here.
            }
        }
        return mutated.toByteArray();
    }

    private boolean profileOrRefuse(byte[] bytes) {
        Path file = TestFiles.write(directory, bytes);
        try {
            DatasetProfile profile = TestProfiles.profile(file, Map.of());
            for (ColumnProfile column : profile.columns()) {
                assertPlausible(column, profile.rows());
            }
            assertReadsAsProfiled(file, profile);
            return true;
        } catch (ProblemException refused) {
            assertThat(refused.errors()).isNotEmpty();
            return false;
        } catch (Exception other) {
            throw new AssertionError(Arrays.toString(bytes), other);
        }
    }

    private static void assertPlausible(ColumnProfile column, long rows) {
        assertThat(column.missing()).isBetween(0L, rows);
        assertThat(column.distinct()).isBetween(0L, rows - column.missing());
        if (column.mean() != null) {
            assertThat(column.mean()).isFinite();
        }
        if (column.std() != null) {
            assertThat(column.std()).isFinite().isNotNegative();
        }
    }

    private static void assertReadsAsProfiled(Path file, DatasetProfile profile) throws IOException {
        Map<String, ColumnType> types =
                profile.columns().stream().collect(Collectors.toMap(ColumnProfile::name, ColumnProfile::type));
        TableReader reader =
                new TableReader(TestFiles.MISSING, types, column -> CellReader.PLAIN, (int) profile.rows(), () -> {});
        TestFiles.csv(file, true).read(reader);
        Table table = reader.table();
        assertThat(table.columns()).hasSameSizeAs(profile.columns());
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            long missing = 0;
            for (int row = 0; row < table.rows(); row++) {
                missing += column.isMissing(row) ? 1 : 0;
            }
            assertThat(missing).isEqualTo(profile.columns().get(i).missing());
        }
    }
}
