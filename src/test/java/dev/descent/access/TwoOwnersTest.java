package dev.descent.access;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.access.key.ApiKeys;
import dev.descent.access.key.TestKeys;
import dev.descent.principal.Scope;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Owners who work at the same time, with the same names and keys, look at every list as often as they can. */
@DescentTest
class TwoOwnersTest {

    private static final int ROUNDS = 8;
    private static final List<String> LISTS =
            List.of("/v1/datasets", "/v1/training-jobs", "/v1/models", "/v1/api-keys");

    @LocalServerPort
    private int port;

    @Autowired
    private ApiKeys keys;

    /** What one owner made and saw. */
    private final class Worker implements Callable<Void> {

        private final String name;
        private final long seed;
        private final DescentClient client;
        private final Set<String> made = ConcurrentHashMap.newKeySet();
        private final Set<String> seen = ConcurrentHashMap.newKeySet();

        Worker(String name, long seed) {
            this.name = name;
            this.seed = seed;
            this.client = new DescentClient(port).as(TestKeys.make(keys, name, Scope.READ, Scope.TRAIN, Scope.PREDICT));
        }

        @Override
        public Void call() {
            Random random = new Random(seed);
            for (int round = 0; round < ROUNDS; round++) {
                String dataset = client.uploadText("data", "x,y\n" + rows(random));
                made.add(dataset);
                String body = "{'dataset':'%s','target':'y','model':'common','hyperparameters':{'epochs':1}}";
                String job = client.post("/v1/training-jobs", json(body, dataset), "Idempotency-Key", "round-" + round)
                        .expect(202)
                        .id();
                made.add(job);
                look();
                JsonNode ended = client.awaitEnd(job);
                assertThat(ended.path("owner").asString()).isEqualTo(name);
                client.post("/v1/models/common/predict", "{\"rows\":[{\"x\":1}]}")
                        .expect(200);
                look();
                if (random.nextBoolean()) {
                    client.delete("/v1/training-jobs/" + job).expect(204);
                    client.delete("/v1/datasets/" + dataset).expect(204);
                }
            }
            look();
            return null;
        }

        private static String rows(Random random) {
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < 30; i++) {
                rows.append(random.nextInt(100))
                        .append(',')
                        .append(random.nextDouble())
                        .append('\n');
            }
            return rows.toString();
        }

        private void look() {
            for (String list : LISTS) {
                JsonNode page = client.get(list + "?limit=100").expect(200).json();
                page.path("data").forEach(entry -> {
                    // Other tests share some.
                    if (!entry.path("visibility").asString("").equals("shared")) {
                        assertThat(entry.path("owner").asString()).isEqualTo(name);
                        seen.add(entry.path("id").asString());
                    }
                });
            }
        }
    }

    @Test
    void ownersWhoWorkAtTheSameTimeNeverSeeEachOthersIds() throws Exception {
        List<Worker> workers = List.of(new Worker("first-owner", 1), new Worker("second-owner", 2));
        ExecutorService threads = Executors.newFixedThreadPool(workers.size());
        try {
            List<Future<Void>> running = new ArrayList<>(threads.invokeAll(workers));
            for (Future<Void> worker : running) {
                worker.get();
            }
        } finally {
            threads.shutdownNow();
        }
        Worker first = workers.get(0);
        Worker second = workers.get(1);
        assertThat(first.made).hasSize(2 * ROUNDS);
        assertThat(first.seen).isNotEmpty().doesNotContainAnyElementsOf(second.made);
        assertThat(second.seen).isNotEmpty().doesNotContainAnyElementsOf(first.made);
        assertThat(first.seen).doesNotContainAnyElementsOf(second.seen);
    }
}
