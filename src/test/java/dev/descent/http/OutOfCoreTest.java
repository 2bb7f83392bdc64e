package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.math.Matrix;
import dev.descent.testing.DescentClient;
import dev.descent.testing.TwoSmallWorkers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Jobs whose encoded examples, of 57 MB, are larger than the memory of 40 MB. */
@TwoSmallWorkers
class OutOfCoreTest {

    private static final int ROWS = 3_000;
    private static final int[] STEPS = {1, 3, 7, 9, 11};
    private static final int LEVELS = 1_000;
    private static final long EXAMPLES = (long) ROWS * STEPS.length * LEVELS * Float.BYTES;

    @LocalServerPort
    private int port;

    @Value("${descent.home}")
    private Path home;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    private String dataset() {
        StringBuilder csv = new StringBuilder("a,b,c,d,e,y\n");
        for (int row = 0; row < ROWS; row++) {
            for (int step : STEPS) {
                csv.append("level ").append(row * step % LEVELS).append(',');
            }
            csv.append(row % 7).append('\n');
        }
        return client.uploadText("levels", csv.toString());
    }

    private static ObjectNode request(String dataset, int epochs) {
        return json(
                "{'dataset':'%s','target':'y','threads':1,'network':{'layers':[{'type':'dense','units':4}]},'hyperparameters':{'epochs':%d,'batch_size':100,'seed':1}}",
                dataset, epochs);
    }

    private List<Path> matrices(String dataset) throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("matrices"))) {
            return all.filter(path -> path.getFileName().toString().startsWith(dataset))
                    .toList();
        }
    }

    @Test
    void aJobThatDoesNotFitTrainsOnExamplesThatStayOnDiskAndSaysSo() throws IOException {
        String dataset = dataset();
        JsonNode validation = client.post("/v1/training-jobs:validate", request(dataset, 2))
                .expect(200)
                .json();
        long before = Matrix.bytesHeld();
        Matrix.mostBytesHeld();

        JsonNode job = client.awaitEnd(client.submit(request(dataset, 2)));

        assertThat(job.path("status").asString()).isEqualTo("succeeded");
        assertThat(job.at("/specification/hyperparameters/shuffle").asString()).isEqualTo("blocks");
        assertThat(job.path("warnings").toString())
                .contains("The encoded examples take up to 57.3 MB")
                .contains("they do not fit into 40.0 MB of memory (descent.memory)")
                .contains("they stay on disk, and are shuffled in blocks");
        assertThat(validation.at("/specification/hyperparameters/shuffle").asString())
                .isEqualTo("blocks");
        assertThat(Matrix.mostBytesHeld() - before)
                .isLessThan(validation.path("memory_bytes").asLong())
                .isLessThan(EXAMPLES / 4);
        assertThat(matrices(dataset))
                .hasSize(1)
                .first()
                .satisfies(folder -> assertThat(folder)
                        .isDirectoryContaining("glob:**/train.npy")
                        .isDirectoryContaining("glob:**/train-targets.npy")
                        .isDirectoryContaining("glob:**/validation.npy")
                        .isDirectoryContaining("glob:**/test.npy")
                        .isDirectoryContaining("glob:**/encoded.json"));
    }

    @Test
    void aSecondJobFindsTheExamplesAndOneThatWasPausedEndsAsBoth() throws IOException {
        String dataset = dataset();
        JsonNode first = client.train(request(dataset, 12));
        Path train = matrices(dataset).get(0).resolve("train.npy");
        FileTime written = Files.getLastModifiedTime(train);

        String paused = client.submit(request(dataset, 12));
        client.awaitEpoch(paused, 2);
        client.act(paused, "pause").expect(200);
        client.awaitStatus(paused, "paused");
        client.act(paused, "resume").expect(200);
        JsonNode resumed = client.awaitEnd(paused);
        ObjectNode another = request(dataset, 12);
        ((ObjectNode) another.path("hyperparameters")).put("batch_size", 50);
        JsonNode other = client.train(another);

        assertThat(resumed.path("weights_sha256")).isEqualTo(first.path("weights_sha256"));
        assertThat(resumed.path("warnings")).isEqualTo(first.path("warnings"));
        assertThat(other.path("status").asString()).isEqualTo("succeeded");
        assertThat(matrices(dataset)).hasSize(1);
        assertThat(Files.getLastModifiedTime(train)).isEqualTo(written);
    }

    @Test
    void otherSplitsAndEncodingsAreOtherExamples() throws IOException {
        String dataset = dataset();
        client.train(request(dataset, 1));
        ObjectNode split = request(dataset, 1);
        split.set("split", json("{'train':0.7,'validation':0.2,'test':0.1,'seed':9}"));
        client.train(split);

        assertThat(matrices(dataset)).hasSize(2);
    }

    @Test
    void examplesThatWereCutOffAreMadeAnew() throws IOException {
        String dataset = dataset();
        JsonNode first = client.train(request(dataset, 2));
        Path folder = matrices(dataset).get(0);
        for (String file : List.of("train.npy", "test-targets.npy", "encoded.json")) {
            try (FileChannel channel = FileChannel.open(folder.resolve(file), StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() - 1);
            }
            JsonNode again = client.train(request(dataset, 2));
            assertThat(again.path("weights_sha256")).as(file).isEqualTo(first.path("weights_sha256"));
        }
        Files.delete(folder.resolve("validation.npy"));
        Files.delete(folder.resolve("train-targets.npy"));
        assertThat(client.train(request(dataset, 2)).path("weights_sha256")).isEqualTo(first.path("weights_sha256"));
    }

    @Test
    void whatWasMadeOfADatasetIsDeletedWithIt() throws IOException {
        String dataset = dataset();
        client.train(request(dataset, 1));
        assertThat(matrices(dataset)).hasSize(1);

        client.delete("/v1/datasets/" + dataset).expect(204);

        assertThat(matrices(dataset)).isEmpty();
    }

    @Test
    void aClientMayAskForEither() {
        String iris = client.uploadFile("src/test/resources/data/iris.csv");
        ObjectNode request = json(
                "{'dataset':'%s','target':'species','threads':1,'hyperparameters':{'epochs':3,'shuffle':'blocks'}}",
                iris);
        JsonNode blocks = client.train(request);
        ((ObjectNode) request.path("hyperparameters")).put("shuffle", "whole");
        JsonNode whole = client.train(request);
        ((ObjectNode) request.path("hyperparameters")).remove("shuffle");
        JsonNode undecided = client.train(request);

        assertThat(blocks.at("/specification/hyperparameters/shuffle").asString())
                .isEqualTo("blocks");
        assertThat(blocks.path("weights_sha256")).isNotEqualTo(whole.path("weights_sha256"));
        assertThat(undecided.at("/specification/hyperparameters/shuffle").asString())
                .isEqualTo("whole");
        assertThat(undecided.path("weights_sha256")).isEqualTo(whole.path("weights_sha256"));
    }

    @Test
    void examplesThatDoNotFitAreNotShuffledAsAWhole() {
        ObjectNode request = request(dataset(), 1);
        ((ObjectNode) request.path("hyperparameters")).put("shuffle", "whole");

        client.post("/v1/training-jobs", request)
                .expectFault(422, "#/network", "of memory", "40.0 MB of memory (descent.memory)");
    }

    @Test
    void rowsAreNotDrawnFromBlocks() {
        String iris = client.uploadFile("src/test/resources/data/iris.csv");
        client.post(
                        "/v1/training-jobs",
                        json(
                                "{'dataset':'%s','target':'species','hyperparameters':{'shuffle':'blocks','sampling':'with_replacement'}}",
                                iris))
                .expectFault(
                        422,
                        "#/hyperparameters/shuffle",
                        "shuffle is \"blocks\", but sampling \"with_replacement\" draws from all examples; accepted: \"whole\", or sampling \"shuffle\"");
    }

    @Test
    void anotherWordForTheShuffleIsRefused() {
        String iris = client.uploadFile("src/test/resources/data/iris.csv");
        client.post(
                        "/v1/training-jobs",
                        json("{'dataset':'%s','target':'species','hyperparameters':{'shuffle':'rows'}}", iris))
                .expectFault(422, "#/hyperparameters/shuffle", "whole", "blocks");
    }
}
