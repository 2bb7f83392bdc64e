package dev.descent.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.TemporaryHome;
import dev.descent.testing.TestToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whatever clients ask for at the same time, the heap of a small process has room for heartbeats and health. */
class HeapIT {

    private static final int CLIENTS = 6;
    private static final int COLUMNS = 10_000;
    private static final int ROWS = 60;

    private final Path home = TemporaryHome.create();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void wideRowsAndUploadsStarveNothing() {
        DescentProcess.Setup setup = DescentProcess.Setup.of(home)
                .with("descent.heartbeat=500ms", "descent.missed-heartbeats=20", "descent.workers=1")
                .withJvm("-Xmx256m");
        try (DescentProcess descent = DescentProcess.start(setup);
                Clients clients = new Clients()) {
            DescentClient api = descent.api();
            String job = api.submit(
                    "{\"dataset\": \"%s\", \"target\": \"species\", \"threads\": 1, \"hyperparameters\": {\"epochs\": 100000, \"batch_size\": 1, \"seed\": 7}}"
                            .formatted(api.uploadFile("src/test/resources/data/iris.csv")));
            api.awaitEpoch(job, 1);
            byte[] csv = wide().getBytes(UTF_8);
            String dataset = upload(api, csv);

            List<CompletableFuture<Long>> answers = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                answers.add(clients.start(() -> rows(api, dataset)));
                answers.add(clients.start(() -> (long) upload(api, csv).length()));
                answers.add(clients.start(() -> list(api)));
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
            int asked = 0;
            while (!all.isDone()) {
                assertThat(status(api, "/actuator/health")).isEqualTo(200);
                asked++;
            }
            all.join();

            assertThat(asked).isPositive();
            assertThat(answers.stream()
                            .map(CompletableFuture::join)
                            .mapToLong(length -> length)
                            .sum())
                    .as("600,000 cells each for those who ask for rows")
                    .isGreaterThan(CLIENTS * 5_000_000L);
            JsonNode running = api.job(job);
            assertThat(running.path("status").asString()).isEqualTo("running");
            assertThat(running.path("attempt").asInt())
                    .as("its heartbeats went on")
                    .isEqualTo(1);
            assertThat(descent.log()).doesNotContain("OutOfMemoryError", "lost its lease");
            api.act(job, "cancel").expect(200);
        }
    }

    private static String wide() {
        return IntStream.rangeClosed(0, ROWS)
                .mapToObj(row -> IntStream.range(0, COLUMNS)
                        .mapToObj(column -> row == 0 ? "c" + column : "%d.5".formatted(row * 7919L + column))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
    }

    /** Without comparing megabytes with the contract. */
    private String upload(DescentClient api, byte[] csv) {
        HttpResponse<String> answer = send(
                request(api, "/v1/datasets")
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(csv)),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.headers().firstValue("Location").orElseThrow().replace("/v1/datasets/", "");
    }

    private long rows(DescentClient api, String dataset) {
        return length(api, "/v1/datasets/%s/rows?limit=%d".formatted(dataset, ROWS));
    }

    private long list(DescentClient api) {
        return length(api, "/v1/datasets?limit=100");
    }

    private long length(DescentClient api, String path) {
        HttpResponse<InputStream> answer = send(request(api, path).GET(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (InputStream body = answer.body()) {
            return body.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private int status(DescentClient api, String path) {
        return send(request(api, path).timeout(Duration.ofSeconds(30)).GET(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpRequest.Builder request(DescentClient api, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(api.port(), path)))
                .header("Authorization", TestToken.header(TestToken.VALUE));
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Threads that ask at the same time. */
    private static final class Clients implements AutoCloseable {

        private final ExecutorService threads = Executors.newFixedThreadPool(3 * CLIENTS);

        CompletableFuture<Long> start(Supplier<Long> request) {
            return CompletableFuture.supplyAsync(request, threads);
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
