package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cancelling, deleting, listing, while one worker trains one job after the other. */
@DescentTest
class JobLifeTest {

    @LocalServerPort
    private int port;

    private DescentClient client;
    private String dataset = "";

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
        dataset = client.uploadFile("src/test/resources/data/iris.csv");
    }

    private ObjectNode endless() {
        return json("{'dataset':'%s','target':'species','hyperparameters':{'epochs':100000}}", dataset);
    }

    private static String address(String job) {
        return "/v1/training-jobs/" + job;
    }

    @Test
    void aRunningJobAndAQueuedOneAreCancelled() {
        String running = client.submit(endless());
        client.awaitEpoch(running, 3);
        String queued = client.submit(endless());

        client.delete(address(running)).expect(409);
        client.delete("/v1/datasets/" + dataset).expect(409);
        JsonNode second = client.send("POST", address(queued) + "/cancel", null, null)
                .expect(200)
                .json();
        assertThat(second.path("status").asString()).isEqualTo("cancelled");
        assertThat(second.path("started_at").isNull()).isTrue();
        client.send("POST", address(running) + "/cancel", null, null).expect(200);
        client.send("POST", address(running) + "/cancel", null, null).expect(200);
        JsonNode first = client.awaitEnd(running);

        assertThat(first.path("status").asString()).isEqualTo("cancelled");
        assertThat(first.path("stop_reason").asString()).isEqualTo("cancelled");
        assertThat(first.path("model").isNull()).isTrue();
        assertThat(first.at("/progress/epoch").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(client.get(address(running) + "/metrics")
                        .expect(200)
                        .json()
                        .path("data")
                        .size())
                .isPositive();
        client.send("POST", address(running) + "/cancel", null, null).expect(200);
        client.delete(address(running)).expect(204);
        client.delete(address(queued)).expect(204);
        client.delete("/v1/datasets/" + dataset).expect(204);
    }

    @Test
    void aJobThatHasSucceededCanNotBeCancelled() {
        ObjectNode request = endless();
        ((ObjectNode) request.path("hyperparameters")).put("epochs", 1);
        String job = client.train(request).path("id").asString();

        DescentClient.Answer refused =
                client.send("POST", address(job) + "/cancel", null, null).expect(409);

        assertThat(refused.json().path("detail").asString()).contains("succeeded already");
    }

    @Test
    void jobsAreListedNewestFirstPageByPageAndFiltered() {
        List<String> ids = new ArrayList<>();
        for (String team : List.of("a", "b", "a")) {
            ObjectNode request = endless();
            ((ObjectNode) request.path("hyperparameters")).put("epochs", 1);
            request.putObject("metadata").put("team", team).put("test", "listing " + dataset);
            ids.add(0, client.train(request).path("id").asString());
        }
        String mine = "metadata%5Btest%5D=listing%20" + dataset;

        JsonNode first =
                client.get("/v1/training-jobs?limit=2&" + mine).expect(200).json();
        JsonNode second = client.get("/v1/training-jobs?limit=2&after=%s&%s".formatted(ids.get(1), mine))
                .expect(200)
                .json();
        JsonNode ofTeam = client.get("/v1/training-jobs?metadata%5Bteam%5D=a&" + mine)
                .expect(200)
                .json();
        JsonNode failed = client.get("/v1/training-jobs?status=failed&" + mine)
                .expect(200)
                .json();
        JsonNode succeeded = client.get("/v1/training-jobs?status=succeeded&" + mine)
                .expect(200)
                .json();

        assertThat(ids(first)).isEqualTo(ids.subList(0, 2));
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(ids(second)).isEqualTo(ids.subList(2, 3));
        assertThat(second.path("has_more").asBoolean()).isFalse();
        assertThat(ids(ofTeam)).containsExactly(ids.get(0), ids.get(2));
        assertThat(ids(failed)).isEmpty();
        assertThat(ids(succeeded)).isEqualTo(ids);
    }

    @Test
    void datasetsAndModelsAreListedPageByPage() {
        JsonNode datasets =
                client.get("/v1/datasets?limit=1&name=iris").expect(200).json();
        assertThat(ids(datasets)).containsExactly(dataset);
        for (String name : List.of("page-a", "page-b")) {
            ObjectNode request = endless().put("model", name);
            ((ObjectNode) request.path("hyperparameters")).put("epochs", 1);
            client.train(request);
        }

        JsonNode models =
                client.get("/v1/models?limit=1&after=page-").expect(200).json();

        assertThat(models.at("/data/0/name").asString()).isEqualTo("page-a");
        assertThat(models.path("has_more").asBoolean()).isTrue();
        assertThat(client.get("/v1/models?limit=1&after=page-a")
                        .expect(200)
                        .json()
                        .at("/data/0/name")
                        .asString())
                .isEqualTo("page-b");
    }

    private static List<String> ids(JsonNode listing) {
        return listing.path("data")
                .valueStream()
                .map(entry -> entry.path("id").asString())
                .toList();
    }
}
