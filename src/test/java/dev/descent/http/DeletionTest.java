package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who reads a dataset while it is deleted gets all of it, or learns that it is gone. */
@DescentTest
class DeletionTest {

    private static final String ROWS = "x,y\n" + "1,a\n2,b\n".repeat(20);
    private static final int ROUNDS = 40;

    @LocalServerPort
    private int port;

    @Test
    void aDatasetIsDeletedUnderItsReaders() {
        DescentClient client = new DescentClient(port);
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                String dataset = client.uploadText("fleeting", ROWS);
                String address = "/v1/datasets/" + dataset;
                String job = json("{'dataset':'%s','target':'y'}", dataset).toString();
                List<CompletableFuture<Answer>> readers = List.<Supplier<Answer>>of(
                                () -> client.get(address + "/content"),
                                () -> client.get(address + "/rows"),
                                () -> client.get(address + "/content", "Range", "bytes=0-3"),
                                () -> client.post("/v1/training-jobs:validate", job))
                        .stream()
                        .map(reader -> CompletableFuture.supplyAsync(reader, threads))
                        .toList();
                client.delete(address).expect(204);

                readers.forEach(reader -> assertThat(reader.join().status())
                        .as(() -> reader.join().text())
                        .isIn(200, 206, 404, 422));
                assertThat(readers.get(0).join())
                        .satisfiesAnyOf(whole -> assertThat(whole.text()).isEqualTo(ROWS), gone -> gone.expect(404));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void jobsAreDeletedUnderTheirLists() {
        DescentClient client = new DescentClient(port);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        String dataset = client.uploadText("lasting", ROWS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                List<String> jobs = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    String job = client.submit(
                            json("{'dataset':'%s','target':'y','hyperparameters':{'epochs':1}}", dataset));
                    client.awaitEnd(job);
                    jobs.add(job);
                }
                List<CompletableFuture<Answer>> readers = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    readers.add(CompletableFuture.supplyAsync(() -> client.get("/v1/training-jobs?limit=50"), threads));
                }
                jobs.forEach(job -> client.delete("/v1/training-jobs/" + job).expect(204));

                readers.forEach(reader -> reader.join().expect(200));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
