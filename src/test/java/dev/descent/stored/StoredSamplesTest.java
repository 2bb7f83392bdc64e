package dev.descent.stored;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.StartsTheService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever an earlier version stored still works: it is shown in full, predicts the same numbers, and trains to the
 * end.
 */
@StartsTheService
@ParameterizedClass(name = "stored by {0}")
@MethodSource("samples")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoredSamplesTest {

    /** Processors round sums differently. */
    private static final double ROUNDING = 1e-6;

    /** The same after a few hundred steps, each of which builds on the previous one. */
    private static final double ROUNDING_OF_LOSSES = 1e-5;

    private static final double ROUNDING_AFTER_TRAINING = 1e-4;

    /** The computed values of an epoch, without those that a rounding error flips from 0 to 1. */
    private static final List<String> COMPUTED =
            List.of("epoch", "step", "train_loss", "validation_loss", "learning_rate");

    private static final String HISTORY = "/metrics?max_points=10000";

    private static OpenedSample opened;

    private final Sample sample;
    private final DescentClient client = opened.client();

    StoredSamplesTest(Sample sample) {
        this.sample = sample;
    }

    static List<Sample> samples() {
        return Sample.all();
    }

    @BeforeParameterizedClassInvocation
    static void open(Sample sample) throws IOException, SQLException {
        opened = OpenedSample.open(sample);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        opened.close();
    }

    @Test
    void everythingIsShownAsItWas() {
        assertThat(sample.recorded().path("answers").properties())
                .isNotEmpty()
                .allSatisfy(recorded -> assertThat(
                                Differences.between(shownNow(recorded.getValue()), get(client, recorded.getKey())))
                        .isEmpty());
    }

    /** A success is all of the work; earlier versions showed the part of its epochs that it had taken. */
    private static JsonNode shownNow(JsonNode recorded) {
        JsonNode shown = recorded.deepCopy();
        if (shown.path("object").asString().equals("training.job")
                && shown.path("status").asString().equals("succeeded")) {
            ((ObjectNode) shown.path("progress")).put("fraction", 1.0);
        }
        return shown;
    }

    @Test
    void everythingIsInItsList() {
        Map.of("dataset", "/v1/datasets", "training.job", "/v1/training-jobs", "model", "/v1/models")
                .forEach((object, path) -> {
                    JsonNode listed = get(client, path + "?limit=100").path("data");
                    assertThat(recorded(object))
                            .isNotEmpty()
                            .allSatisfy(recorded -> assertThat(listed)
                                    .anySatisfy(item -> assertThat(Differences.between(shownNow(recorded), item))
                                            .isEmpty()));
                });
    }

    @Test
    void theBestCheckpointIsOfTheBestEpochOfItsJob() {
        assertThat(recorded("training.job"))
                .extracting(job -> get(client, path(job)))
                .filteredOn(job ->
                        !get(client, path(job) + "/checkpoints").path("data").isEmpty())
                .isNotEmpty()
                .allSatisfy(job -> assertThat(
                                get(client, path(job) + "/checkpoints").path("data"))
                        .filteredOn(checkpoint -> checkpoint.path("best").asBoolean())
                        .singleElement()
                        .satisfies(best -> {
                            assertThat(best.path("best_epoch")).isEqualTo(job.at("/best/epoch"));
                            assertThat(best.path("best_loss").asDouble())
                                    .isEqualTo(job.at("/best/validation_loss")
                                            .asDouble(job.at("/best/train_loss").asDouble()));
                        }));
    }

    @Test
    void theBytesOfADatasetAreThere() {
        assertThat(recorded("dataset")).isNotEmpty().allSatisfy(dataset -> {
            String path = "/v1/datasets/%s/content".formatted(dataset.path("id").asString());
            assertThat(sha256(client.get(path).expect(200).bytes()))
                    .isEqualTo(dataset.path("sha256").asString());
        });
    }

    @Test
    void aSpecificationIsShownInFullAndIsAValidRequestThatMeansTheSame() {
        assertThat(recorded("training.job")).isNotEmpty().allSatisfy(job -> {
            JsonNode shown = get(client, path(job)).path("specification");
            assertThat(Differences.between(job.path("specification"), shown)).isEmpty();

            DescentClient.Answer response = client.post("/v1/training-jobs:validate", shown);
            JsonNode pointer = job.at("/error/pointer");
            if (pointer.isString()) {
                response.expectFault(422, pointer.asString());
                return;
            }
            JsonNode validation = response.expect(200).json();
            assertThat(validation.path("specification")).isEqualTo(shown);
            assertThat(validation.path("parameter_count")).isEqualTo(job.path("parameter_count"));
        });
    }

    @Test
    void modelsPredictTheSameNumbers() {
        assertThat(sample.recorded().path("predictions"))
                .isNotEmpty()
                .allSatisfy(prediction ->
                        assertThat(differences(prediction, ROUNDING)).isEmpty());
    }

    /** Or the response says that the version of the sample did not name them. */
    @Test
    void theWeightsOfCheckpointsAreThere() {
        JsonNode recorded = sample.recorded().path("weights");
        assertThat(checkpoints()).isNotEmpty().allSatisfy(checkpoint -> {
            String path = "/v1/training-jobs/%s/checkpoints/%s/weights"
                    .formatted(
                            checkpoint.path("job").asString(),
                            checkpoint.path("id").asString());
            if (recorded.has(path)) {
                byte[] file = client.get(path).expect(200).bytes();
                assertThat(tensors(file)).isEqualTo(recorded.path(path));
            } else {
                assertThat(recorded.isMissingNode()).isTrue();
                client.get(path).expect(409);
            }
        });
    }

    private List<JsonNode> checkpoints() {
        return sample.recorded().path("answers").properties().stream()
                .filter(answer -> answer.getKey().endsWith("/checkpoints"))
                .flatMap(answer -> answer.getValue().path("data").valueStream())
                .toList();
    }

    /** The shape and the checksum of every tensor in a safetensors file, by name. */
    private static JsonNode tensors(byte[] file) {
        int start =
                8 + (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        JsonNode header = JsonMapper.shared().readTree(new String(file, 8, start - 8, UTF_8));
        ObjectNode tensors = JsonNodeFactory.instance.objectNode();
        header.properties().stream()
                .filter(tensor -> !tensor.getKey().equals("__metadata__"))
                .forEach(tensor -> {
                    JsonNode offsets = tensor.getValue().path("data_offsets");
                    byte[] data = Arrays.copyOfRange(
                            file,
                            start + offsets.path(0).asInt(),
                            start + offsets.path(1).asInt());
                    tensors.putObject(tensor.getKey())
                            .put("sha256", sha256(data))
                            .set("shape", tensor.getValue().path("shape"));
                });
        return tensors;
    }

    @Test
    void aKeyStillBelongsToItsRequest() {
        JsonNode paused = sample.recorded().path("paused");
        String key = paused.path("idempotency_key").asString();
        ObjectNode request = (ObjectNode) paused.path("request").deepCopy();

        JsonNode job = client.postAgain("/v1/training-jobs", request, "Idempotency-Key", key)
                .expect(202)
                .json();
        assertThat(path(job)).isEqualTo(paused.path("path").asString());
        if (paused.has("answer")) {
            assertThat(job).isEqualTo(paused.path("answer"));
        }

        client.post("/v1/training-jobs", request.put("name", "another"), "Idempotency-Key", key)
                .expect(422);
    }

    /** Runs last, because it changes what the others read. */
    @Test
    @Order(Integer.MAX_VALUE)
    void thePausedJobEndsAsInTheVersionThatPausedIt() throws IOException, SQLException {
        JsonNode recorded = sample.recorded().path("resumed");
        JsonNode expected = recorded.path("job");
        JsonNode ended = resume(client);

        for (String field : List.of("status", "stop_reason", "progress", "model", "specification")) {
            assertThat(Differences.between(expected.path(field), ended.path(field)))
                    .as(field)
                    .isEmpty();
        }
        List<JsonNode> epochs = new ArrayList<>();
        sample.recorded()
                .path("answers")
                .path(path(ended) + HISTORY)
                .path("data")
                .forEach(epochs::add);
        assertThat(epochs).isNotEmpty();
        recorded.path("epochs").forEach(epochs::add);
        assertThat(Differences.between(computed(epochs), computed(history(ended)), ROUNDING_OF_LOSSES))
                .isEmpty();
        assertThat(differences(recorded.path("predictions"), ROUNDING_AFTER_TRAINING))
                .isEmpty();
        if (rounding(ended).equals(rounding(expected))) {
            assertThat(ended.path("weights_sha256")).isEqualTo(expected.path("weights_sha256"));
        }
        // The result is the same on any machine, however many checkpoints are written on the way.
        try (OpenedSample another = OpenedSample.open(sample, "descent.checkpoint-interval=1ms")) {
            assertThat(resume(another.client()).path("weights_sha256")).isEqualTo(ended.path("weights_sha256"));
        }
    }

    private JsonNode resume(DescentClient client) {
        String path = sample.recorded().at("/paused/path").asString();
        JsonNode job = client.post(path + "/resume").expect(200).json();
        return client.awaitEnd(job.path("id").asString());
    }

    private JsonNode history(JsonNode job) {
        return get(client, path(job) + HISTORY).path("data");
    }

    private static JsonNode computed(Iterable<JsonNode> epochs) {
        ArrayNode computed = JsonNodeFactory.instance.arrayNode();
        epochs.forEach(epoch -> computed.add(((ObjectNode) epoch).deepCopy().retain(COMPUTED)));
        return computed;
    }

    /** What rounding depends on: the processor instructions used by the libraries, and the operating system. */
    private static List<String> rounding(JsonNode job) {
        JsonNode provenance = job.path("provenance");
        List<String> system = List.of(provenance.path("os").asString().split(" "));
        return List.of(provenance.path("blas").asString(), system.get(0), system.get(system.size() - 1));
    }

    private List<String> differences(JsonNode prediction, double tolerance) {
        JsonNode recorded = prediction.deepCopy();
        ArrayNode rows = (ArrayNode) recorded.at("/request/rows");
        ArrayNode answers = (ArrayNode) recorded.at("/answer/predictions");
        for (int row = rows.size() - 1; row >= 0; row--) {
            if (isReadOtherwise(rows.get(row))) {
                rows.remove(row);
                answers.remove(row);
            }
        }
        assertThat(rows).isNotEmpty();
        JsonNode answer = client.post(recorded.path("path").asString(), recorded.path("request"))
                .expect(200)
                .json();
        return Differences.between(recorded.path("answer"), answer, tolerance);
    }

    /** The versions of the samples took JSON's true, and the empty text, for levels that training had not seen. */
    private static boolean isReadOtherwise(JsonNode row) {
        return row.valueStream()
                .anyMatch(cell ->
                        cell.isBoolean() || (cell.isString() && cell.asString().isEmpty()));
    }

    private List<JsonNode> recorded(String object) {
        return sample.recorded()
                .path("answers")
                .valueStream()
                .filter(answer -> answer.path("object").asString().equals(object))
                .toList();
    }

    private static JsonNode get(DescentClient client, String path) {
        return client.get(path).expect(200).json();
    }

    private static String path(JsonNode job) {
        return "/v1/training-jobs/" + job.path("id").asString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
