package dev.descent.faults;

import dev.descent.testing.TemporaryHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** Gives a process a different time of day. */
final class WrongClock {

    private static final String SOURCE = "src/test/resources/wrong_clock.c";

    private final Path library = TemporaryHome.create().resolve("wrong_clock.so");

    /** Compiles the library; needs a C compiler. */
    WrongClock() {
        try {
            int code = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), SOURCE, "-ldl")
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("cc ended with " + code);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The environment variables for a process whose clock is off. */
    Map<String, String> offBy(int seconds) {
        return Map.of("LD_PRELOAD", library.toString(), "CLOCK_OFFSET", Integer.toString(seconds));
    }
}
