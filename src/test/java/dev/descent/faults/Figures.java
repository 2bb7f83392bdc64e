package dev.descent.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The measurements of the suite, printed for its readers and also written to {@code target/faults.txt}. */
final class Figures {

    private static final Path FILE = Path.of("target", "faults.txt");

    private Figures() {}

    static void print(String violation, String figure, Object... values) {
        String line = "FAULT %s: %s%n".formatted(violation, figure.formatted(values));
        System.out.print(line);
        try {
            Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
