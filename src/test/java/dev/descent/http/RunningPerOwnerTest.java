package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.access.key.ApiKeys;
import dev.descent.access.key.TestKeys;
import dev.descent.principal.Scope;
import dev.descent.testing.DescentClient;
import dev.descent.testing.TwoSmallWorkers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Two workers, of which no owner may use both. */
@TwoSmallWorkers
class RunningPerOwnerTest {

    private static final int ENDLESS = 100_000;

    @LocalServerPort
    private int port;

    @Autowired
    private ApiKeys keys;

    private DescentClient client;
    private String dataset = "";

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
        dataset = client.uploadFile("src/test/resources/data/iris.csv");
        client.put("/v1/datasets/%s/visibility".formatted(dataset), "{\"visibility\":\"shared\"}")
                .expect(200);
    }

    @Test
    void whoHasAJobRunningWaitsWithTheNextWhileOthersRunTheirs() {
        String running = submit("greedy", ENDLESS);
        client.awaitEpoch(running, 3);
        String waiting = submit("greedy", ENDLESS);

        // Without the limit, the waiting job would run before the second of these, whose owner has just had a turn, and
        // keep the worker.
        assertThat(client.awaitEnd(submit("modest", 1)).path("status").asString())
                .isEqualTo("succeeded");
        assertThat(client.awaitEnd(submit("modest", 1)).path("status").asString())
                .isEqualTo("succeeded");
        assertThat(client.job(running).path("status").asString()).isEqualTo("running");
        assertThat(client.job(waiting).path("status").asString()).isEqualTo("queued");
        assertThat(client.job(waiting).path("started_at").isNull()).isTrue();

        cancel(running);
        JsonNode started = client.awaitStatus(waiting, "running");
        assertThat(started.path("attempt").asInt()).isEqualTo(1);
        cancel(waiting);
    }

    private String submit(String owner, int epochs) {
        DescentClient submitter = client.as(TestKeys.make(keys, owner, Scope.TRAIN));
        return submitter.submit(
                json("{'dataset':'%s','target':'species','hyperparameters':{'epochs':%d}}", dataset, epochs));
    }

    private void cancel(String id) {
        client.act(id, "cancel").expect(200);
        client.awaitEnd(id);
    }
}
