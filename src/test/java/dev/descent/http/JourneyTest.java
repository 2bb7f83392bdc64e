package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From upload to predictions, on real data. */
@DescentTest
class JourneyTest {

    private static final Logger log = LoggerFactory.getLogger(JourneyTest.class);
    private static final String DATA = "src/test/resources/data/";
    private static final Path IRIS = Path.of(DATA + "iris.csv");

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    /**
     * The reference is scikit-learn's MLP on the same data: test/resources/data/README.md. If the test part has only a
     * few dozen rows, the luck of a split exceeds the tolerance, so the mean is taken over more splits.
     */
    @ParameterizedTest
    @CsvSource({
        "src/test/resources/data/iris.csv, species, classification, 20, accuracy, 0.978, 0.03",
        "src/main/resources/samples/digits.csv, label, classification, 3, accuracy, 0.970, 0.03",
        "src/test/resources/data/breast_cancer.csv, diagnosis, classification, 20, accuracy, 0.994, 0.03",
        "src/test/resources/data/diabetes.csv, progression, regression, 3, r2, 0.349, 0.05"
    })
    void theMeanOverSeedsReachesTheReferenceScore(
            String file, String target, String task, int seeds, String measure, double reference, double tolerance) {
        String dataset = client.uploadFile(file);
        String model = "reference-" + target;
        double mean = IntStream.range(0, seeds)
                .mapToDouble(seed -> {
                    ObjectNode request = json(
                            "{'dataset':'%s','target':'%s','task':'%s','split':{'seed':%d},'model':'%s',"
                                    + "'hyperparameters':{'epochs':200,'seed':%d,'early_stopping':{'patience':15}}}",
                            dataset, target, task, seed, model, seed);
                    JsonNode job = client.train(request);
                    assertThat(job.path("status").asString()).isEqualTo("succeeded");
                    JsonNode history = client.history(job.path("id").asString());
                    assertThat(history.get(history.size() - 1)
                                    .path("train_loss")
                                    .asDouble())
                            .isLessThan(0.7 * history.get(0).path("train_loss").asDouble());
                    return client.get("/v1/models/%s/versions/%d"
                                    .formatted(model, job.at("/model/version").asInt()))
                            .expect(200)
                            .json()
                            .at("/evaluation/test/" + measure)
                            .asDouble();
                })
                .average()
                .orElseThrow();

        log.info("{}: mean test {} of {} seeds {}", target, measure, seeds, mean);
        assertThat(mean).isGreaterThan(reference - tolerance);
    }

    @Test
    void mixedColumnsWithGapsAreLearntFrom() {
        String dataset = client.uploadFile(DATA + "bookings.csv");
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'cancelled','split':{'seed':1},'hyperparameters':{'epochs':30,'seed':1}}",
                dataset));

        assertThat(job.at("/specification/features").toString()).doesNotContain("booking_id");
        assertThat(job.path("warnings").toString()).contains("currency", "booking_id");
        assertThat(client.get("/v1/models/bookings/versions/1")
                        .expect(200)
                        .json()
                        .at("/evaluation/test/accuracy")
                        .asDouble())
                .isGreaterThan(0.7);
    }

    @Test
    void anUploadIsTheSameInEveryForm() throws IOException {
        byte[] csv = Files.readAllBytes(IRIS);
        List<JsonNode> datasets = List.of(
                client.upload("iris.csv", csv, null).expect(201).json(),
                client.upload("iris.csv.gz", gzip(csv), "{\"name\": \"iris\", \"description\": \"flowers\"}")
                        .expect(201)
                        .json(),
                client.post("/v1/datasets?name=iris", "text/csv", csv)
                        .expect(201)
                        .json(),
                client.post("/v1/datasets?name=iris", "text/csv", gzip(csv), "Content-Encoding", "gzip")
                        .expect(201)
                        .json(),
                client.post(
                                "/v1/datasets?name=iris&header=true",
                                "text/tab-separated-values",
                                new String(csv, StandardCharsets.UTF_8)
                                        .replace(',', '\t')
                                        .getBytes(StandardCharsets.UTF_8))
                        .expect(201)
                        .json());
        for (JsonNode dataset : datasets) {
            assertThat(dataset.path("name").asString()).isEqualTo("iris");
            assertThat(dataset.path("rows").asInt()).isEqualTo(150);
            assertThat(dataset.path("columns").size()).isEqualTo(5);
        }
        for (JsonNode dataset : datasets.subList(0, 4)) {
            assertThat(dataset.path("sha256")).isEqualTo(datasets.get(0).path("sha256"));
            String address = "/v1/datasets/" + dataset.path("id").asString();
            assertThat(client.get(address + "/content").expect(200).bytes()).isEqualTo(csv);
            assertThat(client.get(address).expect(200).json()).isEqualTo(dataset);
        }
    }

    @Test
    void rowsComeAsTheyStandInTheFile() {
        String dataset = client.uploadText("rows", "n,x,level,day\n1,0.5,\"a, b\",2026-01-02\n2,,ä,\n");

        JsonNode rows = client.get("/v1/datasets/" + dataset + "/rows?offset=0&limit=5")
                .expect(200)
                .json();

        assertThat(rows.path("data").toString())
                .isEqualTo("[{\"n\":1,\"x\":0.5,\"level\":\"a, b\",\"day\":\"2026-01-02\"},"
                        + "{\"n\":2,\"x\":null,\"level\":\"ä\",\"day\":null}]");
        assertThat(rows.path("total").asInt()).isEqualTo(2);
        assertThat(client.get("/v1/datasets/" + dataset + "/rows?offset=1&limit=1")
                        .expect(200)
                        .json()
                        .path("data")
                        .size())
                .isOne();
    }

    @Test
    void aJobIsValidatedTrainedReadAndDeleted() {
        String dataset = client.uploadFile(IRIS.toString());
        ObjectNode request = json(
                "{'dataset':'%s','target':'species','name':'whole way','hyperparameters':{'epochs':40,'seed':3},"
                        + "'metadata':{'team':'a'}}",
                dataset);
        int jobsBefore = client.get("/v1/training-jobs?limit=100")
                .expect(200)
                .json()
                .path("data")
                .size();

        JsonNode validation =
                client.post("/v1/training-jobs:validate", request).expect(200).json();

        assertThat(validation.path("parameter_count").asInt()).isEqualTo(4 * 64 + 64 + 64 * 3 + 3);
        assertThat(client.get("/v1/training-jobs?limit=100")
                        .expect(200)
                        .json()
                        .path("data")
                        .size())
                .isEqualTo(jobsBefore);

        DescentClient.Answer accepted =
                client.post("/v1/training-jobs", request).expect(202);
        String id = accepted.json().path("id").asString();
        assertThat(accepted.headers())
                .containsEntry("location", "/v1/training-jobs/" + id)
                .containsKey("retry-after");
        assertThat(accepted.json().path("specification")).isEqualTo(validation.path("specification"));
        JsonNode job = client.awaitEnd(id);
        assertThat(job.path("status").asString()).isEqualTo("succeeded");
        assertThat(job.path("stop_reason").asString()).isEqualTo("completed");
        assertThat(job.at("/progress/step").asInt()).isEqualTo(40 * 4);
        assertThat(job.at("/provenance/blas").asString()).startsWith("oneDNN");
        assertThat(DescentClient.statuses(job)).containsExactly("queued", "running", "succeeded");

        String metrics = "/v1/training-jobs/" + id + "/metrics";
        JsonNode all = client.get(metrics).expect(200).json();
        assertThat(all.path("sampled").asBoolean()).isFalse();
        assertThat(all.path("data").size()).isEqualTo(40);
        JsonNode some = client.get(metrics + "?max_points=4&keys=train_loss")
                .expect(200)
                .json();
        assertThat(some.path("sampled").asBoolean()).isTrue();
        assertThat(some.path("data").size()).isEqualTo(4);
        assertThat(some.at("/data/0").has("validation_loss")).isFalse();
        List<String> csv = client.get(metrics, "Accept", "text/csv")
                .expect(200)
                .text()
                .lines()
                .toList();
        assertThat(csv).hasSize(41);
        assertThat(csv.get(0)).startsWith("epoch,step,at,train_loss,validation_loss,train_accuracy");
        List<String> someCsv = client.get(metrics + "?max_points=4&keys=train_loss", "Accept", "text/csv")
                .expect(200)
                .text()
                .lines()
                .toList();
        assertThat(someCsv).hasSize(5);
        assertThat(someCsv.get(0)).isEqualTo("epoch,step,at,train_loss");

        client.delete("/v1/training-jobs/" + id).expect(204);
        client.get("/v1/training-jobs/" + id).expect(404);
        client.get(metrics).expect(404);
        client.delete("/v1/datasets/" + dataset).expect(204);
        client.get("/v1/datasets/" + dataset + "/content").expect(404);
        assertThat(client.get("/v1/models/"
                                + validation.at("/specification/model").asString())
                        .expect(200)
                        .json()
                        .path("newest_version")
                        .asInt())
                .isOne();
    }

    @Test
    void aPredictionIsTheSameInEveryForm() {
        String dataset = client.uploadFile(IRIS.toString());
        client.train(
                json("{'dataset':'%s','target':'species','model':'forms','hyperparameters':{'epochs':20}}", dataset));
        String address = "/v1/models/forms/predict?version=1";

        JsonNode byRows = client.post(
                        address,
                        json("{'rows':[{'sepal_length':5.1,'sepal_width':3.5,'petal_length':1.4,'petal_width':0.2},"
                                + "{'petal_width':2.0,'sepal_length':6.5,'sepal_width':3.0,'petal_length':5.8}]}"))
                .expect(200)
                .json();
        JsonNode byFrame = client.post(
                        address,
                        json(
                                "{'dataframe_split':{'columns':['petal_width','sepal_length','sepal_width','petal_length'],"
                                        + "'data':[[0.2,5.1,3.5,1.4],[2.0,6.5,3.0,5.8]]}}"))
                .expect(200)
                .json();
        byte[] csv = "sepal_length,sepal_width,petal_length,petal_width\n5.1,3.5,1.4,0.2\n6.5,3.0,5.8,2.0\n"
                .getBytes(StandardCharsets.UTF_8);
        JsonNode byCsv = client.post(address, "text/csv", csv).expect(200).json();
        List<String> asCsv = client.post(address, "text/csv", csv, "Accept", "text/csv")
                .expect(200)
                .text()
                .lines()
                .toList();

        assertThat(byFrame).isEqualTo(byRows);
        assertThat(byCsv).isEqualTo(byRows);
        assertThat(asCsv.get(0)).isEqualTo("label,probability_setosa,probability_versicolor,probability_virginica");
        for (int row = 0; row < 2; row++) {
            JsonNode prediction = byRows.path("predictions").get(row);
            double sum = 0;
            for (JsonNode probability : prediction.path("probabilities")) {
                sum += probability.asDouble();
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
            assertThat(asCsv.get(row + 1))
                    .startsWith(prediction.path("label").asString() + ","
                            + prediction.at("/probabilities/setosa").asDouble());
        }
        assertThat(byRows.at("/predictions/0/label").asString()).isEqualTo("setosa");
    }

    @Test
    void whatWasDoneToACellIsSaidAndNotAnError() {
        String dataset = client.uploadText("gaps", """
                size,colour,big
                1,red,no
                2,red,no
                3,blue,no
                4,blue,yes
                5,red,yes
                6,blue,yes
                7,red,yes
                8,blue,yes
                """);
        client.train(json(
                "{'dataset':'%s','target':'big','model':'gaps','split':{'train':1,'validation':0,'test':0},"
                        + "'hyperparameters':{'epochs':3}}",
                dataset));

        JsonNode answer = client.post(
                        "/v1/models/gaps/predict",
                        json(
                                "{'rows':[{'size':null,'colour':'green'},{'size':99,'colour':null}],'explain_inputs':true}"))
                .expect(200)
                .json();

        assertThat(answer.path("warnings").toString())
                .contains(
                        "median, 4.5",
                        "most frequent level",
                        "blue",
                        "training part doesn't have",
                        "outside the range");
        assertThat(answer.at("/predictions/0/inputs").toString())
                .isEqualTo(
                        "[{\"column\":\"size\",\"finding\":\"imputed\"},{\"column\":\"colour\",\"finding\":\"unseen\"}]");
        assertThat(answer.at("/predictions/1/inputs").toString())
                .isEqualTo(
                        "[{\"column\":\"size\",\"finding\":\"out_of_range\"},{\"column\":\"colour\",\"finding\":\"imputed\"}]");
    }

    @Test
    void aNumericTargetWithFewWholeValuesIsRegressionAndTheAlternativeIsNamed() {
        String dataset = client.uploadFile("src/main/resources/samples/digits.csv");

        JsonNode validation = client.post(
                        "/v1/training-jobs:validate", json("{'dataset':'%s','target':'label'}", dataset))
                .expect(200)
                .json();

        assertThat(validation.at("/specification/task").asString()).isEqualTo("regression");
        assertThat(validation.path("warnings").toString()).contains("label", "\\\"task\\\": \\\"classification\\\"");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
