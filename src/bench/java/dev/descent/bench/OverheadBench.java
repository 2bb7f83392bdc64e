package dev.descent.bench;

import static org.awaitility.Awaitility.await;

import dev.descent.testing.DescentClient;
import dev.descent.testing.TemporaryHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * The cost of training as a job, with history, events and checkpoints. Runs one job on the packaged service and the
 * same training with the trainer alone, both without validation, and prints a JSON line with the time per epoch: the
 * median for the trainer, and from the timestamps of the history for the job.
 *
 * <pre>
 * --rows 60000 --features 784 --hidden 512 --classes 10 --batch 100 --optimizer sgd --threads 2 --epochs 100
 * --heap 2g  of the service
 * </pre>
 */
public final class OverheadBench {

    /** Left out, because the JIT compiler is still at work during these. */
    private static final int FIRST_EPOCHS = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private OverheadBench() {}

    public static void main(String[] arguments) throws IOException {
        FastBlas.require();
        Map<String, String> defaults = new HashMap<>(Work.DEFAULTS);
        defaults.putAll(Map.of("hidden", "512", "epochs", "100", "heap", "2g"));
        Options options = new Options(defaults, arguments);
        Work work = Work.of(options);
        double job = secondsOfAJob(work, options.text("heap"));
        double trainer = secondsOfATrainer(work);
        System.out.printf(
                Locale.ROOT,
                "{\"network\":\"%s\",\"rows\":%d,\"epochs\":%d,\"job_seconds_an_epoch\":%.4f,\"trainer_seconds_an_epoch\":%.4f,\"overhead\":%.3f}%n",
                work.network(),
                work.rows(),
                work.epochs(),
                job,
                trainer,
                job / trainer - 1);
    }

    private static double secondsOfATrainer(Work work) {
        List<Double> speeds = Training.speeds(work).stream().sorted().toList();
        return work.rows() / speeds.get(speeds.size() / 2);
    }

    private static double secondsOfAJob(Work work, String heap) throws IOException {
        Path jar = Path.of(System.getProperty("descent.jar"));
        try (ServiceProcess service = ServiceProcess.start(jar, heap, TemporaryHome.create())) {
            DescentClient api = service.api();
            String dataset =
                    api.post("/v1/datasets", "text/csv", csv(work)).expect(201).id();
            String id = api.post("/v1/training-jobs", request(work, dataset))
                    .expect(202)
                    .id();
            await().pollInterval(Duration.ofMillis(500))
                    .atMost(PATIENCE)
                    .until(() -> api.get("/v1/training-jobs/" + id)
                            .expect(200)
                            .json()
                            .get("terminal")
                            .asBoolean());
            JsonNode history = api.get("/v1/training-jobs/%s/metrics?max_points=10000".formatted(id))
                    .expect(200)
                    .json()
                    .get("data");
            Instant from = at(history, FIRST_EPOCHS);
            Instant to = at(history, work.epochs());
            return Duration.between(from, to).toNanos() / 1e9 / (work.epochs() - FIRST_EPOCHS);
        }
    }

    private static Instant at(JsonNode history, int epoch) {
        return Instant.parse(history.get(epoch - 1).get("at").asString());
    }

    private static byte[] csv(Work work) {
        SplittableRandom random = new SplittableRandom(Work.SEED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String header = IntStream.range(0, work.features())
                .mapToObj(column -> "x" + column)
                .collect(Collectors.joining(",", "", ",label\n"));
        bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        for (int row = 0; row < work.rows(); row++) {
            for (int column = 0; column < work.features(); column++) {
                bytes.write('0' + random.nextInt(10));
                bytes.write(',');
            }
            bytes.writeBytes("c%d\n".formatted(random.nextInt(work.classes())).getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static String request(Work work, String dataset) {
        String layers = work.hidden().stream()
                .map("{\"type\":\"dense\",\"units\":%d},{\"type\":\"relu\"}"::formatted)
                .collect(Collectors.joining(","));
        return """
                {"dataset": "%s", "target": "label", "threads": %d,
                 "split": {"train": 1, "validation": 0, "test": 0},
                 "network": {"layers": [%s]},
                 "optimizer": {"type": "%s", "learning_rate": %s},
                 "hyperparameters": {"epochs": %d, "batch_size": %d}}""".formatted(
                dataset, work.threads(), layers, work.optimizer(), work.learningRate(), work.epochs(), work.batch());
    }
}
