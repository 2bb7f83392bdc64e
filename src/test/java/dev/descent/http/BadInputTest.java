package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Invalid input gets a problem that names it; nothing half-done remains, and the next valid request works. */
@DescentTest
class BadInputTest {

    private static final String GOOD = """
            x,y,label,amount
            1,2,a,0.5
            2,1,b,1.5
            3,4,a,2.5
            4,3,b,3.5
            5,6,a,4.5
            6,5,b,5.5
            7,8,a,6.5
            8,7,b,7.5
            9,10,a,8.5
            10,9,b,9.5
            11,12,a,10.5
            12,11,b,11.5
            13,14,a,12.5
            14,13,b,13.5
            15,16,a,14.5
            16,15,b,15.5
            17,18,a,16.5
            18,17,b,17.5
            19,20,a,18.5
            20,19,b,19.5
            """;

    @LocalServerPort
    private int port;

    @Value("${descent.home}")
    private Path home;

    private DescentClient client;
    private String dataset = "";
    private List<String> before = List.of();

    @BeforeEach
    void remember() throws IOException {
        client = new DescentClient(port);
        dataset = client.uploadText("good", GOOD);
        before = stored();
    }

    /** Everything that is stored: ids, and the files of datasets. */
    private List<String> stored() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String list : List.of("/v1/datasets", "/v1/training-jobs", "/v1/models")) {
            client.get(list + "?limit=100")
                    .expect(200)
                    .json()
                    .path("data")
                    .forEach(entry ->
                            ids.add(entry.path("id").asString(entry.path("name").asString())));
        }
        try (Stream<Path> files = Files.list(home.resolve("datasets"))) {
            files.map(file -> file.getFileName().toString()).sorted().forEach(ids::add);
        }
        return ids;
    }

    @AfterEach
    void nothingRemainsAndAGoodRequestWorks() throws IOException {
        assertThat(stored()).isEqualTo(before);
        JsonNode validation = client.post("/v1/training-jobs:validate", request("{}"))
                .expect(200)
                .json();
        assertThat(validation.path("parameter_count").asInt()).isPositive();
        String again = client.uploadText("again", GOOD);
        client.delete("/v1/datasets/" + again).expect(204);
    }

    @Test
    void aJobHasTheThreadsThatItAsksForOrLeavesThemToItsWorker() {
        int cores = Runtime.getRuntime().availableProcessors();
        assertThat(threads("{'threads':1}")).isEqualTo(1);
        assertThat(threads("{'threads':'auto'}")).isZero();
        assertThat(threads("{}")).isZero();
        client.post("/v1/training-jobs:validate", request("{'threads':%d}".formatted(cores + 1)))
                .expectFault(422, "#/threads", "whole number from 1 to " + cores);
    }

    private int threads(String extra) {
        return client.post("/v1/training-jobs:validate", request(extra))
                .expect(200)
                .json()
                .at("/specification/threads")
                .asInt(0);
    }

    private ObjectNode request(String extra) {
        ObjectNode request = json("{'dataset':'%s','target':'label'}", dataset);
        request.setAll(json(extra.replace("%", "%%")));
        return request;
    }

    static Stream<Arguments> filesThatAreNoCsv() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};
        return Stream.of(
                Arguments.of("PNG", png, "PNG"),
                Arguments.of("JSON", utf8("{\"a\": 1}"), "JSON"),
                Arguments.of("HTML", utf8("<!doctype html><p>no"), "HTML"),
                Arguments.of("zero bytes", new byte[] {'a', ',', 'b', '\n', 0, ',', 1}, "zero bytes"),
                Arguments.of("empty", new byte[0], "empty"),
                Arguments.of("blank", utf8(" \n\n "), "empty"),
                Arguments.of("header only", utf8("a,b\n"), "header line only"),
                Arguments.of("ragged", utf8("a,b\n1,2\n3\n4,5,6\n"), "line 3 has 1, line 4 has 3"),
                Arguments.of("unclosed quote", utf8("a,b\n\"1,2\n"), "no CSV"),
                Arguments.of("invalid UTF-8", new byte[] {'a', ',', 'b', '\n', '1', ',', (byte) 0x81, '\n'}, "byte 6"),
                Arguments.of("a name twice", utf8("a,a\n1,2\n"), "\"a\""),
                Arguments.of("no name", utf8("a,\n1,2\n"), "Column 2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filesThatAreNoCsv")
    void aFileThatIsNoCsvIsRefused(String kind, byte[] content, String named) {
        client.upload("file.csv", content, null).expectFault(422, "#/file", named);
        client.post("/v1/datasets", "text/csv", content).expectFault(422, "#/file", named);
    }

    @Test
    void aBrokenGzipStreamIsRefused() {
        client.upload("file.csv.gz", utf8("x,y\n1,2\n"), null).expectFault(422, "#/file", "gzip");
        client.post("/v1/datasets", "text/csv", new byte[] {0x1f, (byte) 0x8b, 8, 0, 1}, "Content-Encoding", "gzip")
                .expectFault(422, "#/file", "gzip");
        client.post("/v1/datasets", "text/csv", utf8("x,y\n1,2\n"), "Content-Encoding", "br")
                .expect(415);
    }

    @Test
    void uploadOptionsAreCheckedAllAtOnce() {
        Answer answer = client.upload(
                "file.csv",
                utf8("x,y\n1,2\n"),
                "{\"delimiter\": \"x\", \"headers\": true, \"columns\": {\"x\": {\"type\": \"number\"}}}");
        answer.expectFault(422, "#/options/headers", "\"headers\"", "header");
        answer.expectFault(422, "#/options/columns/x/type", "number", "numeric");
        client.upload("file.csv", utf8("x,y\nred,2\n"), "{\"columns\": {\"x\": {\"type\": \"numeric\"}}}")
                .expectFault(422, "#/options/columns/x/type", "Line 2", "\"red\"", "numeric");
        client.upload("file.csv", utf8("x,y\n1,2\n"), "{\"columns\": {\"z\": {\"type\": \"numeric\"}}}")
                .expectFault(422, "#/options/columns/z", "\"z\"", "x, y");
        client.upload("file.csv", utf8("x,y\n1,2\n"), "{not json").expect(400);
        client.post("/v1/datasets?delimiter=x", "text/csv", utf8("x,y\n1,2\n")).expectFault(422, "?delimiter", "\"x\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'target':'colour'} | #/target | \"colour\" | x, y, label, amount",
                "{'dataset':'ds_none'} | #/dataset | \"ds_none\" | id of an uploaded dataset",
                "{'dataset':null} | #/dataset | required | id of an uploaded dataset",
                "{'target':5} | #/target | 5 | name of a column",
                "{'target':['x','label']} | #/task | label | numeric",
                "{'target':null,'task':'classification'} | #/target | classification | column to predict",
                "{'task':'clustering'} | #/task | \"clustering\" | classification, regression, autoencoder",
                "{'task':'regression'} | #/task | \"label\" | classification",
                "{'features':['z']} | #/features/0 | \"z\" | x, y",
                "{'features':['label']} | #/features/0 | \"label\" | target",
                "{'features':['x','x']} | #/features/1 | \"x\" | twice",
                "{'split':{'train':0.5}} | #/split | train | all of",
                "{'split':{'train':-1,'validation':1,'test':1}} | #/split/train | -1 | from",
                "{'network':{'layers':[{'type':'conv2d'}]}} | #/network/layers/0/type | \"conv2d\" | dense, dropout",
                "{'network':{'layers':[{'type':'dense','units':0}]}} | #/network/layers/0/units | 0 | 1 to 1048576",
                "{'network':{'layers':[{'type':'dense','units':-1}]}} | #/network/layers/0/units | -1 | 1 to 1048576",
                "{'network':{'layers':[{'type':'dense','units':2147483648}]}} | #/network/layers/0/units | 2147483648 | 1 to 1048576",
                "{'network':{'layers':[{'type':'dense','units':1.5}]}} | #/network/layers/0/units | 1.5 | whole",
                "{'network':{'layers':[{'type':'dense'}]}} | #/network/layers/0/units | required | units",
                "{'network':{'layers':[{'type':'relu','slope':1}]}} | #/network/layers/0/slope | \"slope\" | type",
                "{'network':{'layers':[{'type':'dropout','rate':1}]}} | #/network/layers/0/rate | 1 | 0 to 0.99",
                "{'network':{'layers':[{'type':'add'}]}} | #/network/layers/0 | add | 2 to 64",
                "{'network':{'layers':[{'type':'embedding'}]}} | #/network/layers/0 | categorical | embed",
                "{'network':{}} | #/network | layers | nodes",
                "{'network':{'nodes':[{'name':'a','type':'relu','inputs':['b']},{'name':'b','type':'relu','inputs':['a']}],'output':'b'}} | #/network/nodes/0/inputs | \"a\" | cycle",
                "{'network':{'nodes':[{'name':'a','type':'relu','inputs':['z']}],'output':'a'}} | #/network/nodes/0/inputs/0 | \"z\" | no node",
                "{'network':{'nodes':[{'name':'a','type':'relu','inputs':['input']},{'name':'b','type':'relu','inputs':['input']}],'output':'b'}} | #/network/nodes/0 | \"a\" | uses",
                "{'network':{'nodes':[{'name':'a','type':'dense','units':4,'inputs':['input']},{'name':'b','type':'dense','units':5,'inputs':['input']},{'name':'c','type':'add','inputs':['a','b']}],'output':'c'}} | #/network/nodes/2/inputs | [4, 5] | same width",
                "{'network':{'nodes':[{'name':'a','type':'relu','inputs':['input']}],'output':'z'}} | #/network/output | \"z\" | no node",
                "{'loss':{'type':'hinge'}} | #/loss/type | \"hinge\" | softmax_cross_entropy",
                "{'loss':{'type':'huber'}} | #/loss/type | \"huber\" | softmax_cross_entropy",
                "{'optimizer':{'type':'lion'}} | #/optimizer/type | \"lion\" | adagrad, adam, adamw, rmsprop, sgd",
                "{'optimizer':{'type':'adam','learning_rate':0}} | #/optimizer/learning_rate | 0 | from 1.0E-10 to 100",
                "{'optimizer':{'type':'adam','learning_rate':-0.1}} | #/optimizer/learning_rate | -0.1 | from 1.0E-10 to 100",
                "{'optimizer':{'type':'adam','learning_rate':'NaN'}} | #/optimizer/learning_rate | \"NaN\" | a number",
                "{'optimizer':{'type':'adam','learning_rate':1e308}} | #/optimizer/learning_rate | 1.0E308 | to 100",
                "{'optimizer':{'type':'adam','learning_rate':1e999}} | #/optimizer/learning_rate | - | to 100",
                "{'optimizer':{'type':'sgd','nesterov':true}} | #/optimizer/nesterov | momentum of 0 | above 0",
                "{'hyperparameters':{'epochs':0}} | #/hyperparameters/epochs | 0 | 1 to 100000",
                "{'hyperparameters':{'epochs':5,'steps':5}} | #/hyperparameters/steps | both | one of them",
                "{'hyperparameters':{'batch_size':0}} | #/hyperparameters/batch_size | 0 | \"all\"",
                "{'hyperparameters':{'batch_size':'some'}} | #/hyperparameters/batch_size | \"some\" | \"all\"",
                "{'hyperparameters':{'sampling':'random'}} | #/hyperparameters/sampling | \"random\" | shuffle, with_replacement",
                "{'hyperparameters':{'seed':9007199254740992}} | #/hyperparameters/seed | 9007199254740992 | whole",
                "{'hyperparameters':{'class_weights':{'c':1}}} | #/hyperparameters/class_weights | \"c\" | a, b",
                "{'hyperparameters':{'class_weights':'even'}} | #/hyperparameters/class_weights | \"even\" | balanced",
                "{'hyperparameters':{'learning_rate_schedule':{'type':'zigzag'}}} | #/hyperparameters/learning_rate_schedule/type | \"zigzag\" | constant, cosine",
                "{'hyperparameters':{'early_stopping':{'patience':0}}} | #/hyperparameters/early_stopping/patience | 0 | 1 to",
                "{'hyperparameters':{'lr':1}} | #/hyperparameters/lr | \"lr\" | batch_size",
                "{'weight_column':'label'} | #/weight_column | \"label\" | numeric",
                "{'threads':99} | #/threads | 99 | \"auto\"",
                "{'max_runtime_seconds':0} | #/max_runtime_seconds | 0 | from",
                "{'model':'a b'} | #/model | \"a b\" | letters",
                "{'metadata':{'a':1}} | #/metadata/a | 1 | a string",
                "{'learning_rate':1} | #/learning_rate | \"learning_rate\" | hyperparameters"
            })
    void aRequestWithAFaultIsRefused(String extra, String pointer, String named, String accepted) {
        String[] parts =
                Stream.of(named, accepted).filter(part -> !part.equals("-")).toArray(String[]::new);
        for (String address : List.of("/v1/training-jobs", "/v1/training-jobs:validate")) {
            Answer answer = client.post(address, request(extra));
            answer.expectFault(422, pointer, parts);
            assertThat(answer.json().path("type").asString()).isEqualTo("/problems/invalid-request");
        }
    }

    @Test
    void binaryCrossEntropyNeedsTwoClasses() {
        String three = client.uploadText("three", GOOD.replace("1,2,a", "1,2,c").replace("5,6,a", "5,6,c"));
        client.post(
                        "/v1/training-jobs",
                        json("{'dataset':'%s','target':'label','loss':{'type':'binary_cross_entropy'}}", three))
                .expectFault(422, "#/loss/type", "2 classes", "has 3");
        client.delete("/v1/datasets/" + three).expect(204);
    }

    @Test
    void aTargetOfOneClassOrOfNoneIsRefused() {
        String one = client.uploadText("one", "x,y,z\n1,a,\n2,a,\n3,a,\n");
        client.post("/v1/training-jobs", json("{'dataset':'%s','target':'y'}", one))
                .expectFault(422, "#/target", "\"a\"", "at least 2 classes");
        client.post("/v1/training-jobs", json("{'dataset':'%s','target':'z'}", one))
                .expectFault(422, "#/target", "\"z\"", "ignore");
        client.delete("/v1/datasets/" + one).expect(204);
    }

    @Test
    void fewerRowsThanTheSplitNeedsAreRefused() {
        String two = client.uploadText("two", "x,y\n1,a\n2,b\n");
        client.post("/v1/training-jobs", json("{'dataset':'%s','target':'y'}", two))
                .expectFault(422, "#/split/validation", "2 rows", "at least 7 rows");
        client.delete("/v1/datasets/" + two).expect(204);
    }

    @Test
    void bodiesThatAreNoJsonAreMalformed() {
        for (String body : List.of("", "{", "{\"dataset\": NaN}", "{} {}", "\u0000")) {
            Answer answer = client.post("/v1/training-jobs", body).expect(400);
            assertThat(answer.json().path("type").asString()).isEqualTo("/problems/malformed-request");
        }
        for (String body : List.of("[]", "5", "null", "\"text\"")) {
            assertThat(client.post("/v1/training-jobs", body).status()).isBetween(400, 422);
        }
    }

    @Test
    void allFaultsComeAtOnce() {
        Answer answer = client.post(
                "/v1/training-jobs",
                request("{'target':'colour','features':['z'],'optimizer':{'type':'adam','learning_rate':-1},"
                        + "'hyperparameters':{'epochs':0,'batch_size':0},'more':1}"));
        for (String pointer : List.of(
                "#/target",
                "#/features/0",
                "#/optimizer/learning_rate",
                "#/hyperparameters/epochs",
                "#/hyperparameters/batch_size",
                "#/more")) {
            answer.expectFault(422, pointer);
        }
    }

    @Test
    void aHundredThousandLayersAreRefused() {
        ObjectNode request = request("{}");
        var layers = request.putObject("network").putArray("layers");
        IntStream.range(0, 100_000).forEach(layer -> layers.addObject().put("type", "relu"));

        client.post("/v1/training-jobs", request).expectFault(422, "#/network/layers", "100000", "0 to 1000");
    }

    @Test
    void aNetworkLargerThanTheMemoryIsRefusedWithTheNumbers() {
        client.post(
                        "/v1/training-jobs",
                        request(
                                "{'network':{'layers':[{'type':'dense','units':1000000},{'type':'dense','units':1000000}]}}"))
                .expectFault(422, "#/network", "parameters", "18.2 TB", "descent.memory");
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        String deep = "[".repeat(100_000);
        assertThat(client.post("/v1/training-jobs", deep).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET | /v1/datasets/ds_none | 404",
                "GET | /v1/datasets/ds_none/rows | 404",
                "GET | /v1/training-jobs/job_none | 404",
                "GET | /v1/training-jobs/job_none/metrics | 404",
                "GET | /v1/training-jobs/job_none/diagnosis | 404",
                "POST | /v1/training-jobs/job_none/cancel | 404",
                "DELETE | /v1/training-jobs/job_none | 404",
                "DELETE | /v1/datasets/ds_none | 404",
                "GET | /v1/models/none | 404",
                "GET | /v1/models/none/versions/1 | 404",
                "GET | /v1/nothing | 404",
                "DELETE | /v1/models | 405",
                "PUT | /v1/training-jobs | 405",
                "GET | /v1/datasets/ds_none:reread | 405",
                "DELETE | /v1/datasets/ds_none:reread | 405",
                "GET | /v1/models/none:explain-row | 405",
                "DELETE | /v1/models/none:explain-row | 405",
                "GET | /v1/models/none:nothing | 404",
                "GET | /v1/datasets?limit=0 | 422",
                "GET | /v1/datasets?limit=101 | 422",
                "GET | /v1/datasets?limit=many | 422",
                "GET | /v1/datasets?after=%27 | 422",
                "GET | /v1/training-jobs?status=lost | 422",
                "GET | /v1/models/none/versions/first | 404",
                "GET | /v1/datasets/%00 | 400",
                "GET | /v1/datasets/a%2Fb | 400"
            })
    void addressesMethodsAndParametersAreChecked(String method, String path, int status) {
        Answer answer = client.send(method, path, null, null).expect(status);
        assertThat(answer.headers().get("content-type")).startsWith("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/csv"})
    void parametersOfAHistoryAreCheckedInEveryForm(String accept) {
        String metrics = "/v1/training-jobs/job_none/metrics";
        client.get(metrics + "?keys=foo&max_points=3", "Accept", accept)
                .expectFault(422, "?keys", "keys has \"foo\"; accepted: epoch, step")
                .expectFault(422, "?max_points", "max_points is 3; accepted: a whole number from 4 to 10000");
        client.get(metrics + "?max_points=abc", "Accept", accept).expectFault(422, "?max_points", "abc");
    }

    @Test
    void parametersOfARawUploadAreNotIgnoredWithAForm() {
        String form =
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.csv\"\r\n\r\nx\n1\n\r\n--b--\r\n";
        client.post("/v1/datasets?delimiter=%3B", "multipart/form-data; boundary=b", utf8(form))
                .expectFault(422, "?delimiter", "\"delimiter\" is not known here; accepted: no parameters");
    }

    @Test
    void aTargetThatNeverChangesIsRefused() {
        String constant = client.uploadText("constant", "x,y,z\n" + "1,7.25,1\n2,7.25,2\n3,7.25,3\n4,,4\n".repeat(10));
        for (String address : List.of("/v1/training-jobs", "/v1/training-jobs:validate")) {
            for (String task : List.of("", ",'task':'regression'")) {
                client.post(address, json("{'dataset':'%s','target':'y'%s}", constant, task))
                        .expectFault(
                                422,
                                "#/target",
                                "\"y\" is 7.25 in all 30 rows that have a value; a target of a regression needs at least 2 values");
            }
            client.post(address, json("{'dataset':'%s','target':'y','task':'classification'}", constant))
                    .expectFault(422, "#/target", "\"y\" has one class only, \"7.25\", in 30 rows");
            client.post(address, json("{'dataset':'%s','target':['z','y']}", constant))
                    .expectFault(422, "#/target/1", "\"y\" is 7.25 in all 30 rows");
        }
        client.delete("/v1/datasets/" + constant).expect(204);
    }

    private static String rows(int count) {
        return "x,y\n"
                + IntStream.range(0, count)
                        .mapToObj(i -> i + "," + i % 7 + "\n")
                        .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            40 | 1   | #/hyperparameters/batch_size | batch_size is 1, and batch_normalization normalizes the rows of a batch by each other; accepted: 2 or more, or layer_normalization instead
            33 | 32  | #/hyperparameters/batch_size | of 33 training rows the last batch of an epoch has 1, and batch_normalization normalizes the rows of a batch by each other; accepted: a number that leaves more, such as 33
            41 | 4   | #/hyperparameters/batch_size | of 41 training rows the last batch of an epoch has 1, and batch_normalization normalizes the rows of a batch by each other; accepted: a number that leaves more, such as 6
            """)
    void batchesOfOneRowAreRefusedForBatchNormalization(int count, int size, String pointer, String detail) {
        String dataset = client.uploadText("batches", rows(count));
        ObjectNode request = json(
                "{'dataset':'%s','target':'y','split':{'train':1,'validation':0,'test':0},'network':{'layers':[{'type':'dense','units':4},{'type':'batch_normalization'}]},'hyperparameters':{'batch_size':%d,'epochs':1}}",
                dataset, size);
        client.post("/v1/training-jobs", request).expectFault(422, pointer, detail);
        client.post("/v1/training-jobs:validate", request).expectFault(422, pointer, detail);

        ((ObjectNode) request.at("/network/layers/1")).put("type", "layer_normalization");
        client.post("/v1/training-jobs:validate", request).expect(200);
        client.delete("/v1/datasets/" + dataset).expect(204);
    }

    @Test
    void numbersThatAreNotFiniteAreNull() {
        String huge = client.uploadText("huge", "x\n1e308\n1.7e308\n-1.7e308\n-1e308\n1.1e308\n");
        String profile = client.get("/v1/datasets/" + huge).expect(200).text();
        assertThat(profile).doesNotContain("NaN", "Infinity");
        client.delete("/v1/datasets/" + huge).expect(204);
    }

    @Test
    void bodiesOfAnotherKindAreRefused() {
        client.post("/v1/training-jobs", "text/plain", utf8("{}")).expect(415);
        client.post("/v1/datasets", "application/pdf", utf8("%PDF")).expect(415);
        client.post("/v1/models/none/predict", "text/plain", utf8("1")).expect(415);
    }

    /** If it were stored, a rejected client would create it twice by sending it again. */
    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/yaml", "nonsense"})
    void anAnswerThatCanNotBeGivenIsRefusedBeforeAnythingIsDone(String accept) {
        List<Answer> answers = List.of(
                client.get("/v1/datasets", "Accept", accept),
                client.get("/v1/datasets/" + dataset + "/content", "Accept", accept),
                client.post("/v1/datasets", "text/csv", utf8(GOOD), "Accept", accept),
                client.post("/v1/training-jobs", request("{}"), "Accept", accept),
                client.post("/v1/training-jobs:validate", request("{}"), "Accept", accept),
                client.get("/v1/training-jobs/job_none/metrics", "Accept", accept),
                client.get("/v1/models", "Accept", accept),
                client.post("/v1/models/none/predict", "{\"rows\": [{}]}", "Accept", accept),
                client.post("/v1/graphs:evaluate", "{\"expression\": \"1\"}", "Accept", accept));

        assertThat(answers).allSatisfy(answer -> {
            answer.expect(406);
            assertThat(answer.json().path("type").asString()).isEqualTo("/problems/not-acceptable");
            assertThat(answer.json().path("detail").asString()).contains(accept, "accepted: ");
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
