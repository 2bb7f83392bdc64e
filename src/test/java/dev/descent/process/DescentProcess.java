package dev.descent.process;

import static org.awaitility.Awaitility.await;

import dev.descent.testing.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service in a JVM of its own. Closing it kills it. */
final class DescentProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final String STARTED = "Started DescentApplication";

    private final Process process;
    private final Path log;

    private DescentProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it on a data directory, and waits until it serves. */
    static DescentProcess start(Path home) {
        DescentProcess started = launch(home);
        await().atMost(PATIENCE).until(() -> started.log().contains(STARTED) || !started.process.isAlive());
        if (!started.process.isAlive()) {
            throw new AssertionError("Descent did not start: " + started.log());
        }
        return started;
    }

    /** Starts it, and waits for nothing. */
    static DescentProcess launch(Path home) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                // A start is what these tests wait for most.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                System.getProperty("descent.jar"),
                "--descent.home=" + home,
                "--descent.checkpoint-interval=200ms",
                "--server.port=0"));
        try {
            Path log = Files.createTempFile(home, "process", ".log");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            return new DescentProcess(builder.redirectOutput(log.toFile()).start(), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Api api() {
        Matcher port = PORT.matcher(log());
        if (!port.find()) {
            throw new AssertionError("No port in the log: " + log());
        }
        return new Api(Integer.parseInt(port.group(1)));
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** SIGKILL: nothing in the process can still do anything. */
    void kill() {
        process.destroyForcibly();
        exitCode(PATIENCE);
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end. */
    int exitCode(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Still running after %s: %s".formatted(patience, log()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
