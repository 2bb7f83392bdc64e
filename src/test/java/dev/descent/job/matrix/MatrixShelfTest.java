package dev.descent.job.matrix;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Encoded examples of 12 KB each, of which 40 KB are kept. */
@DescentTest
@TestPropertySource(properties = {"descent.matrices.max-size=40KB", "descent.matrices.min-size=0B"})
class MatrixShelfTest {

    @LocalServerPort
    private int port;

    @Value("${descent.home}")
    private Path home;

    @Autowired
    private MatrixShelf shelf;

    private DescentClient client;
    private String dataset;

    @BeforeEach
    void upload() throws IOException {
        client = new DescentClient(port);
        StringBuilder csv = new StringBuilder("a,b,c,d,y\n");
        for (int row = 0; row < 500; row++) {
            csv.append("%d,%d,%d,%d,%d\n".formatted(row, row % 7, row % 11, row % 13, row * 3 % 17));
        }
        dataset = client.uploadText("numbers", csv.toString());
        for (Path entry : entries()) {
            MatrixShelf.delete(entry);
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("matrices"))) {
            return all.sorted().toList();
        }
    }

    private JsonNode train(int splitSeed) {
        return client.train(
                json("{'dataset':'%s','target':'y','threads':1,'split':{'seed':%d},'hyperparameters':{'epochs':1}}"
                        .formatted(dataset, splitSeed)));
    }

    private Path entryOf(int splitSeed) throws IOException {
        List<Path> before = entries();
        train(splitSeed);
        return entries().stream()
                .filter(entry -> !before.contains(entry))
                .findFirst()
                .orElseThrow();
    }

    private static void age(Path entry, int minutes) throws IOException {
        FileTime then = FileTime.from(Instant.now().minus(Duration.ofMinutes(minutes)));
        try (Stream<Path> files = Files.list(entry)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, then);
            }
        }
        Files.setLastModifiedTime(entry, then);
    }

    @Test
    void whatWasUnusedForLongestMakesRoom() throws IOException {
        Path first = entryOf(1);
        Path second = entryOf(2);
        Path third = entryOf(3);
        age(first, 30);
        age(second, 20);
        age(third, 10);

        train(1);
        Path fourth = entryOf(4);

        assertThat(entries()).contains(first, third, fourth).doesNotContain(second);
    }

    @Test
    void whatAJobUsesStays() throws IOException {
        Path first = entryOf(1);
        Path second = entryOf(2);
        Path third = entryOf(3);
        age(first, 30);
        age(second, 20);
        age(third, 10);

        try (MatrixShelf.Use use = shelf.use(first.getFileName().toString())) {
            assertThat(use.path()).isEqualTo(first);
            entryOf(4);
            assertThat(entries()).contains(first).doesNotContain(second);
        }
    }

    @Test
    void examplesThatFitAreFoundByOtherJobsTooAndTrainToTheSame() throws IOException {
        JsonNode first = train(1);
        Path entry = entries().get(0);
        FileTime written = Files.getLastModifiedTime(entry.resolve("train.npy"));

        JsonNode second = train(1);

        assertThat(second.path("weights_sha256")).isEqualTo(first.path("weights_sha256"));
        assertThat(second.path("warnings")).isEqualTo(first.path("warnings"));
        assertThat(Files.getLastModifiedTime(entry.resolve("train.npy"))).isEqualTo(written);
        assertThat(entries()).containsExactly(entry);
    }

    /** As kill −9 leaves it between the first byte and the new name. */
    @Test
    void whatWasNeverCompletedIsSweptOnceItIsOld() throws IOException {
        Path entry = entryOf(1);
        Path left = Files.createDirectory(entry.resolveSibling(entry.getFileName() + ".part123"));
        Files.writeString(left.resolve("train.npy"), "half");

        shelf.sweep(Duration.ofHours(1));
        assertThat(entries()).containsExactly(entry, left);

        age(left, 90);
        shelf.sweep(Duration.ofHours(1));
        assertThat(entries()).containsExactly(entry);
    }

    @Test
    void whatBelongsToNoDatasetIsSwept() throws IOException {
        Path entry = entryOf(1);
        Path orphan = Files.createDirectory(entry.resolveSibling("ds_gone-0123"));
        Files.writeString(orphan.resolve("train.npy"), "");

        shelf.sweep(Duration.ofHours(1));

        assertThat(entries()).containsExactly(entry);
    }

    @Test
    void nobodyElseCanReadTheFiles() throws IOException {
        Path entry = entryOf(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry.getParent())))
                .isEqualTo("rwx------");
    }
}
