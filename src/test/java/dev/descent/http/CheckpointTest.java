package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.format.Safetensors;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** What the checkpoints of a job say about themselves, when epochs are shorter than their interval, and longer. */
@DescentTest
@TestPropertySource(properties = "descent.checkpoint-interval=20ms")
class CheckpointTest {

    private DescentClient client;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new DescentClient(port);
    }

    private List<JsonNode> checkpoints(String job) {
        return client.get("/v1/training-jobs/" + job + "/checkpoints")
                .expect(200)
                .json()
                .path("data")
                .valueStream()
                .toList();
    }

    private DescentClient.Answer weights(String job, JsonNode checkpoint) {
        return client.get("/v1/training-jobs/%s/checkpoints/%s/weights"
                .formatted(job, checkpoint.path("id").asString()));
    }

    private JsonNode awaitCheckpoint(String job, Predicate<JsonNode> condition) {
        return await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(30))
                .until(() -> checkpoints(job).stream().filter(condition).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** A line with noise; with batches of one row, an epoch takes as many steps as there are rows. */
    private String submitLongEpochs(int rows) {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder csv = new StringBuilder("x,y\n");
        for (int row = 0; row < rows; row++) {
            csv.append(row).append(',').append(row + rows * random.nextDouble()).append('\n');
        }
        return client.submit(json(
                "{'dataset':'%s','target':'y','split':{'train':1,'validation':0,'test':0},'hyperparameters':{'epochs':100000,'batch_size':1}}",
                client.uploadText("line", csv.toString())));
    }

    @Test
    void theBestCheckpointHoldsTheBestEpochOfTheJob() {
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'species','optimizer':{'type':'adam','learning_rate':0.05},'hyperparameters':{'epochs':3000,'seed':1}}",
                client.uploadFile("src/test/resources/data/iris.csv")));
        String id = job.path("id").asString();
        List<JsonNode> kept = checkpoints(id);

        assertThat(job.at("/best/epoch").asInt()).isLessThan(3_000);
        assertThat(kept).hasSizeBetween(1, 2).allSatisfy(checkpoint -> {
            assertThat(checkpoint.path("best_epoch")).isEqualTo(job.at("/best/epoch"));
            assertThat(checkpoint.path("best_loss")).isEqualTo(job.at("/best/validation_loss"));
            assertThat(checkpoint.path("epoch").asInt())
                    .isGreaterThanOrEqualTo(job.at("/best/epoch").asInt());
            try (Safetensors.Content content =
                    Safetensors.read(weights(id, checkpoint).expect(200).bytes())) {
                assertThat(content.metadata())
                        .containsEntry("epoch", job.at("/best/epoch").asString());
            }
        });
        assertThat(kept.get(0).path("epoch").asInt()).as("the last").isEqualTo(3_000);
        assertThat(kept)
                .filteredOn(checkpoint -> checkpoint.path("best").asBoolean())
                .containsExactly(kept.get(kept.size() - 1));
    }

    @Test
    void withinAnEpochACheckpointShowsNoMetrics() {
        int rows = 30_000;
        String job = submitLongEpochs(rows);
        JsonNode within = awaitCheckpoint(
                job,
                checkpoint -> checkpoint.path("epoch").asInt() > 0
                        && checkpoint.path("step").asLong() % rows != 0);
        client.act(job, "cancel").expect(200);
        JsonNode ended = client.awaitEnd(job);
        List<JsonNode> kept = checkpoints(job);

        assertThat(within.path("metrics").isNull()).isTrue();
        assertThat(within.path("best_epoch").asInt())
                .isBetween(1, within.path("epoch").asInt());
        assertThat(kept)
                .filteredOn(checkpoint -> checkpoint.path("best").asBoolean())
                .singleElement()
                .satisfies(best -> {
                    assertThat(best.path("best_epoch")).isEqualTo(ended.at("/best/epoch"));
                    assertThat(best.path("best_loss")).isEqualTo(ended.at("/best/train_loss"));
                });
    }

    @Test
    void withinTheFirstEpochNoWeightsAreTheBest() {
        String job = submitLongEpochs(500_000);
        awaitCheckpoint(job, checkpoint -> true);
        client.act(job, "cancel").expect(200);
        JsonNode ended = client.awaitEnd(job);
        JsonNode last = checkpoints(job).get(0);

        assertThat(ended.path("best").isNull()).isTrue();
        assertThat(last.path("epoch").asInt()).isZero();
        assertThat(last.path("step").asLong()).isPositive();
        assertThat(last.path("best_epoch").isNull()).isTrue();
        assertThat(last.path("best_loss").isNull()).isTrue();
        assertThat(last.path("best").asBoolean()).isFalse();
        assertThat(weights(job, last).expect(409).json().path("detail").asString())
                .contains("before the end of the first epoch");
    }
}
