package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Violations that only the data reveals: a validation rejects them, and a job submitted without validation fails with
 * them when it starts.
 */
@DescentTest
class StartFaultTest {

    private static final int ROWS = 40;

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "a class that is not among numbers",
                        "{'target':'number','task':'classification','hyperparameters':{'class_weights':{'9':2}}}",
                        "invalid_data",
                        "#/hyperparameters/class_weights",
                        "class_weights names \"9\"; accepted: 0, 1, 2"),
                Arguments.of(
                        "a class that is not among many levels",
                        "{'target':'many','hyperparameters':{'class_weights':{'m20':2}}}",
                        "invalid_data",
                        "#/hyperparameters/class_weights",
                        "class_weights names \"m20\"; accepted: m0, m1, m10"),
                Arguments.of(
                        "a weight that is missing where a target may be, too",
                        "{'target':'holes','weight_column':'weight'}",
                        "invalid_data",
                        "#/weight_column",
                        "\"weight\" is missing in 3 rows; accepted"),
                Arguments.of(
                        "classes too small to deal out",
                        "{'target':'row','task':'classification','split':{'train':8,'validation':1,'test':1}}",
                        "invalid_data",
                        "#/split/validation",
                        "40 rows leave none for the validation part at a share of 0.1; more rows of a class"),
                Arguments.of(
                        "no row in which all targets are known",
                        "{'target':['even','odd']}",
                        "invalid_data",
                        "#/split/train",
                        "0 rows leave none for the train part"),
                Arguments.of(
                        "as many levels as a layer has not units",
                        "{'target':'number','features':['level'],'network':{'nodes':["
                                + "{'name':'a','type':'dense','units':4,'inputs':['input']},"
                                + "{'name':'b','type':'add','inputs':['input','a']}],'output':'b'}}",
                        "invalid_network",
                        "#/network/nodes/1/inputs",
                        "[6, 4]"));
    }

    private static String csv() {
        StringBuilder csv = new StringBuilder("row,number,many,holes,weight,even,odd,level,x\n");
        for (int row = 0; row < ROWS; row++) {
            boolean hole = row % 10 == 5;
            List<Object> cells = new ArrayList<>(List.of(
                    row,
                    row % 3,
                    "m" + row % 20,
                    hole ? "" : row,
                    row % 10 == 7 && row > 7 ? "" : 1,
                    row % 2 == 0 ? row : "",
                    row % 2 == 1 ? row : "",
                    "l" + row % 5,
                    row * row % 7));
            csv.append(String.join(",", cells.stream().map(Object::toString).toList()))
                    .append('\n');
        }
        return csv.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aJobFailsByWhatAValidationRefuses(String name, String fields, String code, String pointer, String detail) {
        ObjectNode request = json(fields);
        request.put("dataset", client.uploadText("start", csv()));
        JsonNode refused = client.post("/v1/training-jobs:validate", request)
                .expectFault(422, pointer, detail)
                .json();

        JsonNode error = client.train(request).path("error");

        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("pointer").asString()).isEqualTo(pointer);
        assertThat(error.path("message").asString())
                .isEqualTo(String.join(
                        "; ",
                        refused.path("errors")
                                .valueStream()
                                .map(violation -> violation.path("detail").asString())
                                .toList()));
    }

    /** The profile does not tell which rows have both targets. */
    @Test
    void aTargetThatOnlyTheDataShowsToBeConstantEndsTheJob() {
        String both = client.uploadText("both", "x,y,z\n" + "1,5,1\n2,5,2\n3,5,3\n4,6,\n5,,4\n".repeat(10));
        ObjectNode request = json("{'dataset':'%s','target':['y','z']}", both);
        String detail = "\"y\" is 5 in all 30 rows that have every target";
        client.post("/v1/training-jobs:validate", request).expectFault(422, "#/target/0", detail);
        JsonNode job = client.train(request);

        assertThat(job.path("status").asString()).isEqualTo("failed");
        assertThat(job.at("/error/code").asString()).isEqualTo("invalid_data");
        assertThat(job.at("/error/pointer").asString()).isEqualTo("#/target/0");
        assertThat(job.at("/error/message").asString()).contains(detail);
    }

    /** Which rows have both targets is not known before the data is read. */
    @Test
    void aLastBatchOfOneRowThatOnlyTheDataShowsEndsTheJob() {
        String dataset = client.uploadText("gaps", "x,y,z\n1,1,1\n2,2,4\n3,3,9\n4,4,16\n5,5,25\n6,,1\n7,1,\n");
        ObjectNode request = json(
                "{'dataset':'%s','target':['y','z'],'split':{'train':1,'validation':0,'test':0},'network':{'layers':[{'type':'batch_normalization'}]},'hyperparameters':{'batch_size':2,'epochs':1}}",
                dataset);
        String detail = "of 5 training rows the last batch of an epoch has 1";
        client.post("/v1/training-jobs:validate", request)
                .expectFault(422, "#/hyperparameters/batch_size", detail, "such as 3");
        JsonNode job = client.train(request);

        assertThat(job.path("status").asString()).isEqualTo("failed");
        assertThat(job.at("/error/code").asString()).isEqualTo("invalid_data");
        assertThat(job.at("/error/pointer").asString()).isEqualTo("#/hyperparameters/batch_size");
        assertThat(job.at("/error/message").asString()).contains(detail);
        ((ObjectNode) request.path("hyperparameters")).put("batch_size", "all");
        client.post("/v1/training-jobs:validate", request).expect(200);
    }

    @Test
    void whatAWholeProfileSaysOfWeightsIsRefusedAtOnce() {
        String csv = "x,y,w\n" + "1,2,1\n2,3,-0.5\n3,4,\n".repeat(10);
        ObjectNode request =
                json("{'dataset':'%s','target':'y','weight_column':'w'}", client.uploadText("weights", csv));

        for (String address : List.of("/v1/training-jobs", "/v1/training-jobs:validate")) {
            client.post(address, request)
                    .expectFault(422, "#/weight_column", "\"w\" is missing in 10 rows")
                    .expectFault(422, "#/weight_column", "\"w\" goes down to -0.5");
        }
    }

    @Test
    void aTargetOfTooManyValuesIsRefusedAtOnce() {
        StringBuilder csv = new StringBuilder("x,y\n");
        IntStream.range(0, 12_000)
                .forEach(row -> csv.append(row % 9).append(",name ").append(row).append('\n'));
        String dataset = client.uploadText("names", csv.toString());

        client.post("/v1/training-jobs", json("{'dataset':'%s','target':'y'}", dataset))
                .expectFault(422, "#/target", "\"y\" has at least 1", "classes; at most 10000 are accepted");
    }

    /**
     * With this seed, the only empty cell and one of six levels are not in the training part: there are fewer inputs
     * than the profile allows for.
     */
    @Test
    void aJobThatHasStartedSaysWhatItsDataSays() {
        StringBuilder csv = new StringBuilder("x,copy,level,y\n");
        for (int row = 0; row < ROWS; row++) {
            csv.append(row == 0 ? "" : row).append(',').append(row).append(row == 0 ? ",rare," : ",l" + row % 5 + ",");
            csv.append(row == 1 ? "" : row).append('\n');
        }
        ObjectNode request = json(
                "{'dataset':'%s','target':'y','hyperparameters':{'epochs':1}}",
                client.uploadText("bounds", csv.toString()));
        JsonNode submitted = null;
        JsonNode validated = null;
        for (int seed = 0; validated == null || sameParameters(submitted, validated); seed++) {
            request.putObject("split").put("seed", seed);
            validated = client.post("/v1/training-jobs:validate", request)
                    .expect(200)
                    .json();
            submitted = client.post("/v1/training-jobs", request).expect(202).json();
        }
        JsonNode ended = client.awaitEnd(submitted.path("id").asString());

        assertThat(submitted.path("parameter_count").asLong())
                .isGreaterThan(validated.path("parameter_count").asLong());
        assertThat(ended.path("parameter_count")).isEqualTo(validated.path("parameter_count"));
        assertThat(texts(submitted.path("warnings")))
                .noneMatch(warning -> warning.contains("alone says"))
                .contains("1 row has no value in \"y\" and was left out");
        assertThat(texts(ended.path("warnings")))
                .isEqualTo(texts(validated.path("warnings")))
                .contains("1 row has no value in \"y\" and was left out")
                .anyMatch(warning -> warning.startsWith("Column \"copy\" alone says"));
    }

    private static boolean sameParameters(JsonNode one, JsonNode other) {
        return one.path("parameter_count").equals(other.path("parameter_count"));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
