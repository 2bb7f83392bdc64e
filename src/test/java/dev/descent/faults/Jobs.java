package dev.descent.faults;

import static org.awaitility.Awaitility.await;

import dev.descent.testing.DescentClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Jobs of the suite, through the API of whichever process is alive. */
final class Jobs {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Columns of the loss history that say what was computed, and not when or how fast. */
    private static final List<String> COMPUTED = List.of(
            "epoch", "step", "train_loss", "validation_loss", "train_accuracy", "learning_rate", "gradient_norm");

    private final Supplier<DescentClient> api;

    Jobs(Supplier<DescentClient> api) {
        this.api = api;
    }

    String uploadIris() {
        try {
            return upload(Files.readAllBytes(Path.of("src/test/resources/data/iris.csv")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String upload(byte[] csv) {
        return api.get().post("/v1/datasets", "text/csv", csv).expect(201).id();
    }

    /** Of iris, one thread, the same weights every time. */
    String submit(String dataset, int epochs) {
        return submit(request(dataset, epochs));
    }

    static String request(String dataset, int epochs) {
        return """
                {"dataset": "%s", "target": "species", "threads": 1, "hyperparameters": {"epochs": %d, "seed": 7}}""".formatted(dataset, epochs);
    }

    String submit(String request) {
        return api.get().post("/v1/training-jobs", request).expect(202).id();
    }

    JsonNode get(String id) {
        return api.get().get("/v1/training-jobs/" + id).expect(200).json();
    }

    JsonNode awaitEnd(String id) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(50))
                .until(() -> get(id), job -> job.get("terminal").asBoolean());
    }

    JsonNode awaitEpoch(String id, int epoch) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> get(id),
                        job -> job.at("/progress/epoch").asInt() >= epoch
                                || job.get("terminal").asBoolean());
    }

    JsonNode awaitStatus(String id, String status) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(id), job -> job.get("status").asString().equals(status));
    }

    JsonNode awaitAttempt(String id, int attempt) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> get(id),
                        job -> job.get("attempt").asInt() >= attempt
                                || job.get("terminal").asBoolean());
    }

    long checkpointBytes(String id) {
        return api.get()
                .get("/v1/training-jobs/%s/checkpoints".formatted(id))
                .expect(200)
                .json()
                .at("/data/0/bytes")
                .asLong();
    }

    static List<String> statuses(JsonNode job) {
        return job.get("status_transitions")
                .valueStream()
                .map(transition -> transition.get("status").asString())
                .toList();
    }

    /** The weights' checksum and the whole loss history, but for times and speeds. */
    Map<String, Object> outcome(JsonNode job) {
        String csv = api.get()
                .getCsv("/v1/training-jobs/%s/metrics".formatted(job.get("id").asString()));
        List<List<String>> rows =
                csv.lines().map(line -> List.of(line.split(",", -1))).toList();
        List<Integer> indices = COMPUTED.stream().map(rows.get(0)::indexOf).toList();
        List<List<String>> history = rows.stream()
                .skip(1)
                .map(cells -> indices.stream().map(cells::get).toList())
                .toList();
        return Map.of(
                "status", job.get("status").asString(),
                "weights_sha256", String.valueOf(job.get("weights_sha256").asString("")),
                "history", history);
    }
}
