package dev.descent.bench;

import static org.awaitility.Awaitility.await;

import dev.descent.testing.TemporaryHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How soon is the service ready, and at what cost? Starts jars and distributions in turn, each with an empty data
 * directory, forwards and backwards, so that other load on the machine affects all of them equally. Prints a JSON line
 * for each: the medians of seconds and CPU seconds until ready and of resident memory at that time, and the medians of
 * their ratios to the first one in the same round. On Linux only.
 *
 * <pre>
 * --starts target/descent-….jar,target/…/bin/descent  jars with java -jar, anything else as a program
 * --rounds 9
 * </pre>
 */
public final class StartupBench {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String STARTED = "Started DescentApplication";
    private static final double TICKS_PER_SECOND = 100;

    /** The cost of one start. */
    private record Start(double seconds, double cpuSeconds, double residentMib) {}

    private StartupBench() {}

    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(System.getProperty("descent.jar"));
        Path program = jar.resolveSibling(jar.getFileName().toString().replace(".jar", ""))
                .resolve(jar.getFileName().toString().replace(".jar", ""))
                .resolve("bin/descent");
        Options options = new Options(
                Map.of("starts", String.join(",", jar.toString(), program.toString()), "rounds", "9"), arguments);
        List<Path> commands =
                Stream.of(options.text("starts").split(",")).map(Path::of).toList();
        Map<Path, List<Start>> starts = new LinkedHashMap<>();
        for (Path command : commands) {
            starts.put(command, new ArrayList<>());
            prepare(command);
        }
        for (int round = 1; round <= options.number("rounds"); round++) {
            for (int i = 0; i < commands.size(); i++) {
                Path command = commands.get(round % 2 == 0 ? commands.size() - 1 - i : i);
                starts.get(command).add(start(command));
            }
        }
        List<Start> first = starts.get(commands.get(0));
        starts.forEach((command, all) -> print(command, all, first));
    }

    private static boolean isJar(Path command) {
        return command.toString().endsWith(".jar");
    }

    /** The first start, which creates the class archive, is not measured. */
    private static void prepare(Path command) throws IOException {
        if (!isJar(command)) {
            Process making = new ProcessBuilder(command.toString(), "--make-archive")
                    .inheritIO()
                    .start();
            if (making.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(command + " made no archive of classes");
            }
        }
    }

    private static Start start(Path command) throws IOException {
        Path home = TemporaryHome.create();
        File log = home.resolve("service.log").toFile();
        List<String> line = isJar(command)
                ? List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", command.toString())
                : List.of(command.toString());
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(line.stream(), Stream.of("--descent.home=" + home, "--server.port=0"))
                                .toList())
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        long begin = System.nanoTime();
        Process process = builder.start();
        try {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(() ->
                            !process.isAlive() || Files.readString(log.toPath()).contains(STARTED));
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (!process.isAlive()) {
                throw new IllegalStateException("The service did not start; the reason is in " + log);
            }
            return new Start(seconds, cpuSeconds(process), residentMib(process));
        } finally {
            process.destroy();
            if (!ends(process)) {
                process.destroyForcibly().onExit().join();
            }
        }
    }

    private static boolean ends(Process process) {
        try {
            return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Includes child processes that it has waited for, as a script does. */
    private static double cpuSeconds(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Stream.of(fields).skip(11).limit(4).mapToLong(Long::parseLong).sum() / TICKS_PER_SECOND;
    }

    private static double residentMib(Process process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024.0;
        }
    }

    private static void print(Path command, List<Start> starts, List<Start> first) {
        Map<String, ToDoubleFunction<Start>> figures = new LinkedHashMap<>();
        figures.put("seconds", Start::seconds);
        figures.put("cpu_seconds", Start::cpuSeconds);
        figures.put("resident_mib", Start::residentMib);
        String values = figures.entrySet().stream()
                .map(figure -> String.format(
                        Locale.ROOT,
                        "\"%s\":%.2f,\"%s_ratio\":%.3f",
                        figure.getKey(),
                        median(starts.size(), start -> figure.getValue().applyAsDouble(starts.get(start))),
                        figure.getKey(),
                        median(
                                starts.size(),
                                start -> figure.getValue().applyAsDouble(starts.get(start))
                                        / figure.getValue().applyAsDouble(first.get(start)))))
                .collect(Collectors.joining(","));
        System.out.printf(Locale.ROOT, "{\"start\":\"%s\",\"rounds\":%d,%s}%n", command, starts.size(), values);
    }

    private static double median(int starts, IntToDoubleFunction value) {
        double[] sorted = IntStream.range(0, starts).mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
