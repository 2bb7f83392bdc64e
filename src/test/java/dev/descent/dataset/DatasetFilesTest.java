package dev.descent.dataset;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.dataset.format.Compression;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.store.DiskSpaces;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class DatasetFilesTest {

    @TempDir
    private Path home;

    private DatasetFiles files() throws IOException {
        return new DatasetFiles(
                new DatasetProperties(home, DataSize.ofMegabytes(1), UploadLimits.DEFAULT),
                DiskSpaces.of(home, DataSize.ofMegabytes(1)));
    }

    private Path file(String name) throws IOException {
        return Files.createFile(
                Files.createDirectories(home.resolve("datasets")).resolve(name));
    }

    @Test
    void aSweepRemovesWhatBelongsToNoDatasetAndNothingElse() throws IOException {
        Path known = file("ds_known.csv");
        Path unknown = file("ds_unknown.csv");
        Path part = file("upload1.part");
        Path other = file("README");

        files().sweep("ds_known"::equals, Duration.ofSeconds(-1));

        assertThat(known).exists();
        assertThat(other).exists();
        assertThat(unknown).doesNotExist();
        assertThat(part).doesNotExist();
    }

    @Test
    void whatIsYoungMayBelongToAnUploadThatIsUnderWay() throws IOException {
        Path part = file("upload1.part");

        files().sweep(id -> false, Duration.ofMinutes(1));

        assertThat(part).exists();
    }

    /** As when an upload ends in the meantime: its temporary name is gone. */
    @Test
    void aFileThatVanishesDuringASweepDisturbsNobody() throws IOException {
        Path vanishing = file("ds_a.csv");
        Path left = file("ds_b.csv");

        files().sweep(id -> !deleted(vanishing), Duration.ofSeconds(-1));

        assertThat(left).doesNotExist();
    }

    /**
     * As written by bgzip, and as received over a network, where nothing may be available yet at the end of a member.
     */
    @Test
    void allMembersOfAGzipFileAreRead() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        for (int member = 0; member < 1_000; member++) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write("%04d\n".formatted(member).getBytes(US_ASCII));
            }
        }
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(compressed.toByteArray())) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, 29));
            }

            @Override
            public int available() {
                return 0;
            }
        };

        try (DatasetFiles.Received received = files().receive(slow, Compression.GZIP)) {
            assertThat(received.bytes()).isEqualTo(5_000);
        }
    }

    @Test
    void aRefusedUploadIsNotReadToItsEnd() {
        CountingStream endless = new CountingStream();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> files().receive(endless, Compression.NONE))
                .matches(refused -> refused.problem() == Problem.TOO_LARGE);

        assertThat(endless.read).isLessThan(2 << 20);
        assertThat(endless.isClosed).isFalse();
    }

    private static final class CountingStream extends InputStream {

        private long read;
        private boolean isClosed;

        @Override
        public int read() {
            read++;
            return '1';
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private static boolean deleted(Path file) {
        try {
            Files.deleteIfExists(file);
            return true;
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
