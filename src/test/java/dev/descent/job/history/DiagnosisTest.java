package dev.descent.job.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Verdicts on trainings that were made to go wrong in a known way, and the value of the suggestions. */
@DescentTest
class DiagnosisTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private DescentClient client;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new DescentClient(port);
    }

    @Test
    void aLinearNetworkOnCirclesUnderfitsAndALargerOneDoesBetter() {
        JsonNode job = client.train(request(
                client.uploadText("circles", circles(300)), "{\"layers\":[]}", "{\"epochs\":60,\"seed\":3}", 0.01));

        JsonNode diagnosis = diagnosis(job);

        assertThat(diagnosis.path("verdict").asString()).isEqualTo("underfitting");
        assertThat(rules(diagnosis)).contains("near_baseline");
        JsonNode first = diagnosis.path("suggestions").get(0);
        assertThat(first.at("/patch/network/layers").size()).isPositive();
        JsonNode mended = client.train(patched(job, first.path("patch")));
        assertThat(bestLoss(mended)).isLessThan(0.5 * bestLoss(job));
        assertThat(diagnosis(mended).path("verdict").asString()).isEqualTo("good_fit");
    }

    @Test
    void aLargeNetworkOnSixtyNoisyRowsOverfitsAndItsSuggestionsLowerTheValidationLoss() {
        JsonNode request = request(
                client.uploadText("noisy", noisy(360)),
                "{\"layers\":[{\"type\":\"dense\",\"units\":256},{\"type\":\"relu\"},{\"type\":\"dense\",\"units\":256},{\"type\":\"relu\"}]}",
                "{\"epochs\":100,\"seed\":3}",
                0.003);
        List<JsonNode> jobs = trainOnSixtyRows(request);

        JsonNode diagnosis = diagnosis(jobs.get(0));

        assertThat(diagnosis.path("verdict").asString()).isEqualTo("overfitting");
        assertThat(rules(diagnosis)).contains("validation_loss_turned");
        assertThat(diagnosis.path("suggestions").size()).isEqualTo(3);
        for (JsonNode suggestion : diagnosis.path("suggestions")) {
            List<JsonNode> mended = trainOnSixtyRows(patched(jobs.get(0), suggestion.path("patch")));
            assertThat(mean(mended, DiagnosisTest::lastLoss))
                    .as(suggestion.path("detail").asString())
                    .isLessThan(mean(jobs, DiagnosisTest::lastLoss));
            boolean onlySavesTime = suggestion.at("/patch/hyperparameters").has("early_stopping");
            if (!onlySavesTime) {
                assertThat(mean(mended, DiagnosisTest::bestLoss))
                        .as(suggestion.path("detail").asString())
                        .isLessThan(mean(jobs, DiagnosisTest::bestLoss));
            }
        }
    }

    /** With several splits, because a single one may be lucky. */
    private List<JsonNode> trainOnSixtyRows(JsonNode request) {
        return IntStream.range(3, 6)
                .mapToObj(seed -> {
                    ObjectNode seeded = (ObjectNode) request.deepCopy();
                    ((ObjectNode) seeded.path("split"))
                            .put("train", 1)
                            .put("validation", 4)
                            .put("test", 1)
                            .put("seed", seed);
                    return client.train(seeded);
                })
                .toList();
    }

    private static double mean(List<JsonNode> jobs, ToDoubleFunction<JsonNode> measure) {
        return jobs.stream().mapToDouble(measure).average().orElseThrow();
    }

    @Test
    void aSoundNetworkFitsWell() {
        JsonNode job = client.train(request(
                client.uploadText("circles", circles(600)),
                "{\"layers\":[{\"type\":\"dense\",\"units\":32},{\"type\":\"tanh\"}]}",
                "{\"epochs\":80,\"seed\":3}",
                0.01));

        JsonNode diagnosis = diagnosis(job);

        assertThat(diagnosis.path("verdict").asString()).isEqualTo("good_fit");
        assertThat(diagnosis.path("confidence").asDouble()).isBetween(0.5, 1.0);
    }

    @Test
    void aRateFarTooLargeDivergesAndASmallerOneDoesNot() {
        ObjectNode request = (ObjectNode)
                request(client.uploadText("noisy", noisy(60)), "{\"layers\":[]}", "{\"epochs\":50,\"seed\":3}", 0.003);
        request.putObject("optimizer").put("type", "sgd").put("learning_rate", 90);
        JsonNode job = client.train(request);

        JsonNode diagnosis = diagnosis(job);

        assertThat(job.path("status").asString()).isEqualTo("failed");
        assertThat(job.path("stop_reason").asString()).isEqualTo("diverged");
        assertThat(diagnosis.path("verdict").asString()).isEqualTo("diverging");
        assertThat(diagnosis.at("/suggestions/0/patch/optimizer/learning_rate").asDouble())
                .isEqualTo(9);
    }

    @Test
    void aFewEpochsSayNothing() {
        JsonNode job = client.train(request(
                client.uploadText("circles", circles(100)), "{\"layers\":[]}", "{\"epochs\":3,\"seed\":3}", 0.01));

        assertThat(diagnosis(job).path("verdict").asString()).isEqualTo("too_early");
        assertThat(diagnosis(job).path("suggestions").size()).isZero();
    }

    /** Two rings around the origin, which no straight line separates. */
    private static String circles(int rows) {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder csv = new StringBuilder("x,y,ring\n");
        for (int row = 0; row < rows; row++) {
            double angle = random.nextDouble(2 * Math.PI);
            double radius = (row % 2 == 0 ? 1 : 2) + random.nextDouble(-0.2, 0.2);
            csv.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%s%n",
                    radius * Math.cos(angle),
                    radius * Math.sin(angle),
                    row % 2 == 0 ? "inner" : "outer"));
        }
        return csv.toString();
    }

    /** One of ten columns matters a little; the rest is noise. */
    private static String noisy(int rows) {
        SplittableRandom random = new SplittableRandom(2);
        StringBuilder csv = new StringBuilder("a,b,c,d,e,f,g,h,i,j,target\n");
        for (int row = 0; row < rows; row++) {
            double first = 0;
            for (int column = 0; column < 10; column++) {
                double value = random.nextDouble(-1, 1);
                first = column == 0 ? value : first;
                csv.append(String.format(Locale.ROOT, "%.4f,", value));
            }
            csv.append(String.format(Locale.ROOT, "%.4f%n", first + random.nextDouble(-1.5, 1.5)));
        }
        return csv.toString();
    }

    private JsonNode request(String dataset, String network, String hyperparameters, double learningRate) {
        JsonNode columns =
                client.get("/v1/datasets/" + dataset).expect(200).json().path("columns");
        ObjectNode request = JSON.createObjectNode()
                .put("dataset", dataset)
                .put("target", columns.get(columns.size() - 1).path("name").asString());
        request.set("network", JSON.readTree(network));
        request.set("hyperparameters", JSON.readTree(hyperparameters));
        request.set("split", JSON.readTree("{\"train\":6,\"validation\":2,\"test\":2,\"seed\":1}"));
        request.putObject("optimizer").put("type", "adam").put("learning_rate", learningRate);
        return request;
    }

    private JsonNode diagnosis(JsonNode job) {
        return client.get("/v1/training-jobs/%s/diagnosis"
                        .formatted(job.path("id").asString()))
                .expect(200)
                .json();
    }

    /** RFC 7386. */
    private static JsonNode patched(JsonNode job, JsonNode patch) {
        return merge(job.path("specification").deepCopy(), patch);
    }

    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = target.isObject() ? (ObjectNode) target : JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else {
                merged.set(field.getKey(), merge(merged.path(field.getKey()), field.getValue()));
            }
        }
        return merged;
    }

    private static List<String> rules(JsonNode diagnosis) {
        List<String> rules = new ArrayList<>();
        diagnosis
                .path("evidence")
                .forEach(evidence -> rules.add(evidence.path("rule").asString()));
        return rules;
    }

    private static double bestLoss(JsonNode job) {
        return job.at("/best/validation_loss").asDouble();
    }

    private static double lastLoss(JsonNode job) {
        return job.at("/latest/validation_loss").asDouble();
    }
}
