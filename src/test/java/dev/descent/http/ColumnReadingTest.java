package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What is written in a file is what comes back, and nothing about a cell is guessed silently. */
@DescentTest
class ColumnReadingTest {

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    private static String csv(String... labels) {
        SplittableRandom random = new SplittableRandom(7);
        return IntStream.range(0, 150)
                .mapToObj(row ->
                        "%.3f,%s\n".formatted(random.nextDouble() + row % labels.length, labels[row % labels.length]))
                .collect(Collectors.joining("", "x,y\n", ""));
    }

    private JsonNode dataset(String id) {
        return client.get("/v1/datasets/" + id).expect(200).json();
    }

    /** Versions, codes, ids and numbers with a fraction of zero. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1 1.10 1.2",
                "02134 2134 00501",
                "9007199254740992 9007199254740993 9007199254740994",
                "1.0 2.0 3.0",
                "+1 1 1e0"
            })
    void labelsKeepTheirSpelling(String labels) {
        String[] written = labels.split(" ");
        String id = client.uploadText("labels", csv(written));
        String job = client.submit(json("""
                {'dataset':'%s','target':'y','task':'classification','model':'labels-%d','hyperparameters':{'epochs':2}}""".formatted(id, labels.length())));

        JsonNode ended = client.awaitEnd(job);

        assertThat(ended.path("status").asString()).isEqualTo("succeeded");
        JsonNode model = client.get("/v1/models/labels-%d/versions/%d"
                        .formatted(labels.length(), ended.at("/model/version").asInt()))
                .expect(200)
                .json();
        assertThat(model.at("/outputs/0/labels").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(written);
        client.post(
                        "/v1/training-jobs:validate",
                        json(
                                "{'dataset':'%s','target':'y','task':'classification','hyperparameters':{'class_weights':{'%s':2,'%s':1,'%s':1}}}"
                                        .formatted(id, written[0], written[1], written[2])))
                .expect(200);
    }

    @Test
    void rowsShowDoubtfulNumbersAsTheyAreWritten() {
        String id = client.uploadText(
                "codes", "code,id,price\n02134,9007199254740993,1.10\n2134,1234567890123456789,2.50\n");

        JsonNode rows =
                client.get("/v1/datasets/%s/rows".formatted(id)).expect(200).json();

        assertThat(rows.at("/data/0")).isEqualTo(json("{'code':'02134','id':'9007199254740993','price':1.1}"));
        assertThat(rows.at("/data/1")).isEqualTo(json("{'code':'2134','id':'1234567890123456789','price':2.5}"));
        assertThat(dataset(id).path("warnings").valueStream().map(JsonNode::asString))
                .anySatisfy(
                        warning -> assertThat(warning)
                                .startsWith(
                                        "Column \"code\" has numbers with leading zeros, such as \"02134\" in line 2; rows show"))
                .anySatisfy(
                        warning -> assertThat(warning)
                                .startsWith(
                                        "Column \"id\" has integers too large to be exact as numbers, such as \"9007199254740993\" in line 2;"));
    }

    private String withOneBadCell(String bad) {
        SplittableRandom random = new SplittableRandom(8);
        return client.uploadText(
                "bad",
                IntStream.range(0, 1_000)
                        .mapToObj(row ->
                                "%s,%.2f\n".formatted(row == 999 ? bad : random.nextInt(17, 91), random.nextDouble()))
                        .collect(Collectors.joining("", "age,y\n", "")));
    }

    @Test
    void aMarkerAmongNumbersIsMissingInRowsAndTraining() {
        String id = withOneBadCell("N/A");

        JsonNode column = dataset(id).at("/columns/0");
        assertThat(column.path("type").asString()).isEqualTo("numeric");
        assertThat(column.path("missing").asInt()).isEqualTo(1);
        assertThat(column.path("reading"))
                .isEqualTo(json("{'type':'numeric','missing_values':['n/a'],'doubtful':false}"));
        assertThat(client.get("/v1/datasets/%s/rows?offset=999".formatted(id))
                        .expect(200)
                        .json()
                        .at("/data/0/age")
                        .isNull())
                .isTrue();
        JsonNode validation = client.post(
                        "/v1/training-jobs:validate", json("{'dataset':'%s','target':'y'}".formatted(id)))
                .expect(200)
                .json();
        assertThat(texts(validation.path("warnings")))
                .contains(
                        "Column \"age\" is read as numeric: 999 of 1,000 are numbers; line 1001 has \"N/A\", which counts as missing; declare its type or missing_values to say otherwise");
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void aBadCellIsNamedAndNeverChangesTheTaskSilently() {
        String id = withOneBadCell("unknown");

        assertThat(texts(dataset(id).path("warnings")))
                .contains(
                        "Column \"age\" is read as categorical, although 999 of 1,000 are numbers; line 1001 has \"unknown\"; if that means a missing value, name it in missing_values, and else declare the type of the column");
        client.post("/v1/training-jobs:validate", json("{'dataset':'%s','target':'age'}".formatted(id)))
                .expectFault(
                        422,
                        "#/task",
                        "\"age\" is of type categorical only because",
                        "999 of 1,000 are numbers; line 1001 has \"unknown\"");
        client.post(
                        "/v1/training-jobs:validate",
                        json("{'dataset':'%s','target':'age','task':'regression'}".formatted(id)))
                .expectFault(422, "#/task", "line 1001 has \"unknown\"");
        JsonNode validation = client.post(
                        "/v1/training-jobs:validate",
                        json("{'dataset':'%s','target':'age','task':'classification'}".formatted(id)))
                .expect(200)
                .json();
        assertThat(texts(validation.path("warnings")))
                .anySatisfy(warning -> assertThat(warning).contains("line 1001 has \"unknown\""));
    }

    @Test
    void aLevelThatTrainingCutIsRareAndNotUnseen() {
        String csv = IntStream.range(0, 6_000)
                .mapToObj(row ->
                        "s%d,%d,%d\n".formatted(row < 5_000 ? row % 1_000 : 1_000 + row % 500, row % 7, row * 11 % 13))
                .collect(Collectors.joining("", "store,x,y\n", ""));
        String id = client.upload(
                        "stores.csv",
                        csv.getBytes(StandardCharsets.UTF_8),
                        "{\"columns\":{\"store\":{\"type\":\"categorical\"}}}")
                .expect(201)
                .id();
        JsonNode ended = client.awaitEnd(client.submit(json(
                "{'dataset':'%s','target':'y','model':'stores','network':{'layers':[]},'split':{'train':1,'validation':0,'test':0},'hyperparameters':{'epochs':1}}"
                        .formatted(id))));

        assertThat(texts(ended.path("warnings")))
                .anySatisfy(warning ->
                        assertThat(warning).contains("levels, of which training keeps the 1,000 most frequent"));
        JsonNode predicted = client.post(
                        "/v1/models/stores/predict",
                        json("{'rows':[{'store':'s1499','x':1},{'store':'other','x':1}],'explain_inputs':true}"))
                .expect(200)
                .json();
        assertThat(predicted.at("/predictions/0/inputs/0/finding").asString()).isEqualTo("rare");
        assertThat(predicted.at("/predictions/1/inputs/0/finding").asString()).isEqualTo("unseen");
    }
}
