package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Bodies of many members, long names or deep nesting get a short answer, which says how much is wrong. */
@DescentTest
class HostileBodyTest {

    private static final int MANY = 50_000;

    @LocalServerPort
    private int port;

    private DescentClient client;
    private String iris = "";

    @BeforeEach
    void upload() {
        client = new DescentClient(port);
        iris = client.uploadFile("src/test/resources/data/iris.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/training-jobs:validate", "/v1/training-jobs", "/v1/graphs:evaluate"})
    void thousandsOfUnknownFieldsGetAHundredViolationsAndTheirNumber(String path) {
        Answer answer = refused(client.post(path, "{" + members(MANY, "0") + "}"));

        assertThat(answer.json().path("detail").asString())
                .matches("The request has 500\\d\\d faults, the first 100 of which are listed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dataset':'%s','target':'species','metadata':{%s}}",
                "{'dataset':'%s','target':'species','hyperparameters':{%s}}",
                "{'dataset':'%s','target':'species','hyperparameters':{'class_weights':{%s}}}",
                "{'dataset':'%s','target':'species','optimizer':{'type':'adam',%s}}",
                "{'dataset':'%s','target':'species','network':{%s}}",
                "{'dataset':'%s','target':'species','network':{'layers':[{'type':'relu',%s}]}}",
                "{'dataset':'%s','target':'species','split':{%s}}"
            })
    void thousandsOfMembersAnywhereInARequestGetAShortAnswer(String request) {
        refused(client.post(
                "/v1/training-jobs:validate",
                json(request, iris, members(MANY, "0").replace('"', '\''))));
    }

    @Test
    void longListsGetAShortAnswer() {
        String names = IntStream.range(0, 10_000)
                .mapToObj(i -> "'%s%d'".formatted("x".repeat(900), i))
                .collect(Collectors.joining(","));
        refused(client.post(
                "/v1/training-jobs:validate",
                json("{'dataset':'%s','target':'species','features':[%s]}", iris, names)));
        refused(client.post("/v1/training-jobs:validate", json("{'dataset':'%s','target':[%s]}", iris, names)));
    }

    @Test
    void rowsWithOtherColumnsGetAShortAnswer() {
        JsonNode job = client.train(
                json("{'dataset':'%s','target':'species','model':'hostile','hyperparameters':{'epochs':1}}", iris));
        assertThat(job.path("status").asString()).isEqualTo("succeeded");
        String path = "/v1/models/hostile/predict";
        String row = "{" + members(MANY, "0") + "}";

        refused(client.post(path, "{\"rows\":[" + row + "]}"));
        refused(client.post(path, "{\"rows\":[" + "{\"a\":1},".repeat(30_000) + "{}]}"));
        refused(client.post(path, "{\"rows\":[\"" + "x".repeat(3_000_000) + "\"]}"));
        refused(client.post(path, "{\"rows\":[{}]," + members(MANY, "0") + "}"));
        refused(client.post(path, "{\"rows\":[{}],\"explain_inputs\":\"" + "x".repeat(3_000_000) + "\"}"));
        String columns =
                IntStream.range(0, MANY).mapToObj(i -> "\"c" + i + "\"").collect(Collectors.joining(","));
        refused(client.post(path, "{\"dataframe_split\":{\"columns\":[" + columns + "],\"data\":[[1]]}}"));
        refused(client.post(path, "text/csv", (columns.replace("\"", "") + "\n1\n").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void optionsForThousandsOfColumnsGetAShortAnswer() {
        byte[] csv = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);

        refused(client.upload("x.csv", csv, "{\"columns\":{" + members(30_000, "{\"type\":\"text\"}") + "}}"));
        refused(client.upload("x.csv", csv, "{\"columns\":{" + members(60_000, "1") + "}}"));
        refused(client.upload("x.csv", csv, "{" + members(60_000, "1") + "}"));
    }

    /** A message may quote a text of any length, and a pointer any name. */
    @Test
    void textsAndNamesOfMegabytesAreNotRepeated() {
        String text = "x".repeat(3_000_000);
        for (String field : List.of("name", "dataset", "target", "task", "model", "weight_column", "threads", "loss")) {
            refused(client.post("/v1/training-jobs:validate", "{\"%s\":\"%s\"}".formatted(field, text)));
        }
        // Longer ones are malformed for the JSON parser itself.
        String name = "x".repeat(40_000);
        refused(client.post("/v1/training-jobs:validate", "{\"%s\":1}".formatted(name)));
        refused(client.post("/v1/graphs:evaluate", "{\"expression\":\"x\",\"values\":{\"%s\":1}}".formatted(name)));
        refused(client.post("/v1/graphs:evaluate", "{\"expression\":\"%s\"}".formatted(text)));
        refused(client.post("/v1/training-jobs:validate", "{\"%s\":1}".formatted("x".repeat(60_000))));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 499, 500, 501, 1_000, 100_000})
    void deepNestingIsRefused(int depth) {
        String nested = "[".repeat(depth) + "]".repeat(depth);
        String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        for (String body : List.of(nested, objects)) {
            refused(client.post("/v1/training-jobs:validate", body));
            for (String field : List.of("target", "network", "hyperparameters", "metadata", "features")) {
                refused(client.post("/v1/training-jobs:validate", "{\"%s\":%s}".formatted(field, body)));
            }
            refused(client.post("/v1/graphs:evaluate", "{\"expression\":%s}".formatted(body)));
            refused(client.upload(
                    "x.csv", "a\n1\n".getBytes(StandardCharsets.UTF_8), "{\"columns\":%s}".formatted(body)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e999", "-1e999", "1e-999", "1E+2147483648", "123456789012345678901234567890", "-0", "0.1e-400"
            })
    void numbersOfAnySizeAreReadOrRefused(String number) {
        for (String field : List.of("priority", "max_runtime_seconds")) {
            assertThat(client.post(
                                    "/v1/training-jobs:validate",
                                    "{\"dataset\":\"%s\",\"target\":\"species\",\"%s\":%s}"
                                            .formatted(iris, field, number))
                            .status())
                    .isIn(200, 422);
        }
        refused(client.post("/v1/training-jobs:validate", "{\"priority\":%s}".formatted("9".repeat(2_000))));
    }

    private static String members(int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k%d\":%s".formatted(i, value))
                .collect(Collectors.joining(","));
    }

    private static Answer refused(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isIn(400, 422);
        assertThat(answer.bytes().length).isLessThan(60_000);
        assertThat(answer.json().path("errors").size()).isLessThanOrEqualTo(100);
        return answer;
    }
}
