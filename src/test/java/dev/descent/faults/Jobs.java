package dev.descent.faults;

import static org.awaitility.Awaitility.await;

import dev.descent.testing.DescentClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Submits and observes jobs of the suite, through the API of whichever process is alive. */
final class Jobs {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Supplier<DescentClient> api;

    Jobs(Supplier<DescentClient> api) {
        this.api = api;
    }

    String uploadIris() {
        return api.get().uploadFile("src/test/resources/data/iris.csv");
    }

    String upload(byte[] csv) {
        return api.get().post("/v1/datasets", "text/csv", csv).expect(201).id();
    }

    /** On iris with one thread, so that the weights are always the same. */
    String submit(String dataset, int epochs) {
        return submit(request(dataset, epochs));
    }

    static String request(String dataset, int epochs) {
        return """
                {"dataset": "%s", "target": "species", "threads": 1, "hyperparameters": {"epochs": %d, "seed": 7}}""".formatted(dataset, epochs);
    }

    String submit(String request) {
        return api.get().submit(request);
    }

    JsonNode get(String id) {
        return api.get().job(id);
    }

    JsonNode awaitEnd(String id) {
        return awaitJob(id, job -> false);
    }

    JsonNode awaitEpoch(String id, int epoch) {
        return awaitJob(id, job -> job.at("/progress/epoch").asInt() >= epoch);
    }

    JsonNode awaitStatus(String id, String status) {
        return awaitJob(id, job -> job.get("status").asString().equals(status));
    }

    JsonNode awaitAttempt(String id, int attempt) {
        return awaitJob(id, job -> job.get("attempt").asInt() >= attempt);
    }

    /**
     * Waits until the condition holds or the job has ended, ignoring responses that report an unavailable database or
     * process.
     */
    private JsonNode awaitJob(String id, Predicate<JsonNode> condition) {
        return await().atMost(PATIENCE)
                .ignoreException(UncheckedIOException.class)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> api.get().get("/v1/training-jobs/" + id),
                        answer -> answer.status() == 200
                                && (answer.json().get("terminal").asBoolean() || condition.test(answer.json())))
                .json();
    }

    long checkpointBytes(String id) {
        return api.get()
                .get("/v1/training-jobs/%s/checkpoints".formatted(id))
                .expect(200)
                .json()
                .at("/data/0/bytes")
                .asLong();
    }

    /** The checksum of the weights and the whole loss history, without times and speeds. */
    Map<String, Object> outcome(JsonNode job) {
        return Map.of(
                "status", job.get("status").asString(),
                "weights_sha256", String.valueOf(job.get("weights_sha256").asString("")),
                "history", api.get().computed(job.get("id").asString()));
    }
}
