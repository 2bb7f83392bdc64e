package dev.descent.process;

import static org.awaitility.Awaitility.await;

import dev.descent.testing.DescentClient;
import dev.descent.testing.TemporaryHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The packaged service in a separate JVM. Closing it kills it. */
public final class DescentProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final String SCRIPT = Path.of(System.getProperty("descent.distribution"), "bin", "descent")
            .toString();
    /** Startup dominates the duration of these tests. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final String STARTED = "Started DescentApplication";

    private final Process process;
    private final Path log;
    private @Nullable DescentClient client;

    private DescentProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * How to start it.
     *
     * @param options of the service, without the two hyphens; the last one of a given name wins
     * @param jvm options of the JVM
     * @param environment variables in addition to those of this process
     */
    public record Setup(Path home, List<String> options, List<String> jvm, Map<String, String> environment) {

        public static Setup of(Path home) {
            return new Setup(home, List.of(), List.of(), Map.of());
        }

        public Setup with(String... more) {
            return new Setup(home, joined(options, more), jvm, environment);
        }

        public Setup withJvm(String... more) {
            return new Setup(home, options, joined(jvm, more), environment);
        }

        public Setup withEnvironment(Map<String, String> more) {
            return new Setup(home, options, jvm, more);
        }

        private static List<String> joined(List<String> some, String... more) {
            return Stream.concat(some.stream(), Stream.of(more)).toList();
        }
    }

    /** Starts it with a data directory and waits until it serves requests. */
    static DescentProcess start(Path home) {
        return start(Setup.of(home).with("descent.checkpoint-interval=200ms"));
    }

    /** Starts it and waits until it serves requests. */
    public static DescentProcess start(Setup setup) {
        return started(launch(setup));
    }

    /** Starts the jar that needs nothing beside it, and waits until it serves requests. */
    static DescentProcess startJar(Setup setup) {
        return started(launchJar(setup));
    }

    private static DescentProcess started(DescentProcess process) {
        try {
            return process.awaitStarted();
        } catch (RuntimeException | AssertionError failure) {
            process.kill();
            throw new AssertionError("Descent did not start: " + process.log(), failure);
        }
    }

    /** Starts it without waiting. */
    static DescentProcess launch(Path home) {
        return launch(Setup.of(home));
    }

    /** Starts it without waiting. */
    public static DescentProcess launch(Setup setup) {
        Map<String, String> environment = new LinkedHashMap<>(Map.of("DESCENT_ARCHIVE_DIR", Archive.DIRECTORY));
        environment.putAll(setup.environment());
        return launchDistribution(setup.withEnvironment(environment));
    }

    /** Starts the distribution's script without waiting, with no archive of classes but one the script finds. */
    static DescentProcess launchDistribution(Setup setup) {
        Map<String, String> environment = new LinkedHashMap<>(setup.environment());
        environment.putAll(javaWith(Setup.joined(QUICK, setup.jvm().toArray(String[]::new))));
        return launch(List.of(SCRIPT), setup.withEnvironment(environment));
    }

    /** Starts the jar that needs nothing beside it, without waiting. */
    static DescentProcess launchJar(Setup setup) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(QUICK);
        command.addAll(setup.jvm());
        command.addAll(List.of("-jar", System.getProperty("descent.jar")));
        return launch(command, setup);
    }

    private static Map<String, String> javaWith(List<String> options) {
        return Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", String.join(" ", options));
    }

    /** The archive of classes that users have from their second start on; made once for all tests. */
    private static final class Archive {

        static final String DIRECTORY =
                make(Path.of(System.getProperty("descent.jar")).resolveSibling("archives"));

        private static String make(Path directory) {
            ProcessBuilder script = new ProcessBuilder(SCRIPT, "--make-archive").inheritIO();
            script.environment().putAll(javaWith(QUICK));
            script.environment().put("DESCENT_ARCHIVE_DIR", directory.toString());
            int code = exitCodeOf(script);
            if (code != 0) {
                throw new AssertionError("Making an archive of classes ended with " + code);
            }
            return directory.toString();
        }
    }

    private static DescentProcess launch(List<String> start, Setup setup) {
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of("--descent.home=" + setup.home(), "--server.port=0"));
        Map<String, String> byName = new LinkedHashMap<>();
        setup.options().forEach(option -> byName.put(option.substring(0, option.indexOf('=')), option));
        byName.values().forEach(option -> command.add("--" + option));
        try {
            Path log = Files.createTempFile(TemporaryHome.create(), "process", ".log");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(setup.environment());
            return new DescentProcess(builder.redirectOutput(log.toFile()).start(), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits until it serves requests. */
    public DescentProcess awaitStarted() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> log().contains(STARTED) || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("Descent did not start: " + log());
        }
        return this;
    }

    public synchronized DescentClient api() {
        if (client == null) {
            client = new DescentClient(port());
        }
        return client;
    }

    /** Where it listens. */
    int port() {
        Matcher port = PORT.matcher(log());
        if (!port.find()) {
            throw new AssertionError("No port in the log: " + log());
        }
        return Integer.parseInt(port.group(1));
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGSTOP: the process freezes without noticing. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        int code = exitCodeOf(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO());
        if (code != 0) {
            throw new AssertionError("kill -%s ended with %d".formatted(name, code));
        }
    }

    private static int exitCodeOf(ProcessBuilder command) {
        try {
            return command.start().waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** SIGKILL: the process cannot do anything any more. */
    public void kill() {
        process.destroyForcibly();
        exitCode(PATIENCE);
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for the process to exit. */
    public int exitCode(Duration patience) {
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
