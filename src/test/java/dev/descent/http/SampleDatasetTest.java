package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.access.key.ApiKeys;
import dev.descent.access.key.TestKeys;
import dev.descent.principal.Scope;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Samples as clients get them. */
@DescentTest
class SampleDatasetTest {

    private static final String SAMPLE = "/v1/datasets:sample";

    private final DescentClient client;
    private final ApiKeys keys;

    SampleDatasetTest(@LocalServerPort int port, @Autowired ApiKeys keys) {
        this.client = new DescentClient(port);
        this.keys = keys;
    }

    private Answer sample(String request, String... headers) {
        return client.post(SAMPLE, json(request), headers);
    }

    @ParameterizedTest
    @CsvSource({
        "iris, 150, species, classification",
        "digits, 1797, label, classification",
        "breast_cancer, 569, diagnosis, classification",
        "diabetes, 442, progression, regression",
        "xor, 1000, signs, classification",
        "circles, 1000, circle, classification",
        "spirals, 1000, arm, classification",
        "moons, 1000, moon, classification",
        "gaussians, 1000, cloud, classification",
        "friedman, 1000, y, regression",
        "planes, 1000, y, regression"
    })
    void aSampleIsADatasetToTrainOn(String name, int rows, String target, String task) {
        JsonNode dataset = sample("{'name':'%s'}".formatted(name)).expect(201).json();

        assertThat(dataset.path("name").asString()).isEqualTo(name);
        assertThat(dataset.path("rows").asInt()).isEqualTo(rows);
        assertThat(dataset.path("description").asString()).isNotEmpty();
        JsonNode validated = client.post(
                        "/v1/training-jobs:validate",
                        json(
                                "{'dataset':'%s','target':'%s'}",
                                dataset.path("id").asString(), target))
                .expect(200)
                .json();
        assertThat(validated.at("/specification/task").asString()).isEqualTo(task);
    }

    @Test
    void whatWasAskedForCanBeReadAndMadeAgain() {
        Answer made =
                sample("{'name':'spirals','rows':1000,'noise':0.1,'seed':1}").expect(201);
        JsonNode dataset = made.json();

        assertThat(made.headers()).containsEntry("Location", "/v1/datasets/" + made.id());
        assertThat(dataset.path("description").asString())
                .isEqualTo("Two spirals around each other, as the TensorFlow Playground draws them: "
                        + "1,000 rows, noise 0.1, seed 1. Target: arm");
        assertThat(client.get("/v1/datasets/%s/content".formatted(made.id()))
                        .expect(200)
                        .text()
                        .lines())
                .hasSize(1_001)
                .first()
                .isEqualTo("x1,x2,arm");

        JsonNode again = sample("{'name':'spirals','seed':1}").expect(201).json();
        JsonNode other = sample("{'name':'spirals','seed':2}").expect(201).json();
        assertThat(again.path("sha256")).isEqualTo(dataset.path("sha256"));
        assertThat(again.path("id")).isNotEqualTo(dataset.path("id"));
        assertThat(other.path("sha256")).isNotEqualTo(dataset.path("sha256"));
    }

    @Test
    void aNetworkLearnsWhatALinearModelCannot() {
        String dataset =
                sample("{'name':'circles','rows':400,'seed':5}").expect(201).id();

        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'circle','hyperparameters':{'epochs':60,'seed':1},'optimizer':{'type':'adam','learning_rate':0.01}}",
                dataset));

        assertThat(job.at("/latest/validation_accuracy").asDouble()).isGreaterThan(0.95);
    }

    @Test
    void allFaultsAreToldAtOnce() {
        Answer answer = sample("{'name':'spiral','rows':1,'noise':-0.1,'seed':1.5,'colour':'red'}");

        answer.expectFault(422, "#/name", "\"spiral\"", "xor", "planes");
        answer.expectFault(422, "#/rows", "rows is 1", "2 to 1000000");
        answer.expectFault(422, "#/noise", "-0.1", "0 to 10");
        answer.expectFault(422, "#/seed", "1.5");
        answer.expectFault(422, "#/colour", "accepted: name, noise, rows, seed");
        sample("{}").expectFault(422, "#/name", "name is required");
        client.post(SAMPLE, "[]").expectFault(422, "#", "an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows", "noise", "seed"})
    void aShippedFileHasNothingToChoose(String setting) {
        sample("{'name':'iris','%s':2,'colour':1}".formatted(setting))
                .expectFault(422, "#/" + setting, setting + " is 2", "no " + setting + " for iris", "150 rows")
                .expectFault(422, "#/colour", "not known here");
        sample("{'name':'iris','%s':null}".formatted(setting)).expect(201);
    }

    @Test
    void aKeyMakesOneDataset() {
        String first = sample("{'name':'moons'}", "Idempotency-Key", "moons")
                .expect(201)
                .id();

        assertThat(sample("{'name':'moons'}", "Idempotency-Key", "moons")
                        .expect(201)
                        .id())
                .isEqualTo(first);
        sample("{'name':'moons','seed':3}", "Idempotency-Key", "moons").expect(422);
    }

    @Test
    void samplesBelongToWhoMadeThem() {
        DescentClient ann = client.as(TestKeys.make(keys, "sample-ann", Scope.READ, Scope.TRAIN));
        DescentClient ben = client.as(TestKeys.make(keys, "sample-ben", Scope.READ));

        String dataset = ann.post(SAMPLE, "{\"name\":\"iris\"}").expect(201).id();

        assertThat(ann.get("/v1/usage").expect(200).json().at("/storage/used").asLong())
                .isPositive();
        ben.get("/v1/datasets/" + dataset).expect(404);
        ben.post(SAMPLE, "{\"name\":\"iris\"}").expect(403);
        client.as(null).post(SAMPLE, "{\"name\":\"iris\"}").expect(401);
        JsonNode written = client.get("/v1/audit?limit=20").expect(200).json().path("data");
        assertThat(written).anySatisfy(entry -> {
            assertThat(entry.path("route").asString()).isEqualTo(SAMPLE);
            assertThat(entry.path("owner").asString()).isEqualTo("sample-ann");
            assertThat(entry.path("resource").asString()).contains(dataset);
        });
    }
}
