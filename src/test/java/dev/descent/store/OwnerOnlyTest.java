package dev.descent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void create() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        home = open(Files.createDirectory(folder.resolve("home")), "rwxr-xr-x");
    }

    private static Path open(Path path, String permissions) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void whatAnEarlierVersionLeftOpenIsClosed() throws IOException {
        Path database = open(Files.createFile(home.resolve("descent.mv.db")), "rw-r--r--");
        Path datasets = open(Files.createDirectory(home.resolve("datasets")), "rwxr-xr-x");
        Path file = open(Files.createFile(datasets.resolve("ds_1.csv")), "rw-rw-rw-");

        OwnerOnly.tighten(home);

        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(permissions(database)).isEqualTo("rw-------");
        assertThat(permissions(datasets)).isEqualTo("rwx------");
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void whatBelongsToOthersStaysAsItIs() throws IOException {
        Path other = open(Files.createFile(home.resolve("notes.txt")), "rw-r--r--");
        Path target = open(Files.createFile(folder.resolve("target")), "rw-r--r--");
        Path database = open(Files.createFile(home.resolve("descent.mv.db")), "rw-r--r--");
        Files.createSymbolicLink(home.resolve("descent.link"), target);

        OwnerOnly.tighten(home);

        assertThat(permissions(home)).as("it holds notes as well").isEqualTo("rwxr-xr-x");
        assertThat(permissions(other)).isEqualTo("rw-r--r--");
        assertThat(permissions(target)).isEqualTo("rw-r--r--");
        assertThat(permissions(database)).isEqualTo("rw-------");
    }

    @Test
    void whatIsNewIsTheOwnersFromTheStart() throws IOException {
        Path made = DataDirectory.writable(home.resolve("a").resolve("b"));
        OwnerOnly.file(made.resolve("descent.mv.db"));
        OwnerOnly.file(made.resolve("descent.mv.db"));

        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(made.getParent())).isEqualTo("rwx------");
        assertThat(permissions(made.resolve("descent.mv.db"))).isEqualTo("rw-------");
    }
}
