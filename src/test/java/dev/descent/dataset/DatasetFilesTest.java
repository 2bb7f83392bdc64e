package dev.descent.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.store.DiskSpaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class DatasetFilesTest {

    @TempDir
    private Path home;

    private DatasetFiles files() throws IOException {
        return new DatasetFiles(
                new DatasetProperties(home, DataSize.ofMegabytes(1)), DiskSpaces.of(home, DataSize.ofMegabytes(1)));
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

    /** As where an upload ends meanwhile: its temporary name is gone. */
    @Test
    void aFileThatVanishesDuringASweepDisturbsNobody() throws IOException {
        Path vanishing = file("ds_a.csv");
        Path left = file("ds_b.csv");

        files().sweep(id -> !deleted(vanishing), Duration.ofSeconds(-1));

        assertThat(left).doesNotExist();
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
