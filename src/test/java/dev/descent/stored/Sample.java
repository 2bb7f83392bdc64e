package dev.descent.stored;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
        JsonNode recorded = JsonMapper.shared().readTree(folder.resolve("recorded.json"));
        // The owner of a job has left its specification, because no request names it any more.
        Stream.of("answers", "resumed")
                .flatMap(part -> recorded.path(part).findValues("specification").stream())
                .forEach(specification -> ((ObjectNode) specification).remove("owner"));
        return new Sample(folder, recorded);
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
