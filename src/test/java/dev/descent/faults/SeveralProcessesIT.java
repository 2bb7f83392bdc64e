package dev.descent.faults;

import static dev.descent.testing.DescentClient.statuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.process.DescentProcess;
import dev.descent.process.DescentProcess.Setup;
import dev.descent.testing.DescentClient;
import dev.descent.testing.TemporaryHome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Processes that share a PostgreSQL: one serves requests, the others train, die, freeze or have a wrong clock. */
class SeveralProcessesIT {

    private static final int EPOCHS = 20_000;

    private final Path home = TemporaryHome.create();
    private final List<DescentProcess> processes = new ArrayList<>();
    private Postgres postgres;
    private DescentProcess api;
    private final Jobs jobs = new Jobs(() -> api.api());

    @BeforeEach
    void start() {
        postgres = new Postgres();
        api = started(setup("api"));
    }

    @AfterEach
    void stop() {
        processes.forEach(DescentProcess::close);
        postgres.close();
    }

    private Setup setup(String role) {
        return Setup.of(home)
                .with(postgres.options())
                .with(
                        "descent.role=" + role,
                        "descent.heartbeat=500ms",
                        "descent.missed-heartbeats=8",
                        "descent.checkpoint-interval=100ms");
    }

    /** One after the other, because they share few cores. */
    private DescentProcess started(Setup setup) {
        DescentProcess process = DescentProcess.start(setup);
        processes.add(process);
        return process;
    }

    private Map<String, Object> undisturbed(String dataset, int epochs) {
        return jobs.outcome(jobs.awaitEnd(jobs.submit(dataset, epochs)));
    }

    /** One worker at a time: a second live one would finish the job before the next has started. */
    @Test
    void killsOfWorkersAtRandomMomentsChangeNothing() {
        int kills = Integer.getInteger("faults.kills", 20);
        SplittableRandom random = new SplittableRandom(3);
        DescentProcess worker = started(setup("worker"));
        String dataset = jobs.uploadIris();
        Map<String, Object> expected = undisturbed(dataset, EPOCHS);
        String id = jobs.submit(dataset, EPOCHS);
        for (int kill = 1; kill <= kills; kill++) {
            jobs.awaitAttempt(id, kill);
            jobs.awaitEpoch(id, kill * (EPOCHS - 5_000) / kills + random.nextInt(400));
            worker.kill();
            worker = started(setup("worker"));
        }
        JsonNode job = jobs.awaitEnd(id);

        assertThat(job.get("attempt").asInt()).isEqualTo(kills + 1);
        assertThat(jobs.outcome(job)).isEqualTo(expected).containsEntry("status", "succeeded");
        Figures.print(
                "kill -9 of a worker at random moments, PostgreSQL",
                "%d kills, %d epochs, weights and history identical",
                kills,
                EPOCHS);
    }

    @Test
    void aWorkerThatStoodStillBeyondItsLeaseWritesNothing() {
        DescentProcess frozen = started(setup("worker"));
        String dataset = jobs.uploadIris();
        Map<String, Object> expected = undisturbed(dataset, EPOCHS);
        String id = jobs.submit(dataset, EPOCHS);
        jobs.awaitEpoch(id, EPOCHS / 4);
        frozen.freeze();
        started(setup("worker"));
        jobs.awaitAttempt(id, 2);
        frozen.thaw();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> frozen.log().contains("Attempt 1 at job " + id + " is over"));
        JsonNode job = jobs.awaitEnd(id);

        assertThat(job.get("attempt").asInt()).isEqualTo(2);
        assertThat(statuses(job)).containsExactly("queued", "running", "queued", "running", "succeeded");
        assertThat(jobs.outcome(job)).isEqualTo(expected).containsEntry("status", "succeeded");
        Figures.print(
                "SIGSTOP beyond the lease, then SIGCONT",
                "the old attempt was refused and stopped; weights and history identical");
    }

    /** Measured by the database's clock, from the response to the client to the worker's write. */
    @Test
    void whatClientsWantIsHeardInAnotherProcess() {
        started(setup("worker"));
        String id = jobs.submit(jobs.uploadIris(), 100_000);
        String address = "/v1/training-jobs/" + id;
        List<Double> pauses = new ArrayList<>();
        for (int round = 1; round <= 10; round++) {
            jobs.awaitEpoch(id, jobs.get(id).at("/progress/epoch").asInt() + 1);
            api.api().post(address + "/pause").expect(200);
            JsonNode paused = jobs.awaitStatus(id, "paused");
            pauses.add(secondsBetween("pausing", "paused", paused));
            api.api().post(address + "/resume").expect(200);
            jobs.awaitStatus(id, "running");
        }
        api.api().patch(address, "{\"learning_rate\": 0.25}").expect(200);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> jobs.get(id).at("/latest").isObject()
                        && api.api()
                                .get(address + "/metrics?keys=learning_rate")
                                .expect(200)
                                .json()
                                .get("data")
                                .valueStream()
                                .anyMatch(point -> point.get("learning_rate").asDouble() == 0.25));
        api.api().post(address + "/cancel").expect(200);
        JsonNode job = jobs.awaitEnd(id);
        double cancelled = secondsBetween("cancelling", "cancelled", job);

        assertThat(job.get("status").asString()).isEqualTo("cancelled");
        assertThat(pauses.stream().filter(seconds -> seconds > 2))
                .as("pauses that took effect after more than two seconds; one may be the machine's")
                .hasSizeLessThanOrEqualTo(1);
        Figures.print(
                "pause and cancel in another process",
                "10 pauses after %.0f ms at the slowest, the cancellation after %.0f ms, a new learning rate taken up",
                1e3 * Collections.max(pauses),
                1e3 * cancelled);
    }

    private static double secondsBetween(String first, String last, JsonNode job) {
        Map<String, Instant> times = new HashMap<>();
        job.get("status_transitions")
                .forEach(transition -> times.put(
                        transition.get("status").asString(),
                        Instant.parse(transition.get("at").asString())));
        return Duration.between(times.get(first), times.get(last)).toMillis() / 1e3;
    }

    @Test
    void threeWorkersEndEachOfManySmallJobsOnce() {
        int count = Integer.getInteger("faults.jobs", 500);
        for (int i = 0; i < 3; i++) {
            started(setup("worker").with("descent.running-per-owner=100"));
        }
        String dataset = jobs.uploadIris();
        long start = System.nanoTime();
        List<String> ids =
                IntStream.range(0, count).mapToObj(n -> jobs.submit(dataset, 5)).toList();
        List<JsonNode> ended = ids.stream().map(jobs::awaitEnd).toList();
        double seconds = (System.nanoTime() - start) / 1e9;

        assertThat(ended)
                .allSatisfy(job -> assertThat(statuses(job)).containsExactly("queued", "running", "succeeded"));
        assertThat(ended).extracting(job -> job.get("attempt").asInt()).containsOnly(1);
        assertThat(ended).extracting(job -> job.at("/model/version").asInt()).doesNotHaveDuplicates();
        assertThat(postgres.count("select count(*) from epoch")).isEqualTo(5L * count);
        Set<Boolean> busy = processes.stream()
                .skip(1)
                .map(worker -> worker.log().contains("attempt 1 starts"))
                .collect(Collectors.toSet());
        assertThat(busy).as("every worker had jobs").containsExactly(true);
        Figures.print(
                "3 workers, small jobs",
                "%d jobs in %.0f s, each ended once, %d history rows, none twice",
                count,
                seconds,
                5 * count);
    }

    /** The job's row is locked in the meantime, so that the process is still stopping while the test observes it. */
    @Test
    @SuppressWarnings("try") // The lock only has to be held.
    void aProcessThatIsToStopSaysSoAnswersWhoWaitsAndLosesNothing() throws Exception {
        DescentProcess stopping = started(stopped());
        String dataset = jobs.uploadIris();
        String id = jobs.submit(dataset, EPOCHS);
        jobs.awaitEpoch(id, EPOCHS / 4);
        int seen;
        DescentClient.Answer told;
        try (Postgres.Lock row =
                postgres.lock("select id from training_job where id = '%s' for update".formatted(id))) {
            seen = jobs.get(id).at("/progress/epoch").asInt();
            CompletableFuture<DescentClient.Answer> waiting =
                    CompletableFuture.supplyAsync(() -> getAndWait(stopping, id, 60));
            // Once this request, which arrived later, is answered, the earlier one has arrived too.
            getAndWait(stopping, id, 1);
            assertThat(waiting).isNotDone();
            assertThat(readiness(stopping)).isEqualTo(200);
            stopping.terminate();
            await().atMost(Duration.ofSeconds(10)).until(() -> readiness(stopping) == 503);
            told = waiting.get(10, TimeUnit.SECONDS);
            assertThat(stopping.isAlive()).isTrue();
            assertThat(statuses(jobs.get(id))).containsExactly("queued", "running");
        }
        int code = stopping.exitCode(Duration.ofSeconds(25));
        JsonNode given = jobs.get(id);
        DescentProcess again = started(stopped());
        JsonNode job = jobs.awaitEnd(id);

        assertThat(code).as("ended by SIGTERM").isEqualTo(143);
        assertThat(told.status()).isEqualTo(503);
        assertThat(told.json().get("detail").asString()).isEqualTo("The server stops");
        assertThat(statuses(given)).containsExactly("queued", "running", "queued");
        assertThat(given.at("/progress/epoch").asInt()).isGreaterThanOrEqualTo(seen);
        assertThat(again.log())
                .contains("Job %s goes on after epoch %d, step %d"
                        .formatted(
                                id,
                                given.at("/progress/epoch").asInt(),
                                given.at("/progress/step").asLong()));
        assertThat(job.get("attempt").asInt()).isEqualTo(2);
        assertThat(statuses(job)).containsExactly("queued", "running", "queued", "running", "succeeded");
        assertThat(jobs.outcome(job)).isEqualTo(undisturbed(dataset, EPOCHS)).containsEntry("status", "succeeded");
        Figures.print(
                "SIGTERM",
                "not ready while it stops, who waited was told so, exit code %d, the job went on after epoch %d of %d seen",
                code,
                given.at("/progress/epoch").asInt(),
                seen);
    }

    /** Its lease outlasts the test's lock, and its only checkpoint is the one it writes while stopping. */
    private Setup stopped() {
        return setup("all").with("descent.missed-heartbeats=1000", "descent.checkpoint-interval=1h");
    }

    private static DescentClient.Answer getAndWait(DescentProcess process, String job, int seconds) {
        return process.api().get("/v1/training-jobs/" + job, "Prefer", "wait=" + seconds);
    }

    private static int readiness(DescentProcess process) {
        return process.api().get("/actuator/health/readiness").status();
    }

    @Test
    void aDatabaseThatIsGoneForHalfAMinuteLosesNothing() {
        int seconds = Integer.getInteger("faults.outage", 30);
        started(setup("worker").with("descent.heartbeat=2s", "descent.missed-heartbeats=30"));
        JsonNode job = jobThroughAnOutage(seconds);

        assertThat(job.get("attempt").asInt()).as("within the lease").isEqualTo(1);
    }

    /**
     * With a single worker, so that no other can take its job: it either keeps the job or loses it and claims it again,
     * and nothing is lost either way.
     */
    @Test
    void aDatabaseThatIsGoneForLongerThanALeaseLosesNothing() {
        DescentProcess worker = started(setup("worker").with("descent.heartbeat=1s", "descent.missed-heartbeats=4"));
        JsonNode job = jobThroughAnOutage(12);
        String id = job.get("id").asString();
        boolean lost = Stream.of(api, worker).anyMatch(process -> process.log().contains(id + " lost its worker"));

        assertThat(statuses(job))
                .isEqualTo(
                        lost
                                ? List.of("queued", "running", "queued", "running", "succeeded")
                                : List.of("queued", "running", "succeeded"));
        assertThat(job.get("attempt").asInt()).isEqualTo(lost ? 2 : 1);
        assertThat(postgres.count("select count(*) from model_version where job_id = '%s'".formatted(id)))
                .isEqualTo(1);
    }

    /**
     * The job still has most of its epochs to do when the outage begins, and cannot end during it, because too many
     * epochs would be waiting to be written.
     */
    private JsonNode jobThroughAnOutage(int seconds) {
        String dataset = jobs.uploadIris();
        String id = jobs.submit(dataset, EPOCHS);
        jobs.awaitEpoch(id, 500);
        postgres.stop();
        long start = System.nanoTime();
        List<Integer> statuses = new ArrayList<>();
        await().atMost(Duration.ofSeconds(seconds + 60L))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    statuses.add(api.api().get("/v1/training-jobs/" + id).status());
                    return (System.nanoTime() - start) / 1e9 > seconds;
                });
        int health = api.api().get("/actuator/health/liveness").status();
        postgres.startAgain();
        JsonNode job = jobs.awaitEnd(id);
        Map<String, Object> expected = undisturbed(dataset, EPOCHS);

        assertThat(statuses).containsOnly(503);
        assertThat(health).isEqualTo(200);
        assertThat(jobs.outcome(job)).isEqualTo(expected).containsEntry("status", "succeeded");
        Figures.print(
                "PostgreSQL stopped in mid-training",
                "%d s, %d requests answered 503, no history row lost or doubled, %d attempt(s)",
                seconds,
                statuses.size(),
                job.get("attempt").asInt());
        return job;
    }

    /** The leases are a minute long: much less than the clocks differ by, much more than a busy machine stands still. */
    @Test
    void aWorkerWhoseClockIsAnHourOffStealsNothingAndStarvesNothing() {
        WrongClock clock = new WrongClock();
        Setup oneOfThree = setup("worker").with("descent.missed-heartbeats=120");
        started(oneOfThree);
        for (int seconds : List.of(3_600, -3_600)) {
            started(oneOfThree.withEnvironment(clock.offBy(seconds)));
        }
        String dataset = jobs.uploadIris();
        List<String> ids = IntStream.range(0, 12)
                .mapToObj(n -> jobs.submit(dataset, 4_000))
                .toList();
        List<JsonNode> ended = ids.stream().map(jobs::awaitEnd).toList();
        List<Boolean> busy = processes.stream()
                .skip(1)
                .map(worker -> worker.log().contains("attempt 1 starts"))
                .toList();

        assertThat(ended)
                .extracting(job -> job.get("attempt").asInt())
                .as("none stolen")
                .containsOnly(1);
        assertThat(ended).extracting(job -> job.get("status").asString()).containsOnly("succeeded");
        assertThat(busy).as("all three work").containsExactly(true, true, true);
        assertThat(processes.get(2).log())
                .as("its clock is wrong indeed")
                .doesNotStartWith(api.log().substring(0, 13));
        Figures.print(
                "clock of two workers an hour off, before and after",
                "%d jobs on 3 workers, none stolen, none starved",
                ids.size());
    }

    @Test
    void manyPostsWithOneKeyAtTwoProcessesMakeOneJob() throws Exception {
        DescentProcess other = started(setup("api"));
        String body = Jobs.request(jobs.uploadIris(), 5);
        List<DescentClient> apis = List.of(api.api(), other.api());
        ExecutorService clients = Executors.newFixedThreadPool(50);
        List<Future<DescentClient.Answer>> futures = IntStream.range(0, 50)
                .mapToObj(n ->
                        clients.submit(() -> apis.get(n % 2).post("/v1/training-jobs", body, "Idempotency-Key", "one")))
                .toList();
        List<DescentClient.Answer> answers = new ArrayList<>();
        for (Future<DescentClient.Answer> future : futures) {
            answers.add(future.get());
        }
        clients.shutdown();
        long jobsMade = postgres.count("select count(*) from training_job");

        assertThat(answers)
                .extracting(DescentClient.Answer::status)
                .isSubsetOf(202, 409)
                .contains(202);
        assertThat(jobsMade).isEqualTo(1);
        Figures.print(
                "50 parallel POSTs with one Idempotency-Key",
                "at two processes: %d job, %d times its answer, %d times \"in progress\"",
                jobsMade,
                answers.stream().filter(answer -> answer.status() == 202).count(),
                answers.stream().filter(answer -> answer.status() == 409).count());
    }
}
