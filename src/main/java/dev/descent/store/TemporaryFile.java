package dev.descent.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a request has sent, for readers that look at it more than once. Closing it deletes the file. */
public record TemporaryFile(Path path) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
