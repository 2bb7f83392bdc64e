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
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The unpacked distribution: its script, and the class archive created at the first start. */
@DisabledOnOs(OS.WINDOWS)
class DistributionIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TERMINATED = 128 + 15;
    private static final Path DISTRIBUTION = Path.of(System.getProperty("descent.distribution"));

    private final Path home = TemporaryHome.create();

    @Test
    void theFirstStartHasAnArchiveOfClassesMadeWhichTheNextOneUses() throws Exception {
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
            assertThat(isReady(second.port())).isTrue();
            assertThat(second.api().uploadFile("src/test/resources/data/iris.csv"))
                    .startsWith("ds_");
            second.kill();
            assertThat(isReady(second.port())).isFalse();
        }
        assertThat(options(archives))
                .contains("--enable-native-access=ALL-UNNAMED")
                .anyMatch(option -> option.contains("=" + archives.resolve("descent-")));
    }

    /** A library that is missing is noticed by its first use, which may be any request's. */
    @Test
    void itHoldsTheLibrariesOfTheJarAndNoOther() throws Exception {
        Path lib = DISTRIBUTION.resolve("lib");
        try (JarFile service = new JarFile(lib.resolve("descent.jar").toFile());
                JarFile jar = new JarFile(System.getProperty("descent.jar"))) {
            List<String> linked = List.of(service.getManifest()
                    .getMainAttributes()
                    .getValue(Attributes.Name.CLASS_PATH)
                    .split(" "));
            List<String> inTheJar = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar"))
                    .map(name -> name.substring("BOOT-INF/lib/".length()))
                    .toList();

            assertThat(names(lib))
                    .contains("descent.jar")
                    .filteredOn(name -> !name.equals("descent.jar"))
                    .containsExactlyInAnyOrderElementsOf(linked)
                    .containsAll(inTheJar)
                    .filteredOn(name -> !inTheJar.contains(name))
                    .as("empty jars, which only name others")
                    .allMatch(name -> name.startsWith("spring-boot-starter-"));
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

    /** The health check of the image. */
    private static boolean isReady(int port) throws IOException, InterruptedException {
        ProcessBuilder probe = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                DISTRIBUTION.resolve("lib/descent.jar").toString(),
                "dev.descent.ReadinessProbe");
        probe.environment().put("SERVER_PORT", Integer.toString(port));
        return probe.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** The image starts Java itself. */
    private static List<String> options(Path archives) throws IOException {
        ProcessBuilder script =
                new ProcessBuilder(DISTRIBUTION.resolve("bin/descent").toString(), "--print-options");
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        script.environment().put("DESCENT_ARCHIVE_DIR", archives.toString());
        return script.start().inputReader().lines().toList();
    }

    private static Path unusedForAYear(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "not an archive");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(365))));
    }

    private static boolean isWhole(List<Path> files) {
        return files.stream().noneMatch(file -> file.toString().endsWith(".part"));
    }

    private static List<String> names(Path folder) throws IOException {
        return files(folder).stream().map(file -> file.getFileName().toString()).toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
