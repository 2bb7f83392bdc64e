package dev.descent.faults;

import static dev.descent.testing.DescentClient.statuses;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.process.DescentProcess;
import dev.descent.process.DescentProcess.Setup;
import dev.descent.testing.DescentClient;
import dev.descent.testing.TemporaryHome;
import dev.descent.testing.TestToken;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A single process at its limits, with the embedded database. */
class LimitsIT {

    private static final int READERS = 200;
    private static final int WATCHED_EPOCHS = 100_000;
    private static final int FILLED_EPOCHS = 30_000;

    private Path home = TemporaryHome.create();
    private DescentProcess process;
    private final Jobs jobs = new Jobs(() -> process.api());

    private void start(Setup setup) {
        process = DescentProcess.start(setup);
    }

    @AfterEach
    void stop() {
        process.close();
    }

    @Test
    void cancellingAtTheEndLeavesOneEndAndNoModelOfACancelledJob() {
        int rounds = Integer.getInteger("faults.cancels", 500);
        start(Setup.of(home));
        String dataset = jobs.uploadIris();
        SplittableRandom random = new SplittableRandom(4);
        Map<String, Integer> ends = new TreeMap<>();
        int longest = milliseconds(jobs.awaitEnd(jobs.submit(dataset, 3)));
        int before = versions();
        for (int round = 0; round < rounds; round++) {
            String id = jobs.submit(dataset, 3);
            await().pollDelay(Duration.ofMillis(random.nextInt(1, longest + 2)))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> true);
            int status = process.api()
                    .post("/v1/training-jobs/%s/cancel".formatted(id))
                    .status();
            JsonNode job = jobs.awaitEnd(id);
            String end = job.get("status").asString();

            assertThat(statuses(job))
                    .filteredOn(List.of("succeeded", "failed", "cancelled")::contains)
                    .hasSize(1);
            assertThat(job.get("model").isNull()).isEqualTo(end.equals("cancelled"));
            assertThat(status).isEqualTo(end.equals("cancelled") ? 200 : 409);
            ends.merge(end, 1, Integer::sum);
            if (end.equals("succeeded")) {
                // The first jobs take longer than later ones.
                longest = milliseconds(job);
            }
        }

        assertThat(ends.keySet()).as("both sides win at times").contains("succeeded", "cancelled");
        assertThat(versions() - before).isEqualTo(ends.get("succeeded"));
        Figures.print(
                "cancel racing the end", "%d rounds: %s, one end each, no model of a cancelled job", rounds, ends);
    }

    private int versions() {
        return process.api()
                .get("/v1/models")
                .expect(200)
                .json()
                .get("data")
                .valueStream()
                .mapToInt(model -> model.get("newest_version").asInt())
                .sum();
    }

    /** From submission to end. */
    private static int milliseconds(JsonNode job) {
        return (int) Duration.between(
                        Instant.parse(job.get("created_at").asString()),
                        Instant.parse(job.get("finished_at").asString()))
                .toMillis();
    }

    /** Needs root, to mount a small disk. */
    @Test
    void aFullDiskRefusesWhatIsNewAndWorksAgainOnceThereIsSpace() throws Exception {
        home = Files.createDirectories(home.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", home.toString());
        TestToken.write(home);
        try {
            start(Setup.of(home)
                    .with("descent.min-free-space=32MB", "descent.checkpoint-interval=200ms", "descent.workers=2"));
            String dataset = jobs.uploadIris();
            String before = jobs.submit(dataset, 20);
            JsonNode done = jobs.awaitEnd(before);
            Map<String, Object> undisturbed = jobs.outcome(jobs.awaitEnd(jobs.submit(dataset, FILLED_EPOCHS)));
            String running = jobs.submit(dataset, FILLED_EPOCHS);
            String unwanted = jobs.submit(dataset, 100_000);
            jobs.awaitEpoch(unwanted, 200);
            jobs.awaitEpoch(running, 200);
            Path ballast = home.resolve("ballast");
            fillUpTo(ballast, 8);
            DescentClient api = process.api();

            assertThat(api.post("/v1/datasets", "text/csv", "x,y\n1,2\n".getBytes(UTF_8))
                            .status())
                    .isEqualTo(507);
            assertThat(api.post("/v1/training-jobs", Jobs.request(dataset, 5)).status())
                    .isEqualTo(507);
            assertThat(jobs.get(before)).isEqualTo(done);
            assertThat(api.get("/v1/datasets/%s/content".formatted(dataset)).status())
                    .isEqualTo(200);
            String model = done.at("/model/name").asString();
            String row =
                    "{\"rows\": [{\"sepal_length\": 5.1, \"sepal_width\": 3.5, \"petal_length\": 1.4, \"petal_width\": 0.2}]}";
            assertThat(api.post("/v1/models/%s/predict".formatted(model), row).status())
                    .isEqualTo(200);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> process.log().contains("Job %s goes on, though".formatted(running)));
            assertThat(api.post("/v1/training-jobs/%s/cancel".formatted(unwanted))
                            .status())
                    .isEqualTo(200);
            assertThat(jobs.awaitEnd(unwanted).get("status").asString()).isEqualTo("cancelled");
            Files.delete(ballast);
            JsonNode job = jobs.awaitEnd(running);

            assertThat(jobs.outcome(job)).isEqualTo(undisturbed);
            assertThat(job.get("attempt").asInt()).isEqualTo(1);
            assertThat(jobs.awaitEnd(jobs.submit(jobs.uploadIris(), 5))
                            .get("status")
                            .asString())
                    .isEqualTo("succeeded");
            Figures.print(
                    "disk full, 160 MB tmpfs",
                    "507 for uploads and jobs, reading, predicting and cancelling go on, the running job waited and ended as undisturbed, all works again with space");
        } finally {
            stop();
            run("umount", home.toString());
        }
    }

    private void fillUpTo(Path file, int freeMegabytes) throws IOException {
        long size = Files.getFileStore(home).getUsableSpace() - ((long) freeMegabytes << 20);
        try (RandomAccessFile ballast = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] block = new byte[1 << 20];
            for (long written = 0; written + block.length <= size; written += block.length) {
                ballast.write(block);
            }
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }

    @Test
    void aJobThatNeedsTooMuchIsRefused() {
        start(Setup.of(home).with("descent.memory=100MB"));
        DescentClient.Answer refused = process.api().post("/v1/training-jobs", wide(jobs.uploadIris()));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("detail").asString()).contains("MB").contains("descent.memory");
        Figures.print(
                "a job that asks for more memory than there is, refused",
                "\"%s\"",
                refused.json().get("detail").asString());
    }

    @Test
    void aJobThatRunsOutOfMemoryFailsAlone() {
        start(Setup.of(home)
                .with("descent.memory=100GB", "descent.workers=2")
                .withJvm("-Xmx512m", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=600m"));
        String dataset = jobs.uploadIris();
        String beside = jobs.submit(dataset, 30_000);
        JsonNode job = jobs.awaitEnd(jobs.submit(wide(dataset)));
        int api = process.api().get("/v1/models").status();
        JsonNode other = jobs.awaitEnd(beside);

        assertThat(job.at("/error/code").asString()).isEqualTo("out_of_memory");
        assertThat(job.at("/error/message").asString()).contains("was expected to take");
        assertThat(api).isEqualTo(200);
        assertThat(other.get("status").asString()).isEqualTo("succeeded");
        Figures.print(
                "a job that runs out of memory",
                "failed alone: \"%s\"",
                job.at("/error/message").asString());
    }

    /** Like a job queued by an older version, which stored no heap requirement. */
    @Test
    void aJobThatNeedsMoreHeapThanThereIsFailsAlone() throws SQLException {
        Setup setup = Setup.of(home).with("descent.memory=100GB", "descent.workers=2");
        start(setup.with("descent.workers=1").withJvm("-Xmx1g"));
        // Training on one row at a time keeps the only worker busy until it is stopped.
        String first = jobs.submit("""
                {"dataset": "%s", "target": "species", "threads": 1, "hyperparameters": {"epochs": 100000, "batch_size": 1}}""".formatted(jobs.uploadIris()));
        String beside = jobs.submit(jobs.uploadIris(), 30_000);
        String large = jobs.submit("""
                {"dataset": "%s", "target": "c0", "threads": 1, "hyperparameters": {"epochs": 1, "seed": 7}}""".formatted(jobs.upload(numbers(400_000, 30))));
        process.terminate();
        process.exitCode(Duration.ofMinutes(1));
        try (Connection database =
                        DriverManager.getConnection("jdbc:h2:file:" + home.resolve("descent"), "descent", "");
                Statement statement = database.createStatement()) {
            assertThat(statement.executeUpdate("update training_job set heap_bytes = 0"))
                    .isEqualTo(3);
        }
        start(setup.withJvm("-Xmx128m"));
        process.api().post("/v1/training-jobs/%s/cancel".formatted(first)).expect(200);
        JsonNode job = jobs.awaitEnd(large);
        String meanwhile = jobs.get(beside).get("status").asString();
        int api = process.api().get("/v1/models").status();
        JsonNode other = jobs.awaitEnd(beside);
        JsonNode next = jobs.awaitEnd(jobs.submit(jobs.uploadIris(), 5));

        assertThat(job.at("/error/code").asString()).isEqualTo("out_of_memory");
        assertThat(job.at("/error/message").asString())
                .contains("400000 rows of 30 columns need")
                .contains("half of this worker's heap (-Xmx)");
        assertThat(job.get("attempt").asInt()).as("not tried again").isEqualTo(1);
        assertThat(meanwhile).isEqualTo("running");
        assertThat(api).isEqualTo(200);
        assertThat(other.get("status").asString()).isEqualTo("succeeded");
        assertThat(other.get("attempt").asInt()).isEqualTo(1);
        assertThat(next.get("status").asString()).isEqualTo("succeeded");
        Figures.print(
                "a job that needs more heap than there is",
                "failed alone: \"%s\"",
                job.at("/error/message").asString());
    }

    /** Each is admitted, since it needs less than half of the heap, and together they fit into the memory for jobs. */
    @Test
    void jobsThatUseUpTheHeapTogetherLeaveTheServiceAlive() {
        start(Setup.of(home)
                .with("descent.memory=4GB", "descent.workers=4", "descent.checkpoint-interval=1s")
                .withJvm("-Xmx512m"));
        String dataset = jobs.uploadIris();
        String beside = jobs.submit(dataset, 15_000);
        String request = Jobs.request(dataset, 20)
                .replace(
                        "{\"dataset\"",
                        "{\"network\": {\"layers\": [{\"type\": \"dense\", \"units\": 2400}, {\"type\": \"relu\"}, {\"type\": \"dense\", \"units\": 2400}, {\"type\": \"relu\"}]}, \"dataset\"");
        List<String> large =
                Stream.generate(() -> jobs.submit(request)).limit(3).toList();

        assertThat(jobs.awaitEnd(beside).get("status").asString()).isEqualTo("succeeded");
        assertThat(large.stream().map(jobs::awaitEnd))
                .extracting(job -> job.at("/error/code").asString(""))
                .isSubsetOf("", "out_of_memory");
        assertThat(process.log()).doesNotContain("The database has been closed");
        Figures.print("jobs that use up the heap together", "the service and the job beside them went on");
    }

    /** Eight bytes of heap per number. */
    private static byte[] numbers(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder csv = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            csv.append(column == 0 ? "c" : ",c").append(column);
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                csv.append(column == 0 ? "\n0." : ",0.").append(10_000 + random.nextInt(90_000));
            }
        }
        return csv.append('\n').toString().getBytes(US_ASCII);
    }

    /** Few parameters but many layer outputs: nearly all of its memory is off the heap. */
    private static String wide(String dataset) {
        String block = "{\"type\": \"dense\", \"units\": 65536}, {\"type\": \"dense\", \"units\": 1}, ";
        String layers = block.repeat(12);
        return Jobs.request(dataset, 3)
                .replace(
                        "{\"dataset\"",
                        "{\"network\": {\"layers\": [%s]}, \"dataset\""
                                .formatted(layers.substring(0, layers.length() - 2)))
                .replace("\"seed\"", "\"batch_size\": \"all\", \"seed\"");
    }

    @Test
    void readersThatNeverReadSlowNothingDown() throws Exception {
        // Compiled as in production, not for a fast start.
        start(Setup.of(home).withJvm("-XX:TieredStopAtLevel=4"));
        String dataset = jobs.uploadIris();
        speed(jobs.awaitEnd(jobs.submit(dataset, WATCHED_EPOCHS)));
        List<Double> alone = new ArrayList<>();
        List<Double> watched = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            alone.add(speed(jobs.awaitEnd(jobs.submit(dataset, WATCHED_EPOCHS))));
            watched.add(speedWithReaders(dataset));
        }

        // How much it is depends on what else the machine does; a job that waited for a reader would stand still.
        assertThat(lost(alone, watched)).as("part of the speed that is lost").isLessThan(0.5);
        Figures.print(
                "200 long-poll readers that never read",
                "%.0f epochs/s alone, %.0f with them (fastest of %d): %.1f%% slower",
                Collections.max(alone),
                Collections.max(watched),
                alone.size(),
                100 * lost(alone, watched));
    }

    /** Based on the fastest runs: other load on the machine makes a run slower, never faster. */
    private static double lost(List<Double> alone, List<Double> watched) {
        return 1 - Collections.max(watched) / Collections.max(alone);
    }

    /** Each reader sends requests in a loop and discards the responses. */
    private double speedWithReaders(String dataset) throws IOException {
        String id = jobs.submit(dataset, WATCHED_EPOCHS);
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < READERS; i++) {
                Socket socket = new Socket("127.0.0.1", process.api().port());
                sockets.add(socket);
                socket.getOutputStream()
                        .write("GET /v1/training-jobs/%s HTTP/1.1\r\nHost: localhost\r\n%s\r\nPrefer: wait=60\r\n\r\n"
                                .formatted(id, TestToken.LINE)
                                .repeat(30)
                                .getBytes(US_ASCII));
            }
            JsonNode job = jobs.awaitEnd(id);
            assertThat(job.get("status").asString()).isEqualTo("succeeded");
            return speed(job);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static double speed(JsonNode job) {
        Duration took = Duration.between(
                Instant.parse(job.get("started_at").asString()),
                Instant.parse(job.get("finished_at").asString()));
        return job.at("/progress/epoch").asInt() / (took.toMillis() / 1e3);
    }

    @Test
    void moreRequestsThanCanBeServedAreSentAwayAndHealthIsAnswered() throws Exception {
        int clients = 320;
        start(Setup.of(home).with("descent.max-requests=32"));
        String request = Jobs.request(jobs.uploadIris(), 3);
        DescentClient api = process.api();
        Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
        LongAdder withoutAdvice = new LongAdder();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<?>> loads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            loads.add(threads.submit(() -> {
                while (!over.get()) {
                    DescentClient.Answer answer = api.repeat("/v1/training-jobs:validate", request);
                    statuses.computeIfAbsent(answer.status(), status -> new LongAdder())
                            .increment();
                    if (answer.status() != 200 && !answer.headers().containsKey("Retry-After")) {
                        withoutAdvice.increment();
                    }
                }
            }));
        }
        List<Double> health = new ArrayList<>();
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    health.add(secondsUntilHealthAnswers());
                    return health.size() == 40;
                });
        over.set(true);
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        for (Future<?> load : loads) {
            load.get();
        }

        assertThat(statuses.keySet()).isSubsetOf(200, 503).contains(200, 503);
        assertThat(withoutAdvice.sum()).as("refusals without Retry-After").isZero();
        assertThat(process.isAlive()).isTrue();
        assertThat(api.post("/v1/training-jobs:validate", request).status()).isEqualTo(200);
        Figures.print(
                "ten times more requests than can be served",
                "%d clients, 32 places: answers %s; health after %.0f ms at the slowest",
                clients,
                statuses,
                1e3 * health.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
    }

    /** Requested from a separate process, because the threads of this one would delay each other. */
    private double secondsUntilHealthAnswers() throws IOException, InterruptedException {
        Process curl = new ProcessBuilder(
                        "curl",
                        "--silent",
                        "--fail",
                        "--output",
                        "/dev/null",
                        "--write-out",
                        "%{time_total}",
                        "http://127.0.0.1:%d/actuator/health"
                                .formatted(process.api().port()))
                .start();
        String seconds = new String(curl.getInputStream().readAllBytes(), US_ASCII);
        assertThat(curl.waitFor()).as("exit code of curl").isZero();
        return Double.parseDouble(seconds);
    }
}
