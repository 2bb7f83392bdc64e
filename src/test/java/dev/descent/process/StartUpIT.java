package dev.descent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.process.DescentProcess.Setup;
import dev.descent.testing.DescentClient;
import dev.descent.testing.PostgresServer;
import dev.descent.testing.TemporaryHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The build has chosen the beans of the packaged service; settings nevertheless take effect at startup. */
class StartUpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String PREPARED = "Starting AOT-processed DescentApplication";

    private final Path home = TemporaryHome.create();

    @Test
    void aProfileIsChosenAtTheStart() {
        try (DescentProcess demo =
                DescentProcess.start(Setup.of(home).with("spring.profiles.active=demo", "descent.demo.epochs=20"))) {
            await().atMost(PATIENCE).until(() -> demo.log().contains("Serving on"));
            assertThat(demo.log()).contains(PREPARED).contains("20/20 epochs", "Test accuracy: 9");
        }
    }

    @Test
    void databaseAndRoleAreChosenAtTheStart() {
        List<String> database = new ArrayList<>();
        PostgresServer.configure((name, value) -> database.add(name + "=" + value.get()));
        Setup shared = Setup.of(home).with(database.toArray(String[]::new));
        try (DescentProcess answering = DescentProcess.launch(shared.with("descent.role=api"));
                DescentProcess training = DescentProcess.launch(shared.with("descent.role=worker"))) {
            answering.awaitStarted();
            training.awaitStarted();
            assertThat(List.of(answering.log(), training.log())).allMatch(log -> log.contains(PREPARED));

            DescentClient api = answering.api();
            String dataset = api.uploadText("signs", "x,y\n" + "1,a\n-1,b\n".repeat(50));
            String request = "{\"dataset\": \"%s\", \"target\": \"y\", \"hyperparameters\": {\"epochs\": 5}}";
            String id = api.submit(request.formatted(dataset));
            JsonNode job = api.awaitEnd(id);
            assertThat(job.get("status").asString()).isEqualTo("succeeded");
            assertThat(training.log()).contains("Job " + id);
            assertThat(training.api().get("/v1/datasets").status()).isEqualTo(503);
        }
    }

    @Test
    void aSettingThatWantsOtherBeansGetsThem() {
        try (DescentProcess descent =
                DescentProcess.start(Setup.of(home).with("management.endpoints.web.exposure.include=health,metrics"))) {
            assertThat(descent.api().statusOf("/actuator/metrics")).isEqualTo(200);
            assertThat(descent.log())
                    .contains("management.endpoints.web.exposure.include may choose other beans")
                    .doesNotContain(PREPARED);
        }
    }
}
