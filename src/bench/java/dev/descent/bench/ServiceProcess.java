package dev.descent.bench;

import static org.awaitility.Awaitility.await;

import dev.descent.testing.DescentClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged service in its own JVM on the loopback interface, observed from outside through Linux and its garbage
 * collection log.
 */
final class ServiceProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern STARTED = Pattern.compile("(Started DescentApplication)");

    private final Process process;
    private final Path log;
    private final Path collections;

    private ServiceProcess(Process process, Path log, Path collections) {
        this.process = process;
        this.log = log;
        this.collections = collections;
    }

    /**
     * Starts it and waits until it serves requests.
     *
     * @param heap minimum and maximum heap size, such as {@code 256m}
     * @param home an empty directory
     */
    static ServiceProcess start(Path jar, String heap, Path home) throws IOException {
        Path log = home.resolve("service.log");
        Path collections = home.resolve("gc.log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xms" + heap,
                "-Xmx" + heap,
                "-Xlog:gc:file=" + collections,
                "-jar",
                jar.toString(),
                "--descent.home=" + home,
                "--server.port=0");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ServiceProcess service = new ServiceProcess(process, log, collections);
        await().atMost(PATIENCE)
                .until(() -> !process.isAlive() || last(log, STARTED).isPresent());
        if (!process.isAlive()) {
            throw new IllegalStateException("The service did not start; the reason is in " + log);
        }
        return service;
    }

    DescentClient api() {
        return new DescentClient(port());
    }

    int port() {
        return Integer.parseInt(last(log, PORT).orElseThrow());
    }

    /** The resident memory of the process in KiB. */
    long residentKib() {
        return status("VmRSS");
    }

    /** The most that it has been, in KiB. */
    long mostResidentKib() {
        return status("VmHWM");
    }

    /** All threads, including native ones. */
    long threads() {
        return status("Threads");
    }

    /**
     * MiB of heap in use after the last garbage collection. Never triggers one, because that would free what might
     * otherwise have stayed.
     */
    Optional<Integer> heapAfterCollectionMib() {
        return last(collections, Pattern.compile("\\d+M->(\\d+)M\\(")).map(Integer::valueOf);
    }

    private long status(String name) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Long.parseLong(
                last(status, Pattern.compile(name + ":\\s+(\\d+)")).orElseThrow());
    }

    /** What the last match in a file captured. */
    private static Optional<String> last(Path file, Pattern pattern) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(file));
            return matcher.results().reduce((earlier, later) -> later).map(found -> found.group(1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        process.destroyForcibly().onExit().join();
    }
}
