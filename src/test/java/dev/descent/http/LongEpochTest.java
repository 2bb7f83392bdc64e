package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Jobs whose epochs take long, as clients see them. */
@DescentTest
class LongEpochTest {

    @LocalServerPort
    private int port;

    private DescentClient client;
    private ObjectNode request;

    @BeforeEach
    void prepare() {
        client = new DescentClient(port);
        String dataset = client.post("/v1/datasets:sample", json("{'name':'friedman','rows':200000}"))
                .expect(201)
                .id();
        request = json(
                "{'dataset':'%s','target':'y','hyperparameters':{'epochs':2,'batch_size':1,'seed':1},'network':{'layers':[{'type':'dense','units':256},{'type':'relu'},{'type':'dense','units':256},{'type':'relu'}]}}",
                dataset);
    }

    private JsonNode awaitJob(String id, Predicate<JsonNode> condition) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> client.job(id),
                        job -> condition.test(job) || job.path("terminal").asBoolean());
    }

    private static double fraction(JsonNode job) {
        return job.at("/progress/fraction").asDouble();
    }

    private static long step(JsonNode job) {
        return job.at("/progress/step").asLong();
    }

    @Test
    void progressMovesWithinAnEpochAndNeverBack() {
        String id = client.submit(request);
        JsonNode first = awaitJob(id, job -> step(job) > 0);
        JsonNode second = awaitJob(id, job -> step(job) > step(first));

        assertThat(first.at("/progress/epoch").asInt()).isZero();
        assertThat(first.path("estimated_finish_at").isNull()).isFalse();
        assertThat(fraction(first)).isBetween(1e-9, 0.49);
        assertThat(fraction(second)).isGreaterThan(fraction(first));
        assertThat(step(second) / 320_000.0).isEqualTo(fraction(second));

        client.act(id, "pause").expect(200);
        JsonNode paused = client.awaitStatus(id, "paused");
        client.act(id, "resume").expect(200);
        JsonNode resumed = awaitJob(id, job -> step(job) > step(paused));
        client.act(id, "cancel").expect(200);
        JsonNode cancelled = client.awaitEnd(id);

        assertThat(fraction(paused)).isGreaterThanOrEqualTo(fraction(second));
        assertThat(paused.path("estimated_finish_at").isNull()).isTrue();
        assertThat(fraction(resumed)).isGreaterThan(fraction(paused));
        assertThat(fraction(cancelled))
                .isGreaterThanOrEqualTo(fraction(resumed))
                .isLessThan(1);
    }

    @Test
    void whoWaitsForAChangeLearnsOfProgressWithinAnEpoch() {
        String id = client.submit(request);
        JsonNode known = awaitJob(id, job -> step(job) > 0);

        JsonNode next = client.get("/v1/training-jobs/" + id, "Prefer", "wait=30")
                .expect(200)
                .json();
        client.act(id, "cancel").expect(200);

        assertThat(step(next)).isGreaterThan(step(known));
        assertThat(next.at("/progress/epoch").asInt()).isZero();
    }

    @Test
    void aJobThatRunsOutOfTimeIsDoneAllTheSame() {
        request.put("max_runtime_seconds", 1);
        JsonNode job = client.train(request);

        assertThat(job.path("stop_reason").asString()).isEqualTo("max_runtime");
        assertThat(fraction(job)).isEqualTo(1);
        assertThat(step(job)).isLessThan(320_000);
    }
}
