package dev.descent.access.quota;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.access.key.ApiKeys;
import dev.descent.access.key.TestKeys;
import dev.descent.principal.Scope;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Every test has owners of its own. */
@DescentTest
@TestPropertySource(
        properties = {
            "descent.quota.storage=" + QuotaTest.STORAGE + "B",
            "descent.quota.queued-jobs=" + QuotaTest.QUEUED,
            "descent.quota.work=100000",
            "descent.quota.requests-per-minute=" + QuotaTest.REQUESTS,
            "descent.quota.streams=" + QuotaTest.STREAMS
        })
class QuotaTest {

    static final int STORAGE = 20_000;
    static final int QUEUED = 2;
    static final int REQUESTS = 60;
    static final int STREAMS = 2;

    private static final int ENDLESS = 100_000;
    private static final int AT_ONCE = 8;

    private final DescentClient admin;
    private final ApiKeys keys;

    QuotaTest(@LocalServerPort int port, @Autowired ApiKeys keys) {
        this.admin = new DescentClient(port);
        this.keys = keys;
    }

    private DescentClient owner(String name) {
        return admin.as(TestKeys.make(keys, name, Scope.READ, Scope.TRAIN));
    }

    /** A table of exactly that many bytes. */
    private static byte[] table(int bytes) {
        String rows = "x,y\n" + "1,2\n3,4\n5,6\n".repeat(bytes / 12 - 1);
        return (rows + "7".repeat(bytes - rows.length() - 3) + ",8\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static Answer upload(DescentClient client, int bytes) {
        return client.post("/v1/datasets", "text/csv", table(bytes));
    }

    private static JsonNode usage(DescentClient client) {
        return client.get("/v1/usage").expect(200).json();
    }

    private static <T> List<T> atOnce(Supplier<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<T>> futures = Stream.generate(() -> threads.submit(task::get))
                    .limit(AT_ONCE)
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatAnOwnerStoresFillsTheQuotaToTheByte() {
        DescentClient ann = owner("storage-ann");
        upload(ann, 12_000).expect(201);
        assertThat(upload(ann, 8_001).expect(507).text()).contains("12000", "8001", "20000", "descent.quota.storage");
        String last = upload(ann, 8_000).expect(201).id();
        assertThat(usage(ann).path("storage"))
                .isEqualTo(json("{'used':20000,'limit':20000,'datasets':20000,'models':0,'checkpoints':0}"));

        upload(ann, 24).expect(507);
        upload(ann, STORAGE).expect(507);
        assertThat(upload(ann, STORAGE + 1).expect(413).text()).contains("20001", "20000");
        submit(ann, last, 1).expect(507);
        upload(owner("storage-bob"), STORAGE).expect(201);
        upload(admin, STORAGE + 1).expect(201);

        ann.delete("/v1/datasets/" + last).expect(204);
        upload(ann, 8_001).expect(507);
        submit(ann, upload(ann, 7_000).expect(201).id(), 1).expect(202);
    }

    @Test
    void uploadsAtOnceDoNotExceedTheQuota() throws Exception {
        DescentClient carl = owner("storage-carl");
        List<Integer> statuses = atOnce(() -> upload(carl, STORAGE / 4).status()).stream()
                .sorted()
                .toList();

        assertThat(statuses).containsExactly(201, 201, 201, 201, 507, 507, 507, 507);
        assertThat(usage(carl).at("/storage/used").asInt()).isEqualTo(STORAGE);
    }

    private static Answer submit(DescentClient client, String dataset, int epochs) {
        return client.post(
                "/v1/training-jobs",
                json("{'dataset':'%s','target':'y','hyperparameters':{'epochs':%d}}", dataset, epochs));
    }

    /** Keeps the only worker from all other jobs. */
    private String occupyTheWorker() {
        String id = submit(admin, upload(admin, 1_000).expect(201).id(), ENDLESS)
                .expect(202)
                .id();
        admin.awaitEpoch(id, 1);
        return id;
    }

    private void release(String job) {
        admin.act(job, "cancel").expect(200);
        admin.awaitEnd(job);
    }

    @Test
    void jobsThatWaitAreLimitedHoweverManyAreSubmittedAtOnce() throws Exception {
        String occupant = occupyTheWorker();
        DescentClient dora = owner("queue-dora");
        String dataset = upload(dora, 1_000).expect(201).id();

        List<Answer> answers = atOnce(() -> submit(dora, dataset, 1));
        assertThat(answers.stream().map(Answer::status).sorted())
                .containsExactly(202, 202, 429, 429, 429, 429, 429, 429);
        assertThat(answers).filteredOn(answer -> answer.status() == 429).allSatisfy(answer -> {
            assertThat(answer.headers()).containsKey("retry-after");
            assertThat(answer.text()).contains("2 jobs", "descent.quota.queued-jobs");
        });
        assertThat(usage(dora).path("queued_jobs")).isEqualTo(json("{'used':2,'limit':2}"));

        List<String> accepted = answers.stream()
                .filter(answer -> answer.status() == 202)
                .map(Answer::id)
                .toList();
        dora.act(accepted.get(0), "pause").expect(200);
        submit(dora, dataset, 1).expect(429);
        dora.act(accepted.get(0), "resume").expect(200);
        DescentClient emil = owner("queue-emil");
        submit(emil, upload(emil, 1_000).expect(201).id(), 1).expect(202);

        dora.act(accepted.get(0), "cancel").expect(200);
        submit(dora, dataset, 1).expect(202);
        release(occupant);
    }

    @Test
    void aJobMayBeOnlySoMuchWork() {
        DescentClient finn = owner("work-finn");
        String dataset = upload(finn, 1_000).expect(201).id();
        long rows = finn.get("/v1/datasets/" + dataset).json().path("rows").asLong();
        int most = (int) (100_000 / rows);

        submit(finn, dataset, most + 1)
                .expectFault(422, "#/hyperparameters/epochs", "100000", "at most %d epochs".formatted(most));
        finn.post(
                        "/v1/training-jobs",
                        json(
                                "{'dataset':'%s','target':'y','hyperparameters':{'steps':%d,'batch_size':1}}",
                                dataset, 1_000_000))
                .expectFault(422, "#/hyperparameters/steps", "100000");
        String occupant = occupyTheWorker();
        String job = submit(finn, dataset, most).expect(202).id();
        finn.patch("/v1/training-jobs/" + job, "{\"epochs\":%d}".formatted(most + 1))
                .expectFault(422, "#/epochs", "100000");
        finn.patch("/v1/training-jobs/" + job, "{\"epochs\":%d}".formatted(most - 1))
                .expect(200);
        release(occupant);
    }

    @Test
    void whoAsksTooOftenIsToldWhenToAskAgain() {
        DescentClient gita = owner("requests-gita");
        Answer first = gita.get("/v1/datasets").expect(200);
        assertThat(first.headers())
                .containsEntry("ratelimit-policy", "\"requests\";q=60;w=60")
                .containsEntry("ratelimit", "\"requests\";r=59;t=1");
        int accepted = 1;
        Answer answer = first;
        while (answer.status() == 200 && accepted < 20 * REQUESTS) {
            answer = gita.get("/v1/datasets");
            accepted++;
        }

        assertThat(answer.expect(429).headers())
                .containsEntry("retry-after", "1")
                .containsEntry("ratelimit", "\"requests\";r=0;t=60");
        assertThat(answer.text()).contains("60", "descent.quota.requests-per-minute");
        assertThat(accepted).isGreaterThan(REQUESTS);
        gita.as(null).get("/problems").expect(200);
        owner("requests-hans").get("/v1/datasets").expect(200);
        assertThat(admin.get("/v1/datasets").expect(200).headers()).doesNotContainKey("ratelimit");
        assertThat(admin.get("/v1/usage?owner=requests-gita")
                        .json()
                        .at("/requests/used")
                        .asInt())
                .isBetween(1, REQUESTS);
    }

    @Test
    void onlySoManyRequestsWaitForAChange() throws Exception {
        String occupant = occupyTheWorker();
        DescentClient ivan = owner("streams-ivan");
        String job = submit(ivan, upload(ivan, 1_000).expect(201).id(), 1)
                .expect(202)
                .id();
        String path = "/v1/training-jobs/" + job;
        ExecutorService threads = Executors.newFixedThreadPool(STREAMS);
        try {
            List<Future<Answer>> waiting = Stream.generate(
                            () -> threads.submit(() -> ivan.get(path, "Prefer", "wait=60")))
                    .limit(STREAMS)
                    .toList();
            awaitStreams("streams-ivan", STREAMS);
            assertThat(ivan.get(path, "Prefer", "wait=60").expect(429).text()).contains("descent.quota.streams");
            ivan.get(path).expect(200);

            ivan.act(job, "cancel").expect(200);
            for (Future<Answer> one : waiting) {
                assertThat(one.get().expect(200).json().path("status").asString())
                        .isEqualTo("cancelled");
            }
            awaitStreams("streams-ivan", 0);
            ivan.get(path, "Prefer", "wait=60").expect(200);
        } finally {
            threads.shutdownNow();
        }
        release(occupant);
    }

    private void awaitStreams(String owner, int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> admin.get("/v1/usage?owner=" + owner)
                                .json()
                                .at("/streams/used")
                                .asInt(),
                        used -> used == count);
    }

    @Test
    void usageSaysWhatThereIsOfEverything() {
        DescentClient jane = owner("usage-jane");
        String dataset = upload(jane, 500).expect(201).id();
        String job = submit(jane, dataset, 1).expect(202).id();
        admin.awaitEnd(job);

        JsonNode usage = usage(jane);
        assertThat(usage.at("/storage/models").asLong()).isPositive();
        assertThat(usage.at("/storage/used").asLong())
                .isEqualTo(500
                        + usage.at("/storage/models").asLong()
                        + usage.at("/storage/checkpoints").asLong());
        assertThat(usage.path("queued_jobs")).isEqualTo(json("{'used':0,'limit':2}"));
        assertThat(usage.path("running_jobs")).isEqualTo(json("{'used':0,'limit':64}"));
        assertThat(usage.path("work")).isEqualTo(json("{'limit':100000}"));
        assertThat(admin.get("/v1/usage?owner=usage-jane").json().path("storage"))
                .isEqualTo(usage.path("storage"));
        assertThat(jane.get("/v1/usage?owner=usage-jane").expect(200).json().path("storage"))
                .isEqualTo(usage.path("storage"));
        jane.get("/v1/usage?owner=admin").expect(403);
        for (String limited : List.of("/storage", "/queued_jobs", "/work", "/requests", "/streams")) {
            assertThat(usage(admin).at(limited + "/limit").isNull()).as(limited).isTrue();
        }
    }
}
