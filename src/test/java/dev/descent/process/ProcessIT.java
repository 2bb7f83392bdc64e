package dev.descent.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.testing.DescentClient;
import dev.descent.testing.TemporaryHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was acknowledged is kept and what was begun is finished, however the process ends. */
class ProcessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Long enough to be interrupted in the middle, on any machine. */
    private static final int EPOCHS = 12_000;
    /** Columns of the loss history that say what was computed, and not when or how fast. */
    private static final List<String> COMPUTED =
            List.of("epoch", "step", "train_loss", "validation_loss", "train_accuracy", "gradient_norm");

    private final Path home = TemporaryHome.create();

    @Test
    void whatWasAcknowledgedSurvivesAKillAtTheNextMoment() {
        Map<String, String> datasets = new LinkedHashMap<>();
        Map<String, String> jobs = new LinkedHashMap<>();
        for (int round = 1; round <= 3; round++) {
            String csv =
                    "x,größe\n" + "%d,\"a\"\n-%d,b\n".formatted(round, round).repeat(50);
            String dataset;
            try (DescentProcess descent = DescentProcess.start(home)) {
                DescentClient api = descent.api();
                dataset = upload(api, csv.getBytes(UTF_8));
                if (round % 2 == 0) {
                    descent.kill();
                } else {
                    jobs.put(submit(api, dataset, "größe", 20), dataset);
                    descent.kill();
                }
            }
            datasets.put(dataset, csv);
        }

        try (DescentProcess descent = DescentProcess.start(home)) {
            DescentClient api = descent.api();
            datasets.forEach((id, csv) -> assertThat(
                            api.get("/v1/datasets/" + id + "/content").bytes())
                    .isEqualTo(csv.getBytes(UTF_8)));
            assertThat(jobs).hasSize(2);
            jobs.forEach((id, dataset) -> {
                JsonNode job = awaitEnd(api, id);
                assertThat(job.get("status").asString()).isEqualTo("succeeded");
                assertThat(job.get("dataset").asString()).isEqualTo(dataset);
            });
        }
    }

    @Test
    void anInterruptedJobEndsAsIfNothingHadHappened() throws IOException {
        String id;
        String released;
        try (DescentProcess descent = DescentProcess.start(home)) {
            DescentClient api = descent.api();
            String dataset = upload(api, Files.readAllBytes(Path.of("src/test/resources/data/iris.csv")));
            id = submit(api, dataset, "species", EPOCHS);
            awaitEpoch(api, id, EPOCHS / 4);
        } // Killed here.

        try (DescentProcess descent = DescentProcess.start(home)) {
            DescentClient api = descent.api();
            awaitEpoch(api, id, EPOCHS / 2);
            JsonNode job = job(api, id);
            assertThat(job.get("status").asString()).isEqualTo("running");
            assertThat(job.get("attempt").asInt()).isEqualTo(2);
            assertThat(descent.log()).contains("goes on after epoch");
            descent.terminate();
            descent.exitCode(Duration.ofSeconds(25));
            released = descent.log();
        }
        assertThat(released).contains("Job %s goes back into the queue".formatted(id));

        try (DescentProcess descent = DescentProcess.start(home)) {
            DescentClient api = descent.api();
            JsonNode interrupted = awaitEnd(api, id);
            JsonNode undisturbed =
                    awaitEnd(api, submit(api, interrupted.get("dataset").asString(), "species", EPOCHS));

            assertThat(interrupted.get("status").asString()).isEqualTo("succeeded");
            assertThat(interrupted.get("attempt").asInt()).isEqualTo(3);
            assertThat(undisturbed.get("attempt").asInt()).isEqualTo(1);
            assertThat(statuses(interrupted))
                    .containsExactly("queued", "running", "queued", "running", "queued", "running", "succeeded");
            assertThat(interrupted.get("weights_sha256")).isEqualTo(undisturbed.get("weights_sha256"));
            assertThat(history(api, interrupted)).hasSize(EPOCHS).isEqualTo(history(api, undisturbed));
            assertThat(api.get("/v1/training-jobs?status=running")
                            .expect(200)
                            .json()
                            .get("data"))
                    .isEmpty();
        }
    }

    @Test
    void aSecondProcessOnTheSameDataIsRefusedInASentence() {
        try (DescentProcess first = DescentProcess.start(home);
                DescentProcess second = DescentProcess.launch(home)) {
            assertThat(second.exitCode(PATIENCE)).isNotZero();
            assertThat(second.log())
                    .contains("The data directory %s is in use by another process of Descent.".formatted(home))
                    .doesNotContain("\tat ", " WARN ");
            assertThat(first.api().get("/actuator/health").status()).isEqualTo(200);
        }
    }

    private static String upload(DescentClient api, byte[] csv) {
        return api.post("/v1/datasets", "text/csv", csv).expect(201).id();
    }

    private static String submit(DescentClient api, String dataset, String target, int epochs) {
        String request =
                "{\"dataset\": \"%s\", \"target\": \"%s\", \"hyperparameters\": {\"epochs\": %d, \"seed\": 7}}";
        return api.post("/v1/training-jobs", request.formatted(dataset, target, epochs))
                .expect(202)
                .id();
    }

    private static JsonNode job(DescentClient api, String id) {
        return api.get("/v1/training-jobs/" + id).expect(200).json();
    }

    private static void awaitEpoch(DescentClient api, String id, int epoch) {
        await().atMost(PATIENCE)
                .until(() -> job(api, id).get("progress").get("epoch").asInt() >= epoch);
    }

    private static JsonNode awaitEnd(DescentClient api, String id) {
        return await().atMost(PATIENCE)
                .until(() -> job(api, id), job -> job.get("terminal").asBoolean());
    }

    private static List<String> statuses(JsonNode job) {
        return job.get("status_transitions")
                .valueStream()
                .map(transition -> transition.get("status").asString())
                .toList();
    }

    private static List<List<String>> history(DescentClient api, JsonNode job) {
        String csv = api.getCsv(
                "/v1/training-jobs/%s/metrics".formatted(job.get("id").asString()));
        List<List<String>> rows =
                csv.lines().map(line -> List.of(line.split(",", -1))).toList();
        List<Integer> indices = COMPUTED.stream().map(rows.get(0)::indexOf).toList();
        return rows.stream()
                .skip(1)
                .map(cells -> indices.stream().map(cells::get).toList())
                .toList();
    }
}
