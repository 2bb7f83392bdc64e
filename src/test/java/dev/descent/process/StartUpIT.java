package dev.descent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.process.DescentProcess.Setup;
import dev.descent.testing.DescentClient;
import dev.descent.testing.PostgresServer;
import dev.descent.testing.TemporaryHome;
import dev.descent.testing.TestToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The jar that needs nothing beside it. The build has chosen the beans of the packaged service; settings nevertheless
 * take effect at startup.
 */
class StartUpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String PREPARED = "Starting AOT-processed DescentApplication";

    private final Path home = TemporaryHome.create();

    @Test
    void aProfileIsChosenAtTheStart() {
        try (DescentProcess demo =
                DescentProcess.startJar(Setup.of(home).with("spring.profiles.active=demo", "descent.demo.epochs=20"))) {
            await().atMost(PATIENCE).until(() -> demo.log().contains("Serving on"));
            assertThat(demo.log()).contains(PREPARED).contains("20/20 epochs", "Test accuracy: 9");
            assertThat(demo.api().uploadFile("src/test/resources/data/iris.csv"))
                    .startsWith("ds_");
        }
    }

    @Test
    void databaseAndRoleAreChosenAtTheStart() {
        List<String> database = new ArrayList<>();
        PostgresServer.configure((name, value) -> database.add(name + "=" + value.get()));
        Setup shared = Setup.of(home).with(database.toArray(String[]::new));
        try (DescentProcess answering = DescentProcess.launchJar(shared.with("descent.role=api"));
                DescentProcess training = DescentProcess.launchJar(shared.with("descent.role=worker"))) {
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
        try (DescentProcess descent = DescentProcess.startJar(
                Setup.of(home).with("management.endpoints.web.exposure.include=health,metrics"))) {
            assertThat(descent.api().statusOf("/actuator/metrics")).isEqualTo(200);
            assertThat(descent.log())
                    .contains("management.endpoints.web.exposure.include may choose other beans")
                    .doesNotContain(PREPARED);
        }
    }

    /** As docs/security.md says. */
    @Test
    void connectionsAreEncryptedWithACertificateInFiles() throws Exception {
        SelfSigned certificate = SelfSigned.create(home);
        try (DescentProcess descent = DescentProcess.startJar(Setup.of(home)
                .with(
                        "server.ssl.bundle=web",
                        "spring.ssl.bundle.pem.web.keystore.certificate=" + certificate.certificate(),
                        "spring.ssl.bundle.pem.web.keystore.private-key=" + certificate.privateKey()))) {
            assertThat(descent.log()).contains(PREPARED);
            URI address = URI.create("https://127.0.0.1:%d/v1/session".formatted(descent.port()));
            HttpClient client =
                    HttpClient.newBuilder().sslContext(certificate.trusted()).build();
            HttpResponse<String> session = client.send(
                    HttpRequest.newBuilder(address)
                            .header("Authorization", TestToken.header(TestToken.VALUE))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(session.statusCode()).isEqualTo(201);
            assertThat(session.headers().allValues("set-cookie"))
                    .hasSize(2)
                    .allMatch(cookie -> cookie.contains("; Secure"));
            assertThat(session.headers().firstValue("strict-transport-security"))
                    .isPresent();
            HttpResponse<String> clear = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(
                                            "http" + address.toString().substring(5)))
                                    .version(HttpClient.Version.HTTP_1_1)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(clear.statusCode()).as("without TLS").isEqualTo(400);
        }
    }
}
