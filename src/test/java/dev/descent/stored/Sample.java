package dev.descent.stored;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one version stored, and how it responded to requests about it.
 *
 * @param folder named after the commit
 */
record Sample(Path folder, JsonNode recorded) {

    private static final Path SAMPLES = Path.of("src", "test", "resources", "stored");

    static List<Sample> all() {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            return folders.filter(Files::isDirectory).sorted().map(Sample::read).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Sample read(Path folder) {
        return new Sample(folder, JsonMapper.shared().readTree(folder.resolve("recorded.json")));
    }

    Path database() {
        return folder.resolve("database.sql");
    }

    Path datasets() {
        return folder.resolve("datasets");
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
