package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.format.Safetensors;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cancelling, deleting and listing, while one worker trains one job after another. */
@DescentTest
@ExtendWith(OutputCaptureExtension.class)
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
        JsonNode second = client.act(queued, "cancel").expect(200).json();
        assertThat(second.path("status").asString()).isEqualTo("cancelled");
        assertThat(second.path("started_at").isNull()).isTrue();
        client.act(running, "cancel").expect(200);
        client.act(running, "cancel").expect(200);
        JsonNode first = client.awaitEnd(running);

        assertThat(first.path("status").asString()).isEqualTo("cancelled");
        assertThat(first.path("stop_reason").asString()).isEqualTo("cancelled");
        assertThat(first.path("model").isNull()).isTrue();
        assertThat(first.at("/progress/epoch").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(client.history(running).size()).isPositive();
        client.act(running, "cancel").expect(200);
        client.delete(address(running)).expect(204);
        client.delete(address(queued)).expect(204);
        client.delete("/v1/datasets/" + dataset).expect(204);
    }

    @Test
    void theWeightsOfACancelledJobCanBeTakenAway() {
        String job = client.submit(endless());
        client.awaitEpoch(job, 3);
        client.post(address(job) + "/cancel").expect(200);
        JsonNode ended = client.awaitEnd(job);
        String checkpoint = client.get(address(job) + "/checkpoints")
                .expect(200)
                .json()
                .at("/data/0/id")
                .asString();

        DescentClient.Answer file = client.get(address(job) + "/checkpoints/" + checkpoint + "/weights")
                .expect(200);

        assertThat(file.headers().get("content-disposition")).contains(checkpoint + ".safetensors");
        try (Safetensors.Content content = Safetensors.read(file.bytes())) {
            assertThat(content.matrices().keySet())
                    .containsExactly("layer0.weight", "layer0.bias", "output.weight", "output.bias");
            assertThat(content.matrices().get("layer0.weight").rows()).isEqualTo(4);
            assertThat(content.matrices().get("output.weight").columns()).isEqualTo(3);
            assertThat(content.metadata())
                    .containsEntry("epoch", ended.at("/best/epoch").asString());
        }
        client.get(address(job) + "/checkpoints/ckpt_none/weights").expect(404);
        client.get(address("job_none") + "/checkpoints/" + checkpoint + "/weights")
                .expect(404);
    }

    /** It diverges long before its first checkpoint is due. */
    @Test
    void theWeightsOfADivergedJobCanBeTakenAway() {
        String job = client.submit(json(
                "{'dataset':'%s','target':'petal_length','network':{'layers':[]},'optimizer':{'type':'sgd','learning_rate':0.01},'hyperparameters':{'epochs':100000}}",
                dataset));
        client.awaitEpoch(job, 3);
        patch(job, "{'learning_rate':100}").expect(200);
        JsonNode ended = client.awaitEnd(job);

        assertThat(ended.path("stop_reason").asString()).isEqualTo("diverged");
        assertThat(ended.at("/error/message").asString()).contains("smaller learning rate than 100.0");
        JsonNode last =
                client.get(address(job) + "/checkpoints").expect(200).json().at("/data/0");
        assertThat(last.path("best_epoch")).isEqualTo(ended.at("/best/epoch"));
        assertThat(last.path("best_loss")).isEqualTo(ended.at("/best/validation_loss"));
        assertThat(last.path("metrics").isNull()).isTrue();
        byte[] file = client.get(
                        address(job) + "/checkpoints/" + last.path("id").asString() + "/weights")
                .expect(200)
                .bytes();
        try (Safetensors.Content content = Safetensors.read(file)) {
            assertThat(content.metadata())
                    .containsEntry("epoch", ended.at("/best/epoch").asString());
            assertThat(content.matrices().values())
                    .isNotEmpty()
                    .allSatisfy(weights ->
                            assertThat(Double.isFinite(weights.norm())).isTrue());
        }
    }

    @Test
    void aJobThatHasSucceededCanNotBeCancelled() {
        ObjectNode request = endless();
        ((ObjectNode) request.path("hyperparameters")).put("epochs", 1);
        String job = client.train(request).path("id").asString();

        DescentClient.Answer refused = client.act(job, "cancel").expect(409);

        assertThat(refused.json().path("detail").asString()).contains("is succeeded");
    }

    @Test
    void aPausedJobGoesOnWhereItStoppedAndEndsAsOneThatWasNotDisturbed() {
        ObjectNode request = endless();
        ((ObjectNode) request.path("hyperparameters")).put("epochs", 6_000).put("seed", 3);
        String job = client.submit(request);
        client.awaitEpoch(job, 100);

        client.act(job, "pause").expect(200);
        client.act(job, "pause").expect(200);
        JsonNode paused = client.awaitStatus(job, "paused");
        client.delete("/v1/datasets/" + dataset).expect(409);
        assertThat(paused.at("/progress/epoch").asInt()).isBetween(100, 5_999);
        assertThat(client.get(address(job) + "/checkpoints").expect(200).json().at("/data/0/step"))
                .isEqualTo(paused.at("/progress/step"));
        client.act(job, "resume").expect(200);
        client.act(job, "resume").expect(200);
        JsonNode interrupted = client.awaitEnd(job);
        JsonNode undisturbed = client.train(request);

        assertThat(DescentClient.statuses(interrupted))
                .containsExactly("queued", "running", "pausing", "paused", "queued", "running", "succeeded");
        assertThat(interrupted.path("weights_sha256")).isEqualTo(undisturbed.path("weights_sha256"));
        assertThat(client.act(job, "pause").expect(409).json().path("detail").asString())
                .contains("only a job that is queued or running can be paused");
        client.act(job, "resume").expect(409);
    }

    @Test
    void aQueuedJobPausesAndIsCancelledAtOnce() {
        String running = client.submit(endless());
        String queued = client.submit(endless());
        assertThat(client.get(address(queued))
                        .expect(200)
                        .json()
                        .path("queue_position")
                        .asInt())
                .isEqualTo(1);

        JsonNode paused = client.act(queued, "pause").expect(200).json();
        assertThat(paused.path("status").asString()).isEqualTo("paused");
        assertThat(paused.path("queue_position").isNull()).isTrue();
        JsonNode cancelled = client.act(queued, "cancel").expect(200).json();
        assertThat(cancelled.path("status").asString()).isEqualTo("cancelled");
        client.act(running, "cancel").expect(200);
        client.awaitEnd(running);
    }

    @Test
    void aLiveJobIsChangedAndSaysWhen(CapturedOutput log) {
        String job = client.submit(endless());
        JsonNode running = client.awaitEpoch(job, 5);
        int target = running.at("/progress/epoch").asInt() + 3_000;

        JsonNode changed = patch(job, "{'learning_rate':0.0004,'epochs':%d}".formatted(target))
                .expect(200)
                .json();
        JsonNode ended = client.awaitEnd(job);

        assertThat(changed.at("/specification/optimizer/learning_rate").asDouble())
                .isEqualTo(0.0004);
        assertThat(changed.at("/progress/epochs").asInt()).isEqualTo(target);
        assertThat(ended.path("status").asString()).isEqualTo("succeeded");
        assertThat(ended.at("/progress/epoch").asInt()).isEqualTo(target);
        JsonNode events =
                client.get(address(job) + "/events").expect(200).json().path("data");
        assertThat(events.valueStream().map(event -> event.path("type").asString()))
                .containsExactly("status", "change", "status", "status");
        assertThat(events.at("/1/data/changed/learning_rate").asDouble()).isEqualTo(0.0004);
        assertThat(events.at("/1/data/step").asInt()).isPositive();
        assertThat(pages(address(job) + "/events", "id", 1)).isEqualTo(fields(events, "id"));
        assertThat(pages(address(job) + "/events", "id", 3)).isEqualTo(fields(events, "id"));
        assertThat(pages(address(job) + "/checkpoints", "id", 1))
                .isEqualTo(fields(
                        client.get(address(job) + "/checkpoints")
                                .expect(200)
                                .json()
                                .path("data"),
                        "id"));
        for (String list : List.of("/events", "/checkpoints")) {
            client.get(address(job) + list + "?limit=0").expectFault(422, "?limit", "1 to 100");
            client.get(address(job) + list + "?after=evt_none").expectFault(422, "?after", "evt_none", "from the list");
        }
        JsonNode history = client.history(job);
        assertThat(history.path(history.size() - 1).path("learning_rate").asDouble())
                .isEqualTo(0.0004);
        patch(job, "{'epochs':7}").expect(409);
        assertThat(log)
                .contains("Job %s changes: learning rate 4.0E-4, epochs %d".formatted(job, target))
                .doesNotContainPattern("\\w\\[\\w+=");
    }

    @Test
    void aChangeThatDoesNotFitIsRefused() {
        String job = client.submit(endless());
        client.awaitEpoch(job, 5);

        patch(job, "{}").expect(422);
        patch(job, "{'learning_rate':-1,'batch_size':3}").expectFault(422, "#/learning_rate", "-1");
        patch(job, "{'epochs':2}").expectFault(422, "#/epochs", "2", "are done");
        patch(job, "{'early_stopping':{'patience':3}}")
                .expectFault(422, "#/early_stopping/patience", "no early stopping");
        assertThat(client.get(address(job) + "/events")
                        .expect(200)
                        .json()
                        .path("data")
                        .size())
                .isEqualTo(2);
        client.act(job, "cancel").expect(200);
        client.awaitEnd(job);
    }

    @Test
    void whoKnowsTheJobIsNotToldAgainAndWhoWaitsIsToldAtOnce() {
        String job = client.submit(endless());
        client.awaitEpoch(job, 3);
        client.act(job, "pause").expect(200);
        client.awaitStatus(job, "paused");
        DescentClient.Answer first = client.get(address(job)).expect(200);
        String tag = first.headers().get("etag");

        assertThat(client.get(address(job), "If-None-Match", tag).expect(304).bytes())
                .isEmpty();
        client.get(address(job), "If-None-Match", tag, "Prefer", "wait=1").expect(304);
        client.get(address(job), "If-None-Match", "W/\"0\"", "Prefer", "wait=60")
                .expect(200);
        CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(
                () -> client.get(address(job), "If-None-Match", tag, "Prefer", "respond-async, wait=60")
                        .expect(200)
                        .json());
        client.act(job, "cancel").expect(200);

        assertThat(waiting.join().path("status").asString()).isEqualTo("cancelled");
        assertThat(client.get(address(job), "Prefer", "wait=60").expect(200).headers())
                .doesNotContainKey("retry-after");
    }

    private DescentClient.Answer patch(String job, String change) {
        return client.patch(address(job), json(change).toString());
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
        for (String name : List.of("page-b", "page-c", "page-a")) {
            ObjectNode request = endless().put("model", name);
            ((ObjectNode) request.path("hyperparameters")).put("epochs", 1);
            client.train(request);
        }

        List<String> models = pages("/v1/models", "id", 2);

        assertThat(models).doesNotHaveDuplicates();
        assertThat(models.stream().limit(3).map(id -> nameOf(id, all("/v1/models"))))
                .containsExactly("page-a", "page-c", "page-b");
        client.get("/v1/models?after=page-a").expect(200);
        client.get("/v1/models?after=page-d").expectFault(422, "?after", "page-d", "from the list");
    }

    private JsonNode all(String path) {
        return client.get(path + "?limit=100").expect(200).json().path("data");
    }

    private static String nameOf(String id, JsonNode entries) {
        return entries.valueStream()
                .filter(entry -> entry.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow()
                .path("name")
                .asString();
    }

    /** A field of all entries of a list, read page by page. */
    private List<String> pages(String path, String field, int limit) {
        List<String> all = new ArrayList<>();
        JsonNode page = client.get(path + "?limit=" + limit).expect(200).json();
        all.addAll(fields(page.path("data"), field));
        while (page.path("has_more").asBoolean()) {
            assertThat(page.path("data")).hasSize(limit);
            page = client.get("%s?limit=%d&after=%s".formatted(path, limit, all.get(all.size() - 1)))
                    .expect(200)
                    .json();
            assertThat(page.path("data")).isNotEmpty();
            all.addAll(fields(page.path("data"), field));
        }
        return all;
    }

    private static List<String> fields(JsonNode entries, String field) {
        return entries.valueStream().map(entry -> entry.path(field).asString()).toList();
    }

    private static List<String> ids(JsonNode listing) {
        return fields(listing.path("data"), "id");
    }
}
