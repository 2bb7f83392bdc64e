package dev.descent.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.TemporaryHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was acknowledged is kept, and what was started is finished, however the process ends. */
class ProcessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Long enough to be interrupted in the middle on any machine. */
    private static final int EPOCHS = 12_000;

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
                dataset = api.uploadText("signs", csv);
                if (round % 2 == 0) {
                    descent.kill();
                } else {
                    jobs.put(api.submit(request(dataset, "größe", 20)), dataset);
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
                JsonNode job = api.awaitEnd(id);
                assertThat(job.get("status").asString()).isEqualTo("succeeded");
                assertThat(job.get("dataset").asString()).isEqualTo(dataset);
            });
        }
    }

    @Test
    void anInterruptedJobEndsAsIfNothingHadHappened() {
        String id;
        String released;
        try (DescentProcess descent = DescentProcess.start(home)) {
            DescentClient api = descent.api();
            String dataset = api.uploadFile("src/test/resources/data/iris.csv");
            id = api.submit(request(dataset, "species", EPOCHS));
            api.awaitEpoch(id, EPOCHS / 4);
        } // Killed here.

        try (DescentProcess descent = DescentProcess.start(home)) {
            DescentClient api = descent.api();
            JsonNode job = api.awaitEpoch(id, EPOCHS / 2);
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
            JsonNode interrupted = api.awaitEnd(id);
            JsonNode undisturbed =
                    api.awaitEnd(api.submit(request(interrupted.get("dataset").asString(), "species", EPOCHS)));

            assertThat(interrupted.get("status").asString()).isEqualTo("succeeded");
            assertThat(interrupted.get("attempt").asInt()).isEqualTo(3);
            assertThat(undisturbed.get("attempt").asInt()).isEqualTo(1);
            assertThat(DescentClient.statuses(interrupted))
                    .containsExactly("queued", "running", "queued", "running", "queued", "running", "succeeded");
            assertThat(interrupted.get("weights_sha256")).isEqualTo(undisturbed.get("weights_sha256"));
            assertThat(api.computed(id))
                    .hasSize(EPOCHS)
                    .isEqualTo(api.computed(undisturbed.get("id").asString()));
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

    private static String request(String dataset, String target, int epochs) {
        return "{\"dataset\": \"%s\", \"target\": \"%s\", \"hyperparameters\": {\"epochs\": %d, \"seed\": 7}}"
                .formatted(dataset, target, epochs);
    }
}
