package dev.descent.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.process.DescentProcess;
import dev.descent.process.DescentProcess.Setup;
import dev.descent.testing.TemporaryHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The process is killed, with the embedded database. */
class KillIT {

    private static final int KILLS = Integer.getInteger("faults.kills", 20);
    private static final int ROUNDS = Integer.getInteger("faults.rounds", 10);

    private static final int CLIENTS = 4;

    /** A few seconds of work, so that all kills occur during it. */
    private static final int EPOCHS = 30_000;

    private final Path home = TemporaryHome.create();
    private DescentProcess process;
    private final Jobs jobs = new Jobs(() -> process.api());

    private DescentProcess start(String... options) {
        return DescentProcess.start(Setup.of(home).with(options));
    }

    @Test
    void killsAtRandomMomentsOfARunChangeNothing() {
        SplittableRandom random = new SplittableRandom(1);
        process = start("descent.checkpoint-interval=100ms");
        String id = jobs.submit(jobs.uploadIris(), EPOCHS);
        for (int kill = 1; kill <= KILLS; kill++) {
            int target = kill * (EPOCHS - 5_000) / KILLS + random.nextInt(500);
            jobs.awaitEpoch(id, target);
            process.kill();
            process = start("descent.checkpoint-interval=100ms");
        }
        JsonNode disturbed = jobs.awaitEnd(id);
        JsonNode undisturbed =
                jobs.awaitEnd(jobs.submit(disturbed.get("dataset").asString(), EPOCHS));

        assertThat(disturbed.get("attempt").asInt()).isEqualTo(KILLS + 1);
        assertThat(jobs.outcome(disturbed)).isEqualTo(jobs.outcome(undisturbed)).containsEntry("status", "succeeded");
        Figures.print(
                "kill -9 at random moments, H2", "%d kills, %d epochs, weights and history identical", KILLS, EPOCHS);
        process.kill();
    }

    /** A network of two million parameters, whose 40 MB checkpoints are being written nearly all the time. */
    @Test
    void killsWhileACheckpointIsWrittenLeaveTheOneBefore() {
        SplittableRandom random = new SplittableRandom(2);
        String[] options = {"descent.checkpoint-interval=1ms"};
        process = start(options);
        String request = Jobs.request(jobs.uploadIris(), 60)
                .replace(
                        "{\"dataset\"",
                        "{\"network\": {\"layers\": [{\"type\": \"dense\", \"units\": 1400}, {\"type\": \"relu\"}, {\"type\": \"dense\", \"units\": 1400}, {\"type\": \"relu\"}]}, \"dataset\"");
        String id = jobs.submit(request);
        int kills = 0;
        int damaged = 0;
        for (int epoch = 2; epoch <= 14; epoch += 2) {
            jobs.awaitEpoch(id, epoch);
            pause(random.nextInt(60));
            process.kill();
            kills++;
            process = start(options);
            jobs.awaitAttempt(id, kills + 1);
            damaged += process.log().contains("is damaged") ? 1 : 0;
        }
        process.kill();
        process = start();
        JsonNode disturbed = jobs.awaitEnd(id);
        JsonNode undisturbed = jobs.awaitEnd(jobs.submit(request));

        assertThat(damaged).isZero();
        assertThat(jobs.outcome(disturbed)).isEqualTo(jobs.outcome(undisturbed)).containsEntry("status", "succeeded");
        Figures.print(
                "kill -9 while a checkpoint is written",
                "%d kills, checkpoints of %.0f MB, none torn, weights and history identical",
                kills + 1,
                jobs.checkpointBytes(id) / 1e6);
        process.kill();
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKillAtTheNextMoment() throws InterruptedException {
        Map<String, String> acknowledged = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            process = start();
            Map<String, String> now = new ConcurrentHashMap<>();
            submitUntilKilled(now, 20);
            acknowledged.putAll(now);
        }
        process = start();
        long lost = acknowledged.entrySet().stream()
                .filter(made -> process.api()
                                .get("/v1/%s/%s".formatted(made.getValue(), made.getKey()))
                                .status()
                        != 200)
                .count();

        assertThat(acknowledged.size()).isGreaterThanOrEqualTo(20 * ROUNDS);
        assertThat(lost).isZero();
        int unfinished = unfinishedInTheAuditLog(acknowledged);
        Figures.print(
                "kill -9 right after a 201 or 202",
                "%d kills among %d acknowledgements, %d lost; the audit log is whole, and has %d requests without an end",
                ROUNDS,
                acknowledged.size(),
                lost,
                unfinished);
        process.kill();
    }

    /** Whatever was acknowledged has its end there; only requests that a kill interrupted have none. */
    private int unfinishedInTheAuditLog(Map<String, String> acknowledged) {
        assertThat(process.api()
                        .get("/v1/audit:verify")
                        .expect(200)
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
        Set<Long> begun = new HashSet<>();
        Set<String> resources = new HashSet<>();
        String page = "/v1/audit?limit=100";
        while (!page.isEmpty()) {
            JsonNode entries = process.api().get(page).expect(200).json();
            page = "";
            for (JsonNode entry : entries.path("data")) {
                boolean isEnd = entry.path("event").asString().equals("ended");
                // Newest first, so an end comes before its beginning.
                if (isEnd) {
                    begun.add(-entry.path("begun").asLong());
                    resources.add(entry.path("resource").asString());
                } else if (!begun.remove(-entry.path("sequence").asLong())) {
                    begun.add(entry.path("sequence").asLong());
                }
                page = entries.path("has_more").asBoolean()
                        ? "/v1/audit?limit=100&after=" + entry.path("sequence").asLong()
                        : "";
            }
        }
        assertThat(begun).allMatch(sequence -> sequence > 0).hasSizeLessThanOrEqualTo(CLIENTS * ROUNDS);
        acknowledged.forEach((id, kind) -> assertThat(resources).contains("/v1/%s/%s".formatted(kind, id)));
        return begun.size();
    }

    /** Four clients upload and submit as long as they get responses; the kill follows immediately after a response. */
    private void submitUntilKilled(Map<String, String> acknowledged, int atLeast) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(atLeast);
        AtomicBoolean killed = new AtomicBoolean();
        Queue<Throwable> tooEarly = new ConcurrentLinkedQueue<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int client = 0; client < CLIENTS; client++) {
            clients.execute(() -> {
                try {
                    while (!killed.get()) {
                        String dataset = jobs.uploadIris();
                        acknowledged.put(dataset, "datasets");
                        enough.countDown();
                        acknowledged.put(jobs.submit(dataset, 1), "training-jobs");
                        enough.countDown();
                    }
                } catch (RuntimeException | AssertionError connectionIsGone) {
                    if (!killed.get()) {
                        tooEarly.add(connectionIsGone);
                    }
                }
            });
        }
        boolean came = enough.await(2, TimeUnit.MINUTES);
        boolean alive = process.isAlive();
        killed.set(true);
        process.kill();
        clients.shutdown();
        assertThat(clients.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(tooEarly)
                .as("failures before the kill of a process that was %s: %s", alive ? "alive" : "dead", process.log())
                .isEmpty();
        assertThat(came).isTrue();
    }

    private static void pause(int millis) {
        org.awaitility.Awaitility.await()
                .pollDelay(Duration.ofMillis(millis))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> true);
    }
}
