package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A job is changed only if it is still as its client has seen it, where the client says so. */
@DescentTest
class ConditionalRequestTest {

    private static final String CHANGE = "{\"learning_rate\": 0.01}";

    @LocalServerPort
    private int port;

    private DescentClient client;
    private String dataset = "";
    private String job = "";
    private String address = "";

    @BeforeEach
    void pauseAJob() {
        client = new DescentClient(port);
        dataset = client.uploadFile("src/test/resources/data/iris.csv");
        job = client.submit(json("{'dataset':'%s','target':'species','hyperparameters':{'epochs':100000}}", dataset));
        address = "/v1/training-jobs/" + job;
        client.act(job, "pause").expect(200);
        client.awaitStatus(job, "paused");
    }

    @AfterEach
    void deleteIt() {
        client.act(job, "cancel").expect(200);
        client.awaitEnd(job);
        client.delete(address).expect(204);
        client.delete("/v1/datasets/" + dataset).expect(204);
    }

    private String tag() {
        return client.get(address).expect(200).headers().get("etag");
    }

    private Answer send(String method, String path, String expected) {
        byte[] body = method.equals("PATCH") ? CHANGE.getBytes(UTF_8) : null;
        return client.send(method, path, body == null ? null : "application/json", body, "If-Match", expected);
    }

    @Test
    void nothingIsDoneToAJobThatHasChanged() {
        String seen = tag();
        client.patch(address, CHANGE).expect(200);
        String present = tag();

        for (String request : List.of(
                "PATCH " + address,
                "DELETE " + address,
                "POST " + address + "/cancel",
                "POST " + address + "/pause",
                "POST " + address + "/resume")) {
            String[] parts = request.split(" ");
            Answer refused = send(parts[0], parts[1], seen).expect(412);
            assertThat(refused.json().path("type").asString()).isEqualTo("/problems/precondition-failed");
            assertThat(refused.json().path("detail").asString()).contains(seen, present);
            for (String malformed : List.of("7", "W/7", "\"7", "\"7\" \"8\"", "*, \"7\"", ",", "w/\"7\"")) {
                assertThat(send(parts[0], parts[1], malformed)
                                .expect(400)
                                .json()
                                .path("detail")
                                .asString())
                        .contains("If-Match is " + malformed);
            }
        }
        assertThat(tag()).isEqualTo(present);
        client.get("/problems/precondition-failed").expect(200);
    }

    @Test
    void whatIsAsItWasIsChanged() {
        send("PATCH", address, tag()).expect(200);
        send("PATCH", address, "\"0\", " + tag() + " , \"x,y\"").expect(200);
        send("PATCH", address, "*").expect(200);
        send("PATCH", address, tag().substring("W/".length())).expect(200);
        send("POST", address + "/pause", tag()).expect(200);
        send("POST", address + "/cancel", tag()).expect(200);
    }

    /** The order of RFC 9110: what is not there has no state that could be another. */
    @Test
    void aJobThatIsNotThereIsNotFound() {
        send("DELETE", "/v1/training-jobs/job_none", "\"1\"").expect(404);
        send("POST", "/v1/training-jobs/job_none/cancel", "*").expect(404);
    }

    @Test
    void whatAClientKnowsIsComparedWeakly() {
        String tag = tag();
        for (String known : List.of(tag, tag.substring("W/".length()), "\"0\", " + tag, "\"a,b\"," + tag, "*")) {
            assertThat(client.get(address, "If-None-Match", known).expect(304).headers())
                    .containsEntry("etag", tag);
        }
        client.get(address, "If-None-Match", "\"0\", W/\"a,b\"").expect(200);
        client.get(address, "If-None-Match", tag.substring("W/".length()).replace("\"", ""))
                .expect(400);
    }
}
