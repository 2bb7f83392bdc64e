package dev.descent.bench;

import static org.awaitility.Awaitility.await;

import dev.descent.testing.DescentClient;
import dev.descent.testing.TemporaryHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Does the service keep its size? Runs many short jobs one after another over HTTP and prints a JSON line with the
 * resources of the process every now and then. Exits with 1 if its resident memory has grown by more than
 * {@code --growth} from job {@code --from}, when everything has been used and compiled, to the last one.
 *
 * <pre>
 * --jobs 500 --from 100 --every 50 --epochs 20 --growth 0.1
 * --heap 256m  fixed, so that any growth is outside the heap
 * </pre>
 */
public final class SoakBench {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Options options;
    private final ServiceProcess service;
    private final DescentClient api;
    private final String dataset;
    private final long started = System.nanoTime();

    private SoakBench(Options options, ServiceProcess service) throws IOException {
        this.options = options;
        this.service = service;
        this.api = service.api();
        byte[] iris = Files.readAllBytes(Path.of("src/test/resources/data/iris.csv"));
        this.dataset = api.post("/v1/datasets", "text/csv", iris).expect(201).id();
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> defaults =
                Map.of("jobs", "500", "from", "100", "every", "50", "epochs", "20", "growth", "0.1", "heap", "256m");
        Options options = new Options(defaults, arguments);
        if (options.number("from") >= options.number("jobs")) {
            throw new IllegalArgumentException("--from has to come before the last of the --jobs");
        }
        Path jar = Path.of(System.getProperty("descent.jar"));
        if (!Files.exists(jar)) {
            throw new IllegalStateException("There is no %s; ./mvnw -DskipTests package makes it".formatted(jar));
        }
        double accepted = Double.parseDouble(options.text("growth"));
        double growth;
        try (ServiceProcess service = ServiceProcess.start(jar, options.text("heap"), TemporaryHome.create())) {
            growth = new SoakBench(options, service).growth();
        }
        System.out.printf(Locale.ROOT, "{\"growth\":%.3f,\"accepted\":%.3f}%n", growth, accepted);
        System.exit(growth > accepted ? 1 : 0);
    }

    /** The relative growth from the job to start from to the last one. */
    private double growth() {
        long before = 0;
        for (int job = 1; job <= options.number("jobs"); job++) {
            train(job);
            if (job == options.number("from")) {
                before = service.residentKib();
            }
            if (job % options.number("every") == 0) {
                print(job);
            }
        }
        return (double) service.residentKib() / before - 1;
    }

    private void train(int seed) {
        String request =
                "{\"dataset\": \"%s\", \"target\": \"species\", \"hyperparameters\": {\"epochs\": %d, \"seed\": %d}}"
                        .formatted(dataset, options.number("epochs"), seed);
        String id = api.post("/v1/training-jobs", request).expect(202).id();
        JsonNode job = await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(
                        () -> api.get("/v1/training-jobs/" + id).expect(200).json(),
                        answer -> answer.get("terminal").asBoolean());
        if (!job.get("status").asString().equals("succeeded")) {
            throw new IllegalStateException("Job %d did not succeed: %s".formatted(seed, job));
        }
    }

    private void print(int job) {
        System.out.printf(
                Locale.ROOT,
                "{\"jobs\":%d,\"resident_mib\":%.1f,\"heap_after_collection_mib\":%s,\"threads\":%d,\"seconds\":%.1f}%n",
                job,
                service.residentKib() / 1024.0,
                service.heapAfterCollectionMib().map(String::valueOf).orElse("null"),
                service.threads(),
                (System.nanoTime() - started) / 1e9);
    }
}
