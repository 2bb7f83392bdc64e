package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.descent.core.math.Matrix;
import dev.descent.testing.DescentClient;
import dev.descent.testing.TwoSmallWorkers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.ObjectNode;

/** The memory predicted by {@code :validate}, and the memory that a worker then takes. */
@TwoSmallWorkers
class JobMemoryTest {

    private static final int ROWS = 4_000;

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    /**
     * One-hot levels take a few bytes of heap per row while they are read, and two thousand bytes off the heap as long
     * as the job runs.
     */
    @Test
    void aJobTakesTheMemoryThatValidationSays() {
        StringBuilder csv = new StringBuilder("a,b,c,d,e,y\n");
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < 5; column++) {
                csv.append("level ").append((row + column) % 100).append(',');
            }
            csv.append(row % 7).append('\n');
        }
        ObjectNode request = json(
                "{'dataset':'%s','target':'y','optimizer':{'type':'adam'},'hyperparameters':{'epochs':2}}",
                client.uploadText("levels", csv.toString()));
        long promised = client.post("/v1/training-jobs:validate", request)
                .expect(200)
                .json()
                .path("memory_bytes")
                .asLong();
        long before = Matrix.bytesHeld();
        Matrix.mostBytesHeld();

        String job = client.train(request).path("id").asString();

        assertThat(client.awaitEnd(job).path("status").asString()).isEqualTo("succeeded");
        assertThat(promised).isCloseTo(Matrix.mostBytesHeld() - before, withinPercentage(20));
    }

    @Test
    void aJobBeyondTheMemoryIsRefusedWithWhatItNeedsForWhat() {
        String dataset = client.uploadFile("src/test/resources/data/iris.csv");

        client.post(
                        "/v1/training-jobs",
                        json(
                                "{'dataset':'%s','target':'species','network':{'layers':[{'type':'dense','units':400000}]}}",
                                dataset))
                .expectFault(
                        422,
                        "#/network",
                        "parameters",
                        "of memory",
                        "outside the heap",
                        "of heap for data, checkpoints and results",
                        "40.0 MB of memory (descent.memory)",
                        "(-Xmx)");
    }
}
