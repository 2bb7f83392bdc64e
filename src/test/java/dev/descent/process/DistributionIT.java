package dev.descent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.process.DescentProcess.Setup;
import dev.descent.testing.TemporaryHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The unpacked distribution: its script, and the class archive created at the first start. */
@DisabledOnOs(OS.WINDOWS)
class DistributionIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TERMINATED = 128 + 15;

    private final Path home = TemporaryHome.create();

    @Test
    void theFirstStartHasAnArchiveOfClassesMadeWhichTheNextOneUses() throws IOException {
        Path archives = TemporaryHome.create().resolve("with a space");
        Path outdated = unusedForAYear(archives.resolve("descent-1-2.jsa"));
        Path notes = unusedForAYear(archives.resolve("descent-notes.txt"));
        Path below = unusedForAYear(archives.resolve("backup/descent-1-2.jsa"));
        Setup setup = Setup.of(home).withEnvironment(Map.of("DESCENT_ARCHIVE_DIR", archives.toString()));
        try (DescentProcess first = DescentProcess.launchDistribution(setup)) {
            first.awaitStarted();
            assertThat(first.log()).startsWith("descent: an archive of classes is made in " + archives);
            await().atMost(PATIENCE)
                    .until(
                            () -> files(archives),
                            files -> files.size() == 3 && !files.contains(outdated) && isWhole(files));
            first.terminate();
            assertThat(first.exitCode(PATIENCE)).isEqualTo(TERMINATED);
        }

        assertThat(files(archives)).contains(notes);
        assertThat(below).exists();

        Path loaded = TemporaryHome.create().resolve("loaded.log");
        try (DescentProcess second =
                DescentProcess.launchDistribution(setup.withJvm("-Xlog:class+load:file=" + loaded))) {
            second.awaitStarted();
            assertThat(second.log()).doesNotContain("archive").doesNotContain("[warning]");
            assertThat(Files.readString(loaded))
                    .containsPattern("dev\\.descent\\.DescentApplication source: shared objects file")
                    .containsPattern("dev\\.descent\\.core\\.\\S+ source: shared objects file");
        }
    }

    @Test
    void itStartsWhereNoArchiveCanBeKeptAndExitsWithTheCodeOfTheService() {
        Setup setup = Setup.of(home)
                .with("descent.workers=none")
                .withEnvironment(Map.of("DESCENT_ARCHIVE_DIR", "/dev/null/archives"));
        try (DescentProcess descent = DescentProcess.launchDistribution(setup)) {
            assertThat(descent.exitCode(PATIENCE)).isEqualTo(1);
            assertThat(descent.log())
                    .startsWith("descent: no archive of classes can be kept")
                    .contains("descent.workers is \"none\"; accepted: a whole number from 1 to 64.")
                    .doesNotContain("\tat ", " WARN ");
        }
    }

    @Test
    void withoutADirectoryForArchivesItSaysNothingOfThem() {
        Setup setup =
                Setup.of(home).with("descent.workers=none").withEnvironment(Map.of("DESCENT_ARCHIVE_DIR", "none"));
        try (DescentProcess descent = DescentProcess.launchDistribution(setup)) {
            assertThat(descent.exitCode(PATIENCE)).isEqualTo(1);
            assertThat(descent.log()).doesNotContain("archive");
        }
    }

    private static Path unusedForAYear(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "not an archive");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(365))));
    }

    private static boolean isWhole(List<Path> files) {
        return files.stream().noneMatch(file -> file.toString().endsWith(".part"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
