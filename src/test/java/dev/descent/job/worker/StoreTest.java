package dev.descent.job.worker;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.train.EpochReport;
import dev.descent.core.train.TrainingState;
import dev.descent.core.train.evaluate.Score;
import dev.descent.core.train.evaluate.Score.Measure;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.dataset.Datasets;
import dev.descent.idempotency.IdempotencyKeys;
import dev.descent.idempotency.KeyedRequest;
import dev.descent.job.JobList;
import dev.descent.job.TrainingJobView;
import dev.descent.job.TrainingJobs;
import dev.descent.job.checkpoint.Snapshot;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StatusTransition;
import dev.descent.job.resource.Resources;
import dev.descent.job.specification.ResolvedTraining;
import dev.descent.job.specification.Specification;
import dev.descent.job.specification.SpecificationResolver;
import dev.descent.principal.Principal;
import dev.descent.store.Sha256;
import dev.descent.testing.DescentClient;
import dev.descent.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The base of the store suites, which run on every database. The process itself does not train, so the tests are the
 * only workers.
 */
@TestPropertySource(properties = {"descent.role=api", "descent.running-per-owner=1000"})
abstract class StoreTest {
    static final Principal ADMIN = Principal.admin("test");

    static final Snapshot NO_CHECKPOINT = null;
    static final Resources ANY_MEMORY = new Resources(Long.MAX_VALUE, Long.MAX_VALUE, 1);

    @TestBean
    Clock clock;

    /** On H2 the role check would refuse to start; the tests take the place of the workers. */
    @MockitoBean
    private RoleCheck roleCheck;

    @Autowired
    TrainingJobs jobs;

    @Autowired
    JobList list;

    @Autowired
    Claims claims;

    @Autowired
    RunProgress progress;

    @Autowired
    RunCheckpoints checkpoints;

    @Autowired
    RunCommands commands;

    @Autowired
    RunOutcomes outcomes;

    @Autowired
    SpecificationResolver resolver;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcTemplate sql;

    @Autowired
    private Datasets datasets;

    @Autowired
    private IdempotencyKeys keys;

    DescentClient client;
    String dataset;

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
        client = new DescentClient(port);
        dataset = client.uploadText("line", "x,y\n1,2\n2,4\n3,6.5\n4,8\n5,10\n6,12\n7,14\n8,16\n9,18\n10,20\n");
    }

    void advance(Duration time) {
        ((SettableClock) clock).advance(time);
    }

    /** Starts tasks at the same moment, each on its own thread, and waits for their results. */
    static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
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

    TrainingJobView create(ResolvedTraining training) {
        return create(ADMIN, training);
    }

    TrainingJobView create(Principal principal, ResolvedTraining training) {
        try (KeyedRequest request = keys.begin(TrainingJobs.CREATION, principal, null)) {
            return jobs.create(principal, training, request);
        }
    }

    ResolvedTraining training(String model) {
        return training(model, Map.of());
    }

    ResolvedTraining training(String model, Map<String, String> metadata) {
        ObjectNode request = request(model);
        ObjectNode pairs = request.putObject("metadata");
        metadata.forEach(pairs::put);
        return resolver.resolve(ADMIN, request);
    }

    ObjectNode request(String model) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("dataset", dataset)
                .put("target", "y")
                .put("model", model);
    }

    static List<EndedEpoch> reports(int... epochs) {
        return IntStream.of(epochs)
                .mapToObj(n -> new EndedEpoch(
                        new EpochReport(
                                n,
                                10L * n,
                                new Score(1.0 / n, Map.of(Measure.RMSE, 0.5, Measure.R2, 0.9)),
                                new Score(2.0 / n, Map.of(Measure.RMSE, 1.5, Measure.R2, 0.8)),
                                0.01,
                                3,
                                7),
                        clock().instant()))
                .toList();
    }

    static TrainingState state(int epoch) {
        Matrix none = Matrix.zeros(Precision.FLOAT32, 1, 1);
        return new TrainingState(
                epoch,
                10L * epoch,
                none,
                List.of(),
                epoch,
                1.0 / epoch,
                none,
                TrainingState.PartialEpoch.NOTHING,
                new TrainingState.Memory(new double[0], new double[2], 0));
    }

    static Snapshot snapshot(int epoch, byte[] bytes) {
        return snapshot(epoch, epoch, bytes);
    }

    static Snapshot snapshot(int epoch, int bestEpoch, byte[] bytes) {
        EpochReport report = reports(epoch).get(0).report();
        return new Snapshot(epoch, 10L * epoch, report, bestEpoch, 1.0 / bestEpoch, bytes, Sha256.of(bytes));
    }

    RunState.WorkerCommand command(Claim claim) {
        return commands.states(List.of(claim)).get(claim).command();
    }

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    TrainedResult result(Claim claim, ResolvedTraining training, byte[] weights) {
        Specification specification = training.specification();
        PreparedData data = PreparedData.prepare(
                datasets.read(
                        specification.dataset(), specification.columns(), specification.columnsAsWritten(), () -> {}),
                specification.learningTask());
        return new TrainedResult(
                claim.jobId(),
                specification,
                specification.network().toSpec().withOutput(data.target().outputs()),
                training.wiring().parameterCount(),
                data.preprocessor(),
                data.target(),
                List.of(),
                datasets.reading(specification.dataset()),
                weights,
                Sha256.of(weights),
                null,
                null,
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    static List<JobStatus> statuses(TrainingJobView job) {
        return job.statusTransitions().stream().map(StatusTransition::status).toList();
    }

    int rows(String table, String jobId) {
        Integer count =
                sql.queryForObject("select count(*) from %s where job_id = ?".formatted(table), Integer.class, jobId);
        return count == null ? 0 : count;
    }
}
