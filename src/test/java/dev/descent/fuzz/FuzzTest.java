package dev.descent.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.fuzz.RequestMaker.Resources;
import dev.descent.fuzz.Values.Style;
import dev.descent.testing.Contract;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is sent, the answer is one that the contract has, nothing in the service fails, and nothing of it stays.
 * {@code -Dfuzz.requests} says how many requests are sent, {@code -Dfuzz.seed} which.
 */
@DescentTest
@ExtendWith(OutputCaptureExtension.class)
class FuzzTest {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3_000);
    private static final long SEED = Long.getLong("fuzz.seed", 15);

    private static final long MEGABYTE = 1 << 20;

    /** What the database, the JVM and the log that the test captures keep for later. */
    private static final long SLACK = 48 * MEGABYTE;

    /** What only a live job allows would otherwise depend on luck: random requests end all jobs. */
    private static final int REQUESTS_PER_LIVE_JOB = 150;

    /** With fewer, luck has left out some of the operations. */
    private static final int ENOUGH_FOR_ALL = 15_000;

    /** Of many faults, which often are one. */
    private static final int MOST_FAULTS = 30;

    /** Of a server that works: it has too much to do, no space, or not that Transfer-Encoding. */
    private static final Set<Integer> REFUSALS = Set.of(501, 503, 507);

    @LocalServerPort
    private int port;

    private final Contract contract = Contract.load();
    private final Map<String, String> faults = new LinkedHashMap<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Set<String> succeeded = new TreeSet<>();
    private DescentClient client;
    private Resources resources;
    private String dataset = "";

    @BeforeEach
    void makeWhatRequestsAreAbout() {
        client = new DescentClient(port);
        dataset = client.uploadFile("src/test/resources/data/iris.csv");
        JsonNode job = client.train(DescentClient.json(
                "{'dataset':'%s','target':'species','model':'fuzzed','hyperparameters':{'epochs':3}}", dataset));
        String id = job.path("id").asString();
        String folded = client.train(DescentClient.json(
                        "{'dataset':'%s','target':'species','model':'folded','split':{'folds':2},'hyperparameters':{'epochs':1}}",
                        dataset))
                .path("id")
                .asString();
        String checkpoints = "/v1/training-jobs/%s/checkpoints".formatted(id);
        String checkpoint = client.get(checkpoints).json().at("/data/0/id").asString();
        resources = new Resources(
                Map.of(
                        "/v1/datasets", List.of(dataset),
                        "/v1/datasets/{id}/columns", List.of("petal_length"),
                        "/v1/training-jobs", List.of(id, folded),
                        "/v1/training-jobs/{id}/checkpoints", List.of(checkpoint),
                        "/v1/models", List.of("fuzzed"),
                        "/v1/models/{name}/versions", List.of("1"),
                        "/problems", List.of("invalid-request", "not-found")),
                Fitting.to(dataset));
    }

    @Test
    void everyAnswerIsOneOfTheContract(CapturedOutput output) throws IOException {
        List<Operation> operations = Operation.all(contract);
        long heap = 0;
        try (RawClient raw = new RawClient(port)) {
            for (int i = 0; i < REQUESTS && faults.size() < MOST_FAULTS; i++) {
                if (i == Math.min(1_000, REQUESTS / 3)) {
                    heap = usedHeap();
                }
                if (i % REQUESTS_PER_LIVE_JOB == 0) {
                    addLiveJob();
                }
                SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + i);
                Operation operation = operations.get(random.nextInt(operations.size()));
                Request request = new RequestMaker(contract, random, resources).make(operation);
                List<String> found = send(raw, request);
                if (!found.isEmpty()) {
                    faults.putIfAbsent(
                            operation + " " + found.get(0),
                            "request %d of seed %d: %s%n%s".formatted(i, SEED, found, request));
                }
            }
        }

        assertThat(faults.values()).as("answers %s", statuses).isEmpty();
        assertThat(output.getAll().lines().filter(line -> line.startsWith("\tat ") || line.contains("ERROR")))
                .isEmpty();
        assertThat(errorsOfJobs()).doesNotContain("internal_error", "infrastructure", "out_of_memory");
        assertThat(neverDone(operations))
                .as("what was never done")
                .hasSizeLessThanOrEqualTo(REQUESTS < ENOUGH_FOR_ALL ? operations.size() / 10 : 0);
        long before = heap;
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(usedHeap()).isLessThan(before + SLACK));
        System.out.printf("%d requests: %s%n", REQUESTS, statuses);
    }

    private List<String> neverDone(List<Operation> operations) {
        return names(operations).stream()
                .filter(name -> !succeeded.contains(name))
                .toList();
    }

    /** Without those that would remove the one model that others need; no valid request names it to them. */
    private static List<String> names(List<Operation> operations) {
        return operations.stream()
                .map(Operation::toString)
                .filter(name -> !name.startsWith("DELETE /v1/models/"))
                .toList();
    }

    /** Sends a request and says what is wrong with the answer. */
    private List<String> send(RawClient raw, Request request) throws IOException {
        boolean withoutBody = request.method.equals("HEAD");
        // Whoever breaks the frame of a request or its headers may mean any number of requests.
        RawClient.Answer answer;
        try {
            answer = raw.send(request.bytes(), request.style == Style.BROKEN, withoutBody);
        } catch (IOException failure) {
            return List.of("no answer: " + failure);
        }
        int status = answer.status();
        statuses.merge(status, 1, Integer::sum);
        List<String> found = new ArrayList<>();
        try {
            if (status >= 500 && !REFUSALS.contains(status)) {
                found.add("status " + status);
            }
            if (request.isOfItsOperation()) {
                found.addAll(faults(request, answer));
            } else if (!withoutBody && status >= 400) {
                found.addAll(contract.faultsOfAnswer("GET", "/none", status, answer.headers(), answer.text()));
            }
        } catch (RuntimeException unreadable) {
            found.add("unreadable: " + unreadable);
        }
        if (!found.isEmpty()) {
            found.add("%d %.1000s".formatted(status, answer.text()));
        }
        return found;
    }

    private List<String> faults(Request request, RawClient.Answer answer) {
        Operation operation = request.operation;
        int status = answer.status();
        List<String> found = new ArrayList<>(
                contract.faultsOfAnswer(request.method, operation.template(), status, answer.headers(), answer.text()));
        if (status < 400) {
            succeeded.add(operation.toString());
            if (request.rawQuery == null) {
                found.addAll(contract.faultsOfRequest(
                        request.method,
                        operation.template(),
                        request.query,
                        request.contentType,
                        request.bodyIsPlain && request.framing == null ? request.body : null));
            }
            remember(operation, answer);
        } else if (request.style != Style.BROKEN
                && Set.of(400, 405, 406, 408, 413, 415).contains(status)) {
            found.add("a request that follows the contract cannot be read");
        }
        return found;
    }

    /** Jobs end or rest at once, lest the queue fills. */
    private void remember(Operation operation, RawClient.Answer answer) {
        if (!operation.creates() || operation.template().contains("{") || answer.status() < 201) {
            return;
        }
        JsonNode id = JsonMapper.shared().readTree(answer.text()).path("id");
        if (id.isString()) {
            resources.add(operation.template(), id.asString());
            if (operation.template().equals("/v1/training-jobs")) {
                int made = resources.of(operation.template(), true).size();
                client.act(id.asString(), made % 2 == 0 ? "cancel" : "pause");
            }
        }
    }

    /** A paused one takes no time. */
    private void addLiveJob() {
        String job = client.submit(
                DescentClient.json("{'dataset':'%s','target':'species','hyperparameters':{'epochs':100000}}", dataset));
        client.act(job, "pause").expect(200);
        resources.add("/v1/training-jobs", job);
    }

    private Set<String> errorsOfJobs() {
        Set<String> errors = new HashSet<>();
        client.get("/v1/training-jobs?status=failed&limit=100")
                .json()
                .path("data")
                .forEach(job -> errors.add(job.at("/error/code").asString()));
        return errors;
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
