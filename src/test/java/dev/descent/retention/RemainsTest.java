package dev.descent.retention;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.DescentApplication;
import dev.descent.testing.DescentClient;
import dev.descent.testing.StartsTheService;
import dev.descent.testing.TemporaryHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** After an orderly stop, nothing of what was deleted is on disk. */
@StartsTheService
class RemainsTest {

    private static final String CANARY = "Kanarienvogel7315920486abcdefghijklmnopq";

    private final Path home = TemporaryHome.create();

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(DescentApplication.class).run("--server.port=0", "--descent.home=" + home);
    }

    private static DescentClient client(ConfigurableApplicationContext service) {
        return new DescentClient(Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port")));
    }

    private List<Path> filesWithTheCanary() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> text(file).contains(CANARY))
                    .toList();
        }
    }

    /** A character for each byte. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void nothingOfWhatWasDeletedIsLeftOnDisk() throws IOException {
        String kept;
        long before;
        String dataset;
        String job;
        try (ConfigurableApplicationContext service = start()) {
            DescentClient client = client(service);
            kept = client.uploadFile("src/test/resources/data/iris.csv");
            String csv = "x,kind\n" + ("1,a\n2,b\n3," + CANARY + "\n").repeat(20);
            dataset = client.send(
                            "POST",
                            "/v1/datasets?name=" + CANARY,
                            "text/csv",
                            csv.getBytes(StandardCharsets.UTF_8),
                            "Idempotency-Key",
                            "of-the-remains")
                    .expect(201)
                    .id();
            job = client.post(
                            "/v1/training-jobs",
                            json(
                                    "{'dataset':'%s','name':'%s','target':'kind','model':'%s','metadata':{'of':'%s'},'hyperparameters':{'epochs':2},'network':{'layers':[{'type':'dense','units':1500},{'type':'relu'},{'type':'dense','units':1500}]}}",
                                    dataset, CANARY, CANARY, CANARY),
                            "Idempotency-Key",
                            "of-the-remains")
                    .expect(202)
                    .id();
            JsonNode ended = client.awaitEnd(job);
            assertThat(ended.path("status").asString()).as(ended::toString).isEqualTo("succeeded");
            client.post("/v1/models/%s/predict".formatted(CANARY), "{\"rows\":[{\"x\":3}]}")
                    .expect(200);
        }
        assertThat(filesWithTheCanary()).as("the test would notice").hasSize(2);
        before = Files.size(home.resolve("descent.mv.db"));

        try (ConfigurableApplicationContext service = start()) {
            DescentClient client = client(service);
            client.delete("/v1/models/" + CANARY).expect(204);
            client.delete("/v1/training-jobs/" + job).expect(204);
            client.delete("/v1/datasets/" + dataset).expect(204);
        }
        assertThat(filesWithTheCanary()).isEmpty();
        assertThat(Files.size(home.resolve("descent.mv.db"))).isLessThan(before / 5);
        assertThat(home.resolve("descent.leftovers")).doesNotExist();

        try (ConfigurableApplicationContext service = start()) {
            client(service).get("/v1/datasets/" + kept).expect(200);
        }
    }
}
