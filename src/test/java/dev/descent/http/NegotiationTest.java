package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The form and the part of an answer that a client asks for. */
@DescentTest
class NegotiationTest {

    private static final String ROWS = "x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n9,a\n10,b\n";

    @LocalServerPort
    private int port;

    private DescentClient client;
    private String metrics = "";

    @BeforeEach
    void train() {
        client = new DescentClient(port);
        Answer model = client.get("/v1/models/negotiated/versions/1");
        if (model.status() == 404) {
            JsonNode job = client.train(json(
                    "{'dataset':'%s','target':'y','model':'negotiated','hyperparameters':{'epochs':1}}",
                    client.uploadText("forms", ROWS)));
            assertThat(job.path("status").asString()).isEqualTo("succeeded");
            model = client.get("/v1/models/negotiated/versions/1").expect(200);
        }
        metrics = "/v1/training-jobs/" + model.json().path("job").asString() + "/metrics";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | json",
                "text/csv | csv",
                "*/* | json",
                "text/csv, application/json | json",
                "text/csv;q=0.1, application/json | json",
                "application/json;q=0.1, text/csv | csv",
                "application/json;q=0.1, */* | csv",
                "application/json;q=0, */* | csv",
                "text/*;q=0.9, application/json;q=0.8 | csv",
                "text/*;q=0.1, text/csv;q=0.9, */*;q=0.5 | csv",
                "TEXT/CSV;charset=utf-16 | csv",
                "application/json;indent=4 | json",
            })
    void theGreatestWeightWins(String accept, String form) {
        byte[] rows = "x\n1\n2\n".getBytes(UTF_8);
        for (Answer answer : List.of(
                client.get(metrics, "Accept", accept),
                client.post("/v1/models/negotiated/predict", "{\"rows\":[{\"x\":1}]}", "Accept", accept),
                client.post("/v1/models/negotiated/predict", "text/csv", rows, "Accept", accept))) {
            assertThat(answer.expect(200).headers().get("content-type"))
                    .isEqualTo(form.equals("csv") ? "text/csv;charset=UTF-8" : "application/json");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;q=0",
                "application/json;q=0, text/csv;q=0.0",
                "*/*;q=0",
                "*/*, */*;q=0, application/json;q=0, text/csv;q=0"
            })
    void whatIsExcludedIsNotSent(String accept) {
        for (Answer answer : List.of(
                client.get(metrics, "Accept", accept.contains("csv") ? accept : accept + ", text/csv;q=0"),
                client.get("/v1/models", "Accept", accept),
                client.post("/v1/datasets", "text/csv", ROWS.getBytes(UTF_8), "Accept", accept),
                client.post("/v1/graphs:evaluate", "{\"expression\":\"1\"}", "Accept", accept))) {
            assertThat(answer.expect(406).json().path("detail").asString())
                    .contains("Accept is ", "accepted: application/json");
        }
    }

    @Test
    void aCharsetOtherThanUtf8IsNotWritten() {
        Answer answer = client.get("/v1/models", "Accept", "application/json;charset=utf-16");
        assertThat(answer.expect(200).headers().get("content-type")).isEqualTo("application/json");
    }

    @Test
    void aPartOfAFileIsSentAlone() {
        String content = "/v1/datasets/" + client.uploadText("part", ROWS) + "/content";

        Answer part = client.get(content, "Range", "bytes=4-6").expect(206);
        assertThat(part.text()).isEqualTo("1,a");
        assertThat(part.headers()).containsEntry("content-range", "bytes 4-6/" + ROWS.length());
        assertThat(client.get(content, "Range", "bytes=-5").expect(206).text()).isEqualTo("10,b\n");
        assertThat(client.get(content, "Range", "bytes=0-1,4-6")
                        .expect(206)
                        .headers()
                        .get("content-type"))
                .startsWith("multipart/byteranges");
        String tag = client.get(content).expect(200).headers().get("etag");
        client.get(content, "If-None-Match", tag).expect(304);
        client.get(content, "Range", "bytes=").expect(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=9999-", "bytes=5-4", "bytes=x", "rows=1-2", "nonsense", "bytes=0-,0-,0-,0-"})
    void aPartThatAFileDoesNotHaveIsAProblemAndNotTheFile(String range) {
        String content = "/v1/datasets/" + client.uploadText("part", ROWS) + "/content";

        Answer refused = client.get(content, "Range", range).expect(416);
        assertThat(refused.headers()).containsEntry("content-range", "bytes */" + ROWS.length());
        assertThat(refused.json().path("type").asString()).isEqualTo("/problems/range-not-satisfiable");
        assertThat(refused.json().path("detail").asString()).contains(range);
        assertThat(client.get("/v1/models", "Range", range).expect(200).json().has("data"))
                .isTrue();
    }
}
