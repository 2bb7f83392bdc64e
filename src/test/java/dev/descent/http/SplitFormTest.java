package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Every form of a split, on rows of the iris and the diabetes data. */
@DescentTest
class SplitFormTest {

    private static final String DATA = "src/test/resources/data/";

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    @Test
    void aColumnSaysWhichRowIsInWhichPart() throws IOException {
        String dataset = irisWith("part", row -> row % 5 == 3 ? "validation" : row % 5 == 4 ? "test" : "train");

        JsonNode job = train(dataset, "species", "{'column':'part'}");

        assertThat(job.at("/specification/split")).isEqualTo(json("{'column':'part'}"));
        assertThat(features(job)).doesNotContain("part").hasSize(4);
        assertThat(job.path("warnings").toString()).contains("\\\"part\\\" says how rows are split and was left out");
        assertThat(job.at("/best/validation_loss").asDouble()).isPositive();
        assertThat(job.at("/latest/validation_loss").asDouble()).isPositive();
    }

    /** All rows of the last class are tested, so none of them is learnt: a random split would learn all three. */
    @Test
    void theRowsOfAPartAreThoseThatTheColumnNames() throws IOException {
        String odd = irisWith("part", row -> row < 100 ? "train" : "validation");

        JsonNode job = train(odd, "species", "{'column':'part'}");

        assertThat(job.at("/latest/train_accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(job.at("/latest/validation_accuracy").asDouble()).isZero();
    }

    @Test
    void valuesThatNameNoPartAreRefusedAtOnce() throws IOException {
        String dataset = irisWith("part", row -> row == 6 ? "holdout" : row == 9 ? "" : "train");

        for (String path : List.of("/v1/training-jobs", "/v1/training-jobs:validate")) {
            client.post(path, request(dataset, "species", "{'column':'part'}"))
                    .expectFault(422, "#/split/column", "\"part\" is missing in 1 row")
                    .expectFault(
                            422,
                            "#/split/column",
                            "\"part\" is \"holdout\" in 1 row; accepted: train, validation, test");
        }
    }

    /** Where some rows have no target, only the data shows whether a wrong value is in one of them. */
    @Test
    void theFirstRowOfAWrongValueIsNamedOnceTheDataIsRead() {
        String csv = "x,y,part\n"
                + IntStream.range(0, 30)
                        .mapToObj(row -> "%d,%s,%s"
                                .formatted(
                                        row, row == 3 ? "" : row * 0.5, row == 17 || row == 19 ? "holdout" : "train"))
                        .collect(Collectors.joining("\n"));
        String dataset = client.uploadText("few", csv);
        String wrong = "\"part\" is \"holdout\" in 2 rows (the first is row 18); accepted: train, validation, test";

        client.post("/v1/training-jobs:validate", request(dataset, "y", "{'column':'part'}"))
                .expectFault(422, "#/split/column", wrong);
        JsonNode job = client.train(request(dataset, "y", "{'column':'part'}"));

        assertThat(job.path("status").asString()).isEqualTo("failed");
        assertThat(job.at("/error/pointer").asString()).isEqualTo("#/split/column");
        assertThat(job.at("/error/message").asString()).isEqualTo(wrong);
    }

    @Test
    void theNewestRowsAreTested() throws IOException {
        String dataset = irisWith("day", row -> "2026-%02d-%02d".formatted(1 + row / 28, 1 + row % 28));

        JsonNode job = train(dataset, "species", "{'time':'day','train':2,'validation':1,'test':0}");

        assertThat(job.at("/specification/split/train").asDouble()).isEqualTo(2 / 3.0);
        assertThat(features(job)).as("a time may be a feature").contains("day");
        // The rows are in the order of their classes: the last one is not learnt.
        assertThat(job.at("/latest/validation_accuracy").asDouble()).isZero();
    }

    @Test
    void noGroupIsInTwoParts() throws IOException {
        // A group is a class here, so whatever is validated was not learnt.
        String dataset = irisWith("plant", row -> "plant " + row / 50);

        JsonNode job = train(dataset, "species", "{'group':'plant','train':1,'validation':1,'test':0,'seed':3}");

        assertThat(features(job)).doesNotContain("plant").hasSize(4);
        assertThat(job.at("/latest/validation_accuracy").asDouble()).isZero();
    }

    @Test
    void aRegressionIsStratifiedWhereItSaysSo() {
        String diabetes = client.uploadFile(DATA + "diabetes.csv");
        String target = "progression";

        assertThat(validated(diabetes, target, "{}")
                        .at("/specification/split/stratify")
                        .asBoolean())
                .isFalse();
        assertThat(validated(diabetes, target, "{'stratify':true}")
                        .at("/specification/split/stratify")
                        .asBoolean())
                .isTrue();
        assertThat(train(diabetes, target, "{'stratify':true,'seed':2}")
                        .path("status")
                        .asString())
                .isEqualTo("succeeded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'column':'nothing'} | #/split/column | column is \"nothing\"; accepted: one of sepal_length",
                "{'column':'species'} | #/split/column | \"species\" is the target",
                "{'column':'petal_width'} | #/split/column | \"petal_width\" is of type numeric; accepted: a column of train, validation, test",
                "{'column':'extra'} | #/split/column | \"extra\" has at least",
                "{'time':'extra'} | #/split/time | is of type",
                "{'time':'nothing'} | #/split/time | time is \"nothing\"",
                "{'group':'species'} | #/split/group | \"species\" is the target",
                "{'column':'extra','train':0.5} | #/split | split has column and train together; accepted: {train, validation, test, stratify, seed} or {column} or"
            })
    void aColumnThatCannotSplitIsRefused(String split, String pointer, String detail) throws IOException {
        String dataset = irisWith("extra", row -> "level %d".formatted(row));

        client.post("/v1/training-jobs", request(dataset, "species", split)).expectFault(422, pointer, detail);
    }

    /** The last of the fifty rows of a class is another class of its own. */
    @Test
    void whatMakesScoresDoubtfulIsToldByValidateAndByTheJob() {
        String csv = "x,y\n"
                + IntStream.range(0, 60)
                        .mapToObj(row -> row % 30 + "," + (row == 59 ? "odd" : row % 2 == 0 ? "even" : "other"))
                        .collect(Collectors.joining("\n"));
        String dataset = client.uploadText("twice", csv);
        String split = "{'train':2,'validation':1,'test':1,'seed':4}";

        String validated = validated(dataset, "y", split).path("warnings").toString();
        String trained = train(dataset, "y", split).path("warnings").toString();

        assertThat(validated)
                .isEqualTo(trained)
                .contains(
                        "Class \\\"odd\\\" (1 row) has rows in the training part alone, so validation and test cannot score it")
                .containsPattern(
                        "\"\\d+ rows of the validation part and \\d+ of the test part have the same features as a training row\"");
    }

    /** A leave-out is a default; users know best. */
    @Test
    void aColumnThatIsNamedAsAFeatureIsOne() throws IOException {
        String dataset = irisWith("plant", row -> "plant " + row % 10);

        JsonNode validation = client.post(
                        "/v1/training-jobs:validate",
                        json(
                                "{'dataset':'%s','target':'species','features':['petal_width','plant'],'split':{'group':'plant'}}",
                                dataset))
                .expect(200)
                .json();

        assertThat(features(validation)).containsExactly("petal_width", "plant");
        assertThat(validation.path("warnings").toString()).doesNotContain("was left out");
    }

    private static List<String> features(JsonNode job) {
        return job.at("/specification/features")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private JsonNode validated(String dataset, String target, String split) {
        return client.post("/v1/training-jobs:validate", request(dataset, target, split))
                .expect(200)
                .json();
    }

    private JsonNode train(String dataset, String target, String split) {
        JsonNode job = client.train(request(dataset, target, split));
        assertThat(job.path("status").asString()).as(job.toString()).isEqualTo("succeeded");
        return job;
    }

    private static JsonNode request(String dataset, String target, String split) {
        return json(
                "{'dataset':'%s','target':'%s','split':%s,'hyperparameters':{'epochs':30,'seed':1}}",
                dataset, target, split);
    }

    private String irisWith(String column, IntFunction<String> cell) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(DATA, "iris.csv"));
        String csv = lines.get(0) + "," + column + "\n"
                + IntStream.range(1, lines.size())
                        .mapToObj(line -> lines.get(line) + "," + cell.apply(line - 1))
                        .collect(Collectors.joining("\n"));
        return client.uploadText("iris-" + column, csv);
    }
}
