package dev.descent.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.descent.core.nn.Matrix;
import dev.descent.core.nn.Precision;
import dev.descent.core.train.Adjustment;
import dev.descent.core.train.EpochReport;
import dev.descent.core.train.MemoryEstimate;
import dev.descent.core.train.PreparedData;
import dev.descent.core.train.Score;
import dev.descent.core.train.TrainingState;
import dev.descent.dataset.Datasets;
import dev.descent.idempotency.IdempotencyKeys;
import dev.descent.idempotency.KeyedRequest;
import dev.descent.listing.Cursor;
import dev.descent.listing.Listing;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.testing.Api;
import dev.descent.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What must hold on every database. The process trains nothing by itself, so the tests are the only workers. */
@TestPropertySource(properties = {"descent.role=api", "descent.running-per-owner=1000"})
abstract class StoreTest {

    private static final Snapshot NO_CHECKPOINT = null;
    private static final Room ANY_MEMORY = new Room(Long.MAX_VALUE, Long.MAX_VALUE);
    private static final Duration PAST_THE_LEASE = Duration.ofMinutes(2);

    @TestBean
    private Clock clock;

    @Autowired
    TrainingJobs jobs;

    @Autowired
    private JobRuns runs;

    @Autowired
    private Leases leases;

    @Autowired
    private JobQueue queue;

    @Autowired
    private Datasets datasets;

    @Autowired
    private CheckpointRepository checkpoints;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    private IdempotencyKeys keys;

    @Autowired
    private SpecificationResolver resolver;

    @Autowired
    JdbcTemplate sql;

    private Api api;
    private String dataset;

    static Clock clock() {
        return new SettableClock();
    }

    @BeforeEach
    void startEmpty(@LocalServerPort int port) {
        for (String table : List.of(
                "training_job",
                "model_version",
                "model",
                "dataset",
                "scheduled_tasks",
                "job_owner",
                "worker",
                "idempotency_key")) {
            sql.update("delete from " + table);
        }
        api = new Api(port);
        dataset = upload("/v1/datasets?name=line", "x,y\n1,2\n2,4\n3,6.5\n4,8\n5,10\n6,12\n7,14\n8,16\n9,18\n10,20\n");
    }

    private String upload(String path, String csv) {
        return api.post(path, "text/csv", csv.getBytes(UTF_8))
                .json(201)
                .get("id")
                .asString();
    }

    // Datasets.

    @Test
    void aDatasetComesBackAsItWasSent() {
        String csv = "größe,name,😀\n1.5,\"a, \"\"b\"\"\",yes\n,Ωmega,no\n-3,𝕏,yes\n";
        String id = upload("/v1/datasets?name=%F0%9F%98%80%20gr%C3%B6%C3%9Fe", csv);

        JsonNode rows = api.get("/v1/datasets/" + id + "/rows").json(200);
        assertThat(api.get("/v1/datasets/" + id).json(200).get("name").asString())
                .isEqualTo("😀 größe");
        assertThat(rows.get("columns").toString()).isEqualTo("[\"größe\",\"name\",\"😀\"]");
        assertThat(rows.get("data").get(0).get("größe").asDouble()).isEqualTo(1.5);
        assertThat(rows.get("data").get(0).get("name").asString()).isEqualTo("a, \"b\"");
        assertThat(rows.get("data").get(1).get("größe").isNull()).isTrue();
        assertThat(rows.get("data").get(2).get("name").asString()).isEqualTo("𝕏");
        assertThat(rows.get("total").asInt()).isEqualTo(3);
        assertThat(api.get("/v1/datasets/" + id + "/content").body()).isEqualTo(csv.getBytes(UTF_8));
    }

    // The life of a job.

    @Test
    void aJobGoesFromTheQueueToItsModel() {
        ResolvedTraining training = training("life");
        String id = create(training).id();
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
        Snapshot checkpoint = snapshot(2, bytes(1_000));
        runs.record(claim, reports(1, 2), state(2), checkpoint);
        RunState.Wish answer = wish(claim);
        Checkpoint stored = runs.resumePoint(claim).orElseThrow();
        runs.succeed(claim, StopReason.COMPLETED, result(claim, training, bytes(500)));

        TrainingJobView job = jobs.get(id);
        assertThat(claim).extracting(Claim::jobId, Claim::attempt).containsExactly(id, 1);
        assertThat(claim.specification()).isEqualTo(training.specification());
        assertThat(answer).isEqualTo(RunState.Wish.GO_ON);
        assertThat(stored.state()).isEqualTo(checkpoint.bytes());
        assertThat(stored.isIntact()).isTrue();
        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(job.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(job.progress().epoch()).isEqualTo(2);
        assertThat(job.best()).isEqualTo(new TrainingJobView.Best(2, 0.5, null));
        assertThat(job.model()).isEqualTo(new TrainingJobView.ModelReference("life", 1));
        assertThat(job.weightsSha256()).isEqualTo(Digests.sha256(bytes(500)));
        assertThat(statuses(job)).containsExactly(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.SUCCEEDED);
        assertThat(jobs.checkpoints(id))
                .as("the last and the best one")
                .extracting(CheckpointView::epoch, CheckpointView::best)
                .containsExactly(tuple(2, true));
        assertThat(runs.claim(ANY_MEMORY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 256, 8 << 20})
    void weightsAndCheckpointsSurviveByteForByte(int size) {
        ResolvedTraining training = training("bytes");
        create(training);
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
        byte[] bytes = bytes(size);
        runs.record(claim, reports(1), state(1), snapshot(1, bytes));
        byte[] checkpoint = runs.resumePoint(claim).orElseThrow().state();
        runs.succeed(claim, StopReason.COMPLETED, result(claim, training, bytes));

        assertThat(checkpoint).isEqualTo(bytes);
        assertThat(sql.queryForObject("select weights from model_version where model_name = 'bytes'", byte[].class))
                .isEqualTo(bytes);
    }

    @Test
    void theLossHistoryIsInTheOrderOfTheEpochs() {
        String id = create(training("history")).id();
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
        runs.record(claim, reports(1, 2, 3, 4, 5, 6, 7, 8, 9), state(9), NO_CHECKPOINT);
        runs.record(claim, reports(10), state(10), NO_CHECKPOINT);
        runs.record(claim, reports(11, 12), state(12), NO_CHECKPOINT);

        List<MetricPoint> history = jobs.history(id);
        assertThat(history)
                .extracting(MetricPoint::epoch)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
        assertThat(history)
                .extracting(MetricPoint::trainLoss)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 12).mapToObj(n -> 1.0 / n).toList());
    }

    // Workers that die, and workers that come back.

    @Test
    void ofAJobThatIsGoneNothingIsWritten() {
        String id = create(training("m")).id();
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
        runs.fail(claim, StopReason.ERROR, "code", "message");
        jobs.delete(id);

        assertThatThrownBy(() -> runs.record(claim, reports(1), state(1), snapshot(1, bytes(10))))
                .isInstanceOf(StaleClaimException.class);
        assertThatThrownBy(() -> runs.resumePoint(claim)).isInstanceOf(StaleClaimException.class);
    }

    @Test
    void aStaleClaimIsRefusedAndLeavesNoTrace() {
        ResolvedTraining training = training("stale");
        String id = create(training).id();
        Claim stale = runs.claim(ANY_MEMORY).orElseThrow();
        loseWorkers();
        Claim current = runs.claim(ANY_MEMORY).orElseThrow();
        Map<String, Object> before = row(id);

        List<Runnable> writes = List.of(
                () -> runs.resumePoint(stale),
                () -> runs.measured(stale, 1),
                () -> runs.record(stale, reports(1), state(1), snapshot(1, bytes(10))),
                () -> runs.succeed(stale, StopReason.COMPLETED, result(stale, training, bytes(10))),
                () -> runs.fail(stale, StopReason.ERROR, "code", "message"),
                () -> runs.retry(stale, "reason"),
                () -> runs.giveBack(stale));

        assertThat(writes).allSatisfy(write -> assertThatThrownBy(write::run).isInstanceOf(StaleClaimException.class));
        assertThat(current).extracting(Claim::jobId, Claim::attempt).containsExactly(id, 2);
        assertThat(row(id)).isEqualTo(before);
        assertThat(rows("epoch", id) + rows("checkpoint", id) + rows("model_version", id))
                .isZero();
        leases.renew(stale);
        assertThat(row(id)).isEqualTo(before);
        assertThat(wish(stale)).isEqualTo(RunState.Wish.LEAVE);
        assertThat(wish(current)).isEqualTo(RunState.Wish.GO_ON);
    }

    @Test
    void aJobWhoseWorkerDiedGoesOnFromItsLastCheckpoint() {
        String id = create(training("lost")).id();
        Claim first = runs.claim(ANY_MEMORY).orElseThrow();
        runs.record(first, reports(1, 2), state(2), snapshot(2, bytes(10)));
        runs.record(first, reports(3), state(3), NO_CHECKPOINT);
        leases.recoverLost();
        JobStatus withinTheLease = jobs.get(id).status();
        loseWorkers();
        JobStatus afterwards = jobs.get(id).status();
        Claim second = runs.claim(ANY_MEMORY).orElseThrow();

        assertThat(withinTheLease).isEqualTo(JobStatus.RUNNING);
        assertThat(afterwards).isEqualTo(JobStatus.QUEUED);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(runs.resumePoint(second).orElseThrow().epoch()).isEqualTo(2);
        assertThat(jobs.history(id)).extracting(MetricPoint::epoch).containsExactly(1, 2);
    }

    @Test
    void aJobThatWasToBeCancelledWhenItsWorkerDiedEndsCancelled() {
        String id = create(training("lost")).id();
        runs.claim(ANY_MEMORY).orElseThrow();
        JobStatus asked = jobs.cancel(id).status();
        loseWorkers();

        assertThat(asked).isEqualTo(JobStatus.CANCELLING);
        assertThat(statuses(jobs.get(id)))
                .containsExactly(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.CANCELLING, JobStatus.CANCELLED);
        assertThat(runs.claim(ANY_MEMORY)).isEmpty();
    }

    private void loseWorkers() {
        ((SettableClock) clock).advance(PAST_THE_LEASE);
        leases.recoverLost();
    }

    // Who goes first.

    @Test
    void aHigherPriorityGoesFirstAndOwnersTakeTurns() {
        List<String> a = created("a", 0, 3);
        List<String> b = created("b", 0, 2);
        List<String> urgent = created("a", 5, 1);
        List<String> idle = created("c", -5, 1);
        List<String> expected = List.of(urgent.get(0), b.get(0), a.get(0), b.get(1), a.get(1), a.get(2), idle.get(0));
        List<String> promised = jobs.list(new Cursor(20, "zzzz"), JobStatus.QUEUED, Map.of()).data().stream()
                .sorted(Comparator.comparing(TrainingJobView::queuePosition))
                .map(TrainingJobView::id)
                .toList();

        List<String> claimed = Stream.generate(() -> runs.claim(ANY_MEMORY))
                .takeWhile(Optional::isPresent)
                .map(claim -> claim.orElseThrow().jobId())
                .toList();

        assertThat(claimed).as("b, as a has just had its turn").isEqualTo(expected);
        assertThat(promised.get(0)).isEqualTo(urgent.get(0));
        assertThat(promised.get(6)).isEqualTo(idle.get(0));
        assertThat(jobs.get(a.get(0)).queuePosition()).isNull();
    }

    private List<String> created(String owner, int priority, int count) {
        ResolvedTraining training =
                resolver.resolve(request("m").put("owner", owner).put("priority", priority));
        return IntStream.range(0, count).mapToObj(n -> create(training).id()).toList();
    }

    @Test
    void aJobThatDoesNotFitNowKeepsOthersWaitingAndRunsOnceItFits() {
        MemoryEstimate needed = training("m").memory();
        String first = create(training("m")).id();
        create(training("m"));

        assertThat(runs.claim(new Room(needed.bytes() - 1, needed.heapBytes()))).isEmpty();
        assertThat(runs.claim(new Room(needed.bytes(), needed.heapBytes() - 1))).isEmpty();
        assertThat(runs.queued()).isEqualTo(2);
        assertThat(runs.claim(new Room(needed.bytes(), needed.heapBytes())).orElseThrow())
                .extracting(Claim::jobId, Claim::memoryBytes, Claim::heapBytes)
                .containsExactly(first, needed.bytes(), needed.heapBytes());
    }

    @Test
    void whatRunningJobsLeaveOfTheRoomIsFree() {
        create(training("m"));
        create(training("m"));
        List<Claim> running = List.of(
                runs.claim(ANY_MEMORY).orElseThrow(), runs.claim(ANY_MEMORY).orElseThrow());
        MemoryEstimate each = training("m").memory();

        assertThat(new Room(5 * each.bytes(), 4 * each.heapBytes()).without(running))
                .isEqualTo(new Room(3 * each.bytes(), 2 * each.heapBytes()));
    }

    @Test
    void aSpecificationThatCanNotBeReadFailsItsJobAlone() {
        String broken = create(training("m")).id();
        String sound = create(training("m")).id();
        sql.update(
                "update training_job set specification = ? where id = ?", "{\"name\": \"of another version\"}", broken);

        assertThat(runs.claim(ANY_MEMORY)).isEmpty();
        assertThat(runs.claim(ANY_MEMORY).orElseThrow().jobId()).isEqualTo(sound);
        assertThat(sql.queryForObject("select error_code from training_job where id = ?", String.class, broken))
                .isEqualTo("unreadable_specification");
    }

    @Test
    void aJobWhoseDatasetIsGoneFailsAlone() {
        String broken = create(training("m")).id();
        sql.update("update training_job set dataset_id = 'ds_gone' where id = ?", broken);
        String sound = create(training("m")).id();

        assertThat(runs.claim(ANY_MEMORY)).isEmpty();
        assertThat(runs.claim(ANY_MEMORY).orElseThrow().jobId()).isEqualTo(sound);
        assertThat(jobs.get(broken).status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void aJobIsMeasuredByTheWorkersThatAreAliveAndOneOfThemMustHoldItWhole() {
        MemoryEstimate needed = training("m").memory();
        worker("large heap", needed.bytes() - 1, Long.MAX_VALUE);
        worker("large memory", Long.MAX_VALUE, needed.heapBytes() - 1);

        assertThatThrownBy(() -> training("m"))
                .hasMessageContaining("of memory")
                .hasMessageContaining("(-Xmx)");
        worker("large enough", needed.bytes(), needed.heapBytes());
        assertThat(training("m").memory()).isEqualTo(needed);
    }

    @Test
    void aClientNeedsNotWaitForACheckpointThatIsBeingWritten() throws Exception {
        String id = create(training("m")).id();
        runs.claim(ANY_MEMORY);
        ExecutorService client = Executors.newSingleThreadExecutor();
        try {
            transactions.executeWithoutResult(written -> {
                checkpoints.saveAndFlush(new Checkpoint(
                        "ckpt_large",
                        id,
                        new Snapshot(1, 1, null, null, new byte[1 << 20], "0"),
                        null,
                        clock.instant()));
                assertThat(client.submit(() -> jobs.cancel(id)))
                        .succeedsWithin(Duration.ofSeconds(5))
                        .extracting(TrainingJobView::status)
                        .isEqualTo(JobStatus.CANCELLING);
            });
        } finally {
            client.shutdown();
        }
    }

    @Test
    void jobsThatNoWorkerCanHoldAreKnownWhereThereAreWorkers() {
        String id = create(training("m")).id();
        MemoryEstimate needed = training("m").memory();
        Instant alive = clock.instant().minusSeconds(1);

        assertThat(queue.unfitting(alive)).as("nobody is alive").isEmpty();
        worker("small", needed.bytes() - 1, needed.heapBytes());
        assertThat(queue.unfitting(alive))
                .containsExactly(new JobQueue.Candidate(id, needed.bytes(), needed.heapBytes()));
        worker("large", needed.bytes(), needed.heapBytes());
        assertThat(queue.unfitting(alive)).isEmpty();
    }

    private void worker(String id, long memory, long heap) {
        sql.update(
                "insert into worker (id, memory_bytes, heap_bytes, threads, seen_at) values (?, ?, ?, ?, ?)",
                id,
                memory,
                heap,
                Runtime.getRuntime().availableProcessors(),
                OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    @Test
    void aJobThatNeedsMoreHeapThanThisProcessHasIsLeftToOthers() {
        String large = create(training("m")).id();
        String small = create(training("m")).id();
        sql.update("update training_job set heap_bytes = ? where id = ?", Long.MAX_VALUE, large);

        assertThat(runs.claim(ANY_MEMORY).orElseThrow().jobId()).isEqualTo(small);
        assertThat(runs.claim(ANY_MEMORY)).isEmpty();
        assertThat(jobs.get(large).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void everyQueuedJobBringsATurn() {
        String id = create(training("m")).id();
        int submitted = turns(id);
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
        runs.giveBack(claim);
        int givenBack = turns(id);
        jobs.pause(id);
        jobs.resume(id);

        assertThat(List.of(submitted, givenBack, turns(id))).containsExactly(1, 2, 3);
        assertThat(sql.queryForObject("select max(priority) from scheduled_tasks", Integer.class))
                .isZero();
    }

    private int turns(String job) {
        Integer count = sql.queryForObject(
                "select count(*) from scheduled_tasks where task_instance like ?", Integer.class, job + "/%");
        return count == null ? 0 : count;
    }

    // Faults that are not the job's.

    @Test
    void anInfrastructureFaultIsRetriedLaterEachTimeAndNotForEver() {
        String id = create(training("m")).id();
        List<Duration> pauses = new ArrayList<>();
        for (int attempt = 1; attempt <= 2; attempt++) {
            Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
            Instant before = clock.instant();
            runs.retry(claim, "The disk is full");
            assertThat(runs.claim(ANY_MEMORY)).as("before its time").isEmpty();
            Instant due = sql.queryForObject(
                            "select not_before from training_job where id = ?", OffsetDateTime.class, id)
                    .toInstant();
            pauses.add(Duration.between(before, due));
            ((SettableClock) clock).advance(Duration.ofMinutes(1));
        }
        runs.retry(runs.claim(ANY_MEMORY).orElseThrow(), "The disk is full");

        assertThat(pauses.get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(pauses.get(1)).isGreaterThan(pauses.get(0));
        assertThat(jobs.get(id).status()).isEqualTo(JobStatus.FAILED);
        assertThat(jobs.get(id).error())
                .isEqualTo(new JobError(
                        "infrastructure", "3 attempts in a row came to nothing. The last: The disk is full", null));
    }

    @Test
    void aCheckpointThatIsDamagedIsNeverReadAndTheOneBeforeServes() {
        String id = create(training("m")).id();
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
        runs.record(claim, reports(1, 2), state(2), theBest(2, bytes(10)));
        runs.record(claim, reports(3, 4), state(4), snapshot(4, bytes(20)));
        sql.update("update checkpoint set state = ? where job_id = ? and epoch = 4", bytes(19), id);

        Checkpoint point = runs.resumePoint(claim).orElseThrow();

        assertThat(point.state()).isEqualTo(bytes(10));
        assertThat(jobs.history(id)).extracting(MetricPoint::epoch).containsExactly(1, 2);
        assertThat(jobs.get(id).progress().epoch()).isEqualTo(2);
        assertThat(jobs.checkpoints(id)).hasSize(1);
    }

    private static Snapshot theBest(int epoch, byte[] bytes) {
        Score none = new Score(0, null, 0.0, 1.0);
        EpochReport report = new EpochReport(epoch, 10L * epoch, none, none, 0.01, 3, 7);
        return new Snapshot(epoch, 10L * epoch, report, report.decisiveLoss(), bytes, Digests.sha256(bytes));
    }

    @Test
    void theLastAndTheBestCheckpointAreKept() {
        String id = create(training("m")).id();
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
        runs.record(claim, reports(1), state(1), snapshot(1, bytes(10)));
        runs.record(claim, reports(2), state(2), theBest(2, bytes(10)));
        runs.record(claim, reports(3), state(3), snapshot(3, bytes(10)));
        runs.record(claim, reports(4), state(4), snapshot(4, bytes(10)));

        assertThat(jobs.checkpoints(id))
                .extracting(CheckpointView::epoch, CheckpointView::best)
                .containsExactly(tuple(4, false), tuple(2, true));
    }

    @Test
    void epochsWhoseAnswerGotLostAreNotDoubled() {
        String id = create(training("m")).id();
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
        runs.record(claim, reports(1, 2), state(2), NO_CHECKPOINT);
        runs.record(claim, reports(1, 2, 3), state(3), NO_CHECKPOINT);

        assertThat(jobs.history(id)).extracting(MetricPoint::epoch).containsExactly(1, 2, 3);
    }

    @Test
    void whatAWorkerWritesIsASignOfLife() {
        String id = create(training("m")).id();
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
        sql.update("update training_job set lease_until = started_at - interval '1' day where id = ?", id);

        runs.record(claim, reports(1), state(1), NO_CHECKPOINT);
        leases.recoverLost();

        assertThat(jobs.get(id).status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void aChangeThatComesAtTheVeryEndIsTakenUpFirst() {
        ResolvedTraining training = training("m");
        String id = create(training).id();
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
        TrainedResult result = result(claim, training, bytes(10));
        jobs.change(id, new Adjustment(null, 500, null));

        assertThat(runs.succeed(claim, StopReason.COMPLETED, result)).isFalse();
        assertThat(jobs.get(id).status()).isEqualTo(JobStatus.RUNNING);

        Change change = runs.changes(claim).get(0);
        runs.takeUp(claim, change, new Adjustment(null, 501, null), 20);
        assertThat(runs.changes(claim).get(0).adjustment().epochs()).isEqualTo(501);
        assertThat(jobs.get(id).progress().epochs()).isEqualTo(501);
        assertThat(runs.succeed(claim, StopReason.COMPLETED, result)).isTrue();
        assertThat(jobs.get(id).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void attemptsThatOnlyRepeatWhatIsSafeAlreadyComeToNothing() {
        String id = create(training("m")).id();
        Claim first = runs.claim(ANY_MEMORY).orElseThrow();
        runs.record(first, reports(1), state(1), snapshot(1, bytes(10)));
        for (int attempt = 1; attempt < TrainingJob.MAX_FRUITLESS_ATTEMPTS; attempt++) {
            loseWorkers();
            Claim next = runs.claim(ANY_MEMORY).orElseThrow();
            runs.record(next, reports(1), state(1), snapshot(1, bytes(10)));
        }
        assertThat(jobs.get(id).status()).isEqualTo(JobStatus.RUNNING);
        loseWorkers();
        runs.claim(ANY_MEMORY).orElseThrow();
        loseWorkers();

        assertThat(jobs.get(id).status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void aCancellationThatCameBeforeAFailureWins() {
        String id = create(training("m")).id();
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
        jobs.cancel(id);

        runs.fail(claim, StopReason.DIVERGED, "diverged", "The loss is no number");

        assertThat(jobs.get(id).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void aReasonOfAnyLengthIsKept() {
        String id = create(training("m")).id();
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();

        runs.retry(claim, "x".repeat(5_000));

        assertThat(jobs.get(id).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void pausingAtTheVeryEndLeavesTheJobSucceededOrPaused() throws Exception {
        for (int round = 0; round < 20; round++) {
            ResolvedTraining training = training("race");
            String id = create(training).id();
            Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
            TrainedResult result = result(claim, training, bytes(1_000));
            atOnce(List.of(
                    () -> {
                        try {
                            return jobs.pause(id).status() == JobStatus.PAUSING;
                        } catch (ProblemException ended) {
                            return false;
                        }
                    },
                    () -> {
                        runs.succeed(claim, StopReason.COMPLETED, result);
                        return true;
                    }));

            assertThat(jobs.get(id).status()).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(rows("model_version", id)).isEqualTo(1);
        }
    }

    // Races.

    @Test
    void cancellingAtTheVeryEndLeavesOneEndAndNoModelOfACancelledJob() throws Exception {
        for (int round = 0; round < 40; round++) {
            ResolvedTraining training = training("race");
            String id = create(training).id();
            Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
            TrainedResult result = result(claim, training, bytes(1_000));
            List<Boolean> accepted = atOnce(List.of(() -> cancels(id), () -> {
                runs.succeed(claim, StopReason.COMPLETED, result);
                return true;
            }));

            TrainingJobView job = jobs.get(id);
            boolean cancelled = accepted.get(0);
            assertThat(job.status()).isEqualTo(cancelled ? JobStatus.CANCELLED : JobStatus.SUCCEEDED);
            assertThat(statuses(job)).filteredOn(JobStatus::isTerminal).hasSize(1);
            assertThat(rows("model_version", id)).isEqualTo(cancelled ? 0 : 1);
        }
    }

    private boolean cancels(String id) {
        try {
            jobs.cancel(id);
            return true;
        } catch (ProblemException ended) {
            assertThat(ended.problem()).isEqualTo(Problem.CONFLICT);
            return false;
        }
    }

    @Test
    void noJobIsClaimedTwice() throws Exception {
        ResolvedTraining training = training("claims");
        List<String> created =
                IntStream.range(0, 24).mapToObj(n -> create(training).id()).toList();
        Callable<List<String>> claimer = () -> {
            List<String> claimed = new ArrayList<>();
            runs.claim(ANY_MEMORY).ifPresent(claim -> claimed.add(claim.jobId()));
            while (sql.queryForObject("select count(*) from training_job where status = 'QUEUED'", Integer.class) > 0) {
                runs.claim(ANY_MEMORY).ifPresent(claim -> claimed.add(claim.jobId()));
            }
            return claimed;
        };
        List<String> claimed = atOnce(List.of(claimer, claimer, claimer, claimer)).stream()
                .flatMap(List::stream)
                .toList();

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(created);
    }

    /** Repeated, because whoever comes first makes the model's row, and all others meet it in some state. */
    @RepeatedTest(5)
    void jobsThatEndTogetherGetVersionsWithoutGaps() throws Exception {
        ResolvedTraining training = training("versions");
        List<Callable<Boolean>> ends = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            create(training);
            Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
            TrainedResult result = result(claim, training, bytes(100_000));
            ends.add(() -> {
                runs.succeed(claim, StopReason.COMPLETED, result);
                return true;
            });
        }
        atOnce(ends);

        assertThat(sql.queryForList("select version from model_version order by version", Integer.class))
                .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(sql.queryForObject("select newest_version from model", Integer.class))
                .isEqualTo(6);
        assertThat(jobs.list(new Cursor(20, "zzzz"), null, Map.of()).data())
                .allSatisfy(job -> assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED));
    }

    /** Starts tasks at the same moment, each on a thread of its own, and waits for their results. */
    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<T>> futures = tasks.stream()
                    .map(task -> threads.submit(() -> {
                        start.await();
                        return task.call();
                    }))
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

    // The same request twice.

    @Test
    void fiftyRequestsWithOneKeyAtOnceMakeOneJob() throws Exception {
        String body = request("key").toString();
        List<Callable<Api.Answer>> posts = IntStream.range(0, 50)
                .<Callable<Api.Answer>>mapToObj(
                        n -> () -> api.post("/v1/training-jobs", body, "Idempotency-Key", "once"))
                .toList();
        List<Api.Answer> answers = atOnce(posts);
        Api.Answer later = api.post("/v1/training-jobs", body, "Idempotency-Key", "once");

        assertThat(answers).extracting(Api.Answer::status).isSubsetOf(202, 409).contains(202);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 202)
                .extracting(answer -> answer.json(202).get("id").asString())
                .containsOnly(later.json(202).get("id").asString());
        assertThat(sql.queryForObject("select count(*) from training_job", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void aKeyBelongsToOneRequest() {
        String first = request("key").toString();
        String id = api.post("/v1/training-jobs", first, "Idempotency-Key", "k")
                .json(202)
                .get("id")
                .asString();

        assertThat(api.post("/v1/training-jobs", request("other").toString(), "Idempotency-Key", "k")
                        .status())
                .isEqualTo(422);
        assertThat(api.post("/v1/training-jobs", first, "Idempotency-Key", "k".repeat(256))
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/v1/training-jobs", first, "Idempotency-Key", "k2")
                        .json(202)
                        .get("id")
                        .asString())
                .isNotEqualTo(id);
        byte[] csv = "x,y\n1,2\n".getBytes(UTF_8);
        String uploaded = api.post("/v1/datasets", "text/csv", csv, "Idempotency-Key", "k")
                .json(201)
                .get("id")
                .asString();
        assertThat(api.post("/v1/datasets", "text/csv", csv, "Idempotency-Key", "k")
                        .json(201)
                        .get("id")
                        .asString())
                .isEqualTo(uploaded);
        assertThat(api.post("/v1/datasets", "text/csv", "x,y\n1,3\n".getBytes(UTF_8), "Idempotency-Key", "k")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aRequestThatWasRefusedLeavesItsKeyFree() {
        assertThat(api.post("/v1/training-jobs", "{}", "Idempotency-Key", "free")
                        .status())
                .isEqualTo(422);
        assertThat(api.post("/v1/training-jobs", request("key").toString(), "Idempotency-Key", "free")
                        .status())
                .isEqualTo(202);
    }

    // Deletion.

    @Test
    void deletingAJobLeavesNothingOfIt() {
        String id = create(training("deleted", Map.of("team", "a"))).id();
        Claim claim = runs.claim(ANY_MEMORY).orElseThrow();
        runs.record(claim, reports(1, 2), state(2), snapshot(2, bytes(10)));
        runs.fail(claim, StopReason.DIVERGED, "diverged", "The loss was no longer a finite number");
        List<String> tables = List.of("epoch", "checkpoint", "training_job_transition", "training_job_metadata");
        List<Integer> before = tables.stream().map(table -> rows(table, id)).toList();
        jobs.delete(id);

        assertThat(before).doesNotContain(0);
        assertThat(tables).allSatisfy(table -> assertThat(rows(table, id)).isZero());
        assertThatThrownBy(() -> jobs.get(id)).isInstanceOf(ProblemException.class);
    }

    // Lists.

    @Test
    void jobsAreFoundByTheirMetadata() {
        String a1 = create(training("m", Map.of("team", "a", "run", "1"))).id();
        String a2 = create(training("m", Map.of("team", "a", "run", "2"))).id();
        create(training("m", Map.of("team", "b", "run", "1")));
        create(training("m", Map.of("run", "a")));

        assertThat(found(Map.of("team", "a"))).containsExactly(a2, a1);
        assertThat(found(Map.of("team", "a", "run", "1"))).containsExactly(a1);
        assertThat(found(Map.of("team", "c"))).isEmpty();
        assertThat(found(Map.of())).hasSize(4);
    }

    private List<String> found(Map<String, String> metadata) {
        return jobs.list(new Cursor(20, "zzzz"), null, metadata).data().stream()
                .map(TrainingJobView::id)
                .toList();
    }

    @Test
    void pagesCoverEveryJobOnceFromTheNewestOn() {
        ResolvedTraining training = training("pages");
        List<String> created =
                IntStream.range(0, 7).mapToObj(n -> create(training).id()).toList();
        List<String> seen = new ArrayList<>();
        Listing<TrainingJobView> page;
        do {
            page = jobs.list(Cursor.of(3, seen.isEmpty() ? null : seen.get(seen.size() - 1)), null, Map.of());
            page.data().forEach(job -> seen.add(job.id()));
        } while (page.hasMore());

        assertThat(seen).hasSize(7).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(created);
    }

    // Texts.

    @Test
    void textsOfEveryScriptAreKept() {
        String name = "😀".repeat(200);
        ObjectNode request = request("texts");
        request.put("name", name);
        request.putObject("metadata").put("größe", "𝕏 \u0001 \t \" \\ ' 漢字");
        TrainingJobView job = jobs.get(create(resolver.resolve(request)).id());

        assertThat(job.name()).isEqualTo(name);
        assertThat(job.metadata()).isEqualTo(Map.of("größe", "𝕏 \u0001 \t \" \\ ' 漢字"));
        assertThat(found(Map.of("größe", "𝕏 \u0001 \t \" \\ ' 漢字"))).containsExactly(job.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"a\\u0000b\"}",
                "{\"metadata\": {\"team\": \"\\u0000\"}}",
                "{\"metadata\": {\"\\u0000\": \"a\"}}",
                "{\"name\": \"half a pair: \\ud83d\"}",
                "{\"metadata\": {\"team\": \"\\udc00\"}}"
            })
    void textsThatNoDatabaseCanKeepAreRefused(String fields) {
        // Put together as text: a half of a pair can be sent as an escape only.
        String request = "{\"dataset\": \"%s\", \"target\": \"y\", %s".formatted(dataset, fields.substring(1));

        JsonNode problem = api.post("/v1/training-jobs", request).json(422);
        assertThat(problem.get("errors").get(0).get("detail").asString()).contains("accepted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/datasets?name=%00",
                "/v1/training-jobs?metadata%5Bteam%5D=%00",
                "/v1/training-jobs?metadata%5B%00%5D=a",
                "/v1/models?after=%00"
            })
    void noFilterAsksForATextThatNoDatabaseCanKeep(String path) {
        assertThat(api.get(path).json(422).get("errors")).hasSize(1);
    }

    @Test
    void aDatasetsNameIsHeldToTheSameRules() {
        byte[] csv = "x,y\n1,2\n".getBytes(UTF_8);
        assertThat(api.post("/v1/datasets?name=a%00b", "text/csv", csv).status())
                .isEqualTo(422);
        assertThat(api.post("/v1/datasets", "multipart/form-data; boundary=b", form("a%00b.csv"))
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/v1/datasets", "multipart/form-data; boundary=b", form("a%01%F0%9F%98%80.csv"))
                        .json(201)
                        .get("name")
                        .asString())
                .isEqualTo("a\u0001😀");
        assertThat(api.post("/v1/datasets", "text/csv", "x\0,y\n1,2\n".getBytes(UTF_8))
                        .status())
                .isEqualTo(422);
    }

    private static byte[] form(String fileName) {
        return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''%s\r\n\r\nx,y\n1,2\r\n--b--\r\n"
                .formatted(fileName)
                .getBytes(UTF_8);
    }

    // Fixtures.

    private TrainingJobView create(ResolvedTraining training) {
        try (KeyedRequest request = keys.begin("training-job", null)) {
            return jobs.create(training, request);
        }
    }

    private ResolvedTraining training(String model) {
        return training(model, Map.of());
    }

    private ResolvedTraining training(String model, Map<String, String> metadata) {
        ObjectNode request = request(model);
        ObjectNode pairs = request.putObject("metadata");
        metadata.forEach(pairs::put);
        return resolver.resolve(request);
    }

    private ObjectNode request(String model) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("dataset", dataset)
                .put("target", "y")
                .put("model", model);
    }

    private static List<EpochReport> reports(int... epochs) {
        return IntStream.of(epochs)
                .mapToObj(n -> new EpochReport(
                        n, 10L * n, new Score(1.0 / n, null, 0.5, 0.9), new Score(2.0 / n, null, 1.5, 0.8), 0.01, 3, 7))
                .toList();
    }

    private static TrainingState state(int epoch) {
        Matrix none = Matrix.zeros(Precision.FLOAT32, 1, 1);
        return new TrainingState(
                epoch,
                10L * epoch,
                none,
                List.of(),
                epoch,
                1.0 / epoch,
                none,
                TrainingState.UnderWay.NOTHING,
                new TrainingState.Memory(new double[0], new double[2], 0));
    }

    private static Snapshot snapshot(int epoch, byte[] bytes) {
        EpochReport report = reports(epoch).get(0);
        return new Snapshot(epoch, 10L * epoch, report, report.decisiveLoss(), bytes, Digests.sha256(bytes));
    }

    private RunState.Wish wish(Claim claim) {
        return runs.states(List.of(claim)).get(claim).wish();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private TrainedResult result(Claim claim, ResolvedTraining training, byte[] weights) {
        Specification specification = training.specification();
        PreparedData data = PreparedData.prepare(
                datasets.read(specification.dataset(), specification.columns(), () -> {}),
                specification.learningTask());
        return new TrainedResult(
                claim.jobId(),
                specification,
                specification.network().toSpec().withOutput(data.target().outputs()),
                training.wiring().parameterCount(),
                data.preprocessor(),
                data.target(),
                weights,
                Digests.sha256(weights),
                null,
                null,
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    private static List<JobStatus> statuses(TrainingJobView job) {
        return job.statusTransitions().stream().map(StatusTransition::status).toList();
    }

    private int rows(String table, String jobId) {
        Integer count =
                sql.queryForObject("select count(*) from %s where job_id = ?".formatted(table), Integer.class, jobId);
        return count == null ? 0 : count;
    }

    /** All columns of a job that are not large. */
    private Map<String, Object> row(String id) {
        return sql.queryForMap(
                "select status, attempt, epoch, step, lease_until, model_version, error_code, version from training_job where id = ?",
                id);
    }
}
