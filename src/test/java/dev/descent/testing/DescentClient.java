package dev.descent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An HTTP client that checks every exchange against the contract: each response, and each request that the service
 * accepts.
 */
public final class DescentClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String JSON_TYPE = "application/json";
    private static final String MULTIPART = "multipart/form-data";
    private static final Contract CONTRACT = Contract.load();

    private static final List<String> COMPUTED = List.of(
            "epoch", "step", "train_loss", "validation_loss", "train_accuracy", "learning_rate", "gradient_norm");

    /** Longer than the longest wait that a request can ask for. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final @Nullable String token;
    private final String address;
    private final Set<String> repeated = ConcurrentHashMap.newKeySet();

    /** With the service's own token. */
    public DescentClient(int port) {
        this(port, TestToken.VALUE);
    }

    private DescentClient(int port, @Nullable String token) {
        this.port = port;
        this.token = token;
        this.address = "http://127.0.0.1:" + port;
    }

    /** The same service with another credential; null for none. */
    public DescentClient as(@Nullable String other) {
        return new DescentClient(port, other);
    }

    /** A response. */
    public record Answer(int status, Map<String, String> headers, byte[] bytes, Map<String, List<String>> everyHeader) {

        /** All values of a header that comes more than once. */
        public List<String> all(String header) {
            return everyHeader.getOrDefault(header, List.of());
        }

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(text());
        }

        /** The id of what was created or found. */
        public String id() {
            return json().path("id").asString();
        }

        /** Returns this response after asserting its status. */
        public Answer expect(int expected) {
            assertThat(status).as(() -> text()).isEqualTo(expected);
            return this;
        }

        /**
         * Asserts that the response is a problem with the given status and with a violation at the pointer whose detail
         * contains all the parts.
         */
        public Answer expectFault(int expected, String pointer, String... parts) {
            expect(expected);
            assertThat(headers.get("content-type")).startsWith("application/problem+json");
            assertThat(json().path("errors")).as(() -> text()).anySatisfy(violation -> {
                assertThat(violation.path("pointer").asString()).isEqualTo(pointer);
                assertThat(List.of(parts))
                        .allSatisfy(part ->
                                assertThat(violation.path("detail").asString()).contains(part));
            });
            return this;
        }
    }

    /** Sends JSON whose answer an earlier version gave, which may not be what the contract says now. */
    public Answer postAgain(String path, JsonNode body, String... headers) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return answer("POST", path, JSON_TYPE, BodyPublishers.ofByteArray(bytes), headers);
    }

    public int port() {
        return port;
    }

    /** @param headers alternating names and values */
    public Answer get(String path, String... headers) {
        return send("GET", path, null, null, headers);
    }

    /** The status of something that is not part of the API. */
    public int statusOf(String path) {
        return exchange(request(path), BodyHandlers.discarding()).statusCode();
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, null);
    }

    public Answer patch(String path, String json) {
        return send("PATCH", path, JSON_TYPE, json.getBytes(StandardCharsets.UTF_8));
    }

    public Answer put(String path, String json) {
        return send("PUT", path, JSON_TYPE, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Without a body. */
    public Answer post(String path) {
        return send("POST", path, null, null);
    }

    public Answer post(String path, JsonNode body, String... headers) {
        return post(path, body.toString(), headers);
    }

    public Answer post(String path, String json, String... headers) {
        return send("POST", path, JSON_TYPE, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer post(String path, String contentType, byte[] body, String... headers) {
        return send("POST", path, contentType, body, headers);
    }

    /** Uploads a file as a form. */
    public Answer upload(String fileName, byte[] content, @Nullable String options) {
        String boundary = "descent-boundary";
        String head = "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
                .formatted(boundary, fileName);
        String part = options == null
                ? ""
                : "\r\n--%s\r\nContent-Disposition: form-data; name=\"options\"\r\nContent-Type: application/json\r\n\r\n%s"
                        .formatted(boundary, options);
        byte[] body = concatenate(
                head.getBytes(StandardCharsets.UTF_8),
                content,
                (part + "\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send("POST", "/v1/datasets", MULTIPART + "; boundary=" + boundary, body);
    }

    private static byte[] concatenate(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Sends JSON without announcing its length. */
    public Answer postInChunks(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return send("POST", path, JSON_TYPE, body, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    }

    /**
     * Sends JSON repeatedly from many threads, leaving the cores to the service: only new responses are checked against
     * the contract.
     */
    public Answer repeat(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        Answer answer = answer("POST", path, JSON_TYPE, BodyPublishers.ofByteArray(body));
        if (repeated.add(answer.status() + answer.text())) {
            hold("POST", path, JSON_TYPE, body, answer);
        }
        return answer;
    }

    public Answer send(
            String method, String path, @Nullable String contentType, byte @Nullable [] body, String... headers) {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        return send(method, path, contentType, body, publisher, headers);
    }

    /** Something that is not part of the API. */
    public Answer sendUnchecked(
            String method, String path, @Nullable String contentType, byte @Nullable [] body, String... headers) {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        return answer(method, path, contentType, publisher, headers);
    }

    /** A compressed body is not held against the contract. */
    private Answer send(
            String method,
            String path,
            @Nullable String contentType,
            byte @Nullable [] body,
            BodyPublisher publisher,
            String... headers) {
        Answer answer = answer(method, path, contentType, publisher, headers);
        boolean encoded = List.of(headers).contains("Content-Encoding");
        hold(method, path, encoded ? null : contentType, body, answer);
        return answer;
    }

    private Answer answer(
            String method, String path, @Nullable String contentType, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = request(path).method(method, body);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
        Map<String, String> responseHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> responseHeaders.put(name, values.get(0)));
        return new Answer(
                response.statusCode(),
                responseHeaders,
                response.body(),
                response.headers().map());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        return token == null ? request : request.header("Authorization", TestToken.header(token));
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> handler) {
        try {
            return http.send(request.timeout(PATIENCE).build(), handler);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Checks an exchange against the contract; a rejected request need not conform. */
    private static void hold(
            String method, String path, @Nullable String contentType, byte @Nullable [] body, Answer answer) {
        URI uri = URI.create(path);
        List<String> violations = new ArrayList<>(
                CONTRACT.faultsOfAnswer(method, uri.getPath(), answer.status(), answer.headers(), answer.text()));
        if (answer.status() < 400) {
            violations.addAll(CONTRACT.faultsOfRequest(method, uri.getPath(), query(uri), contentType, body));
        }
        violations.addAll(Disclosures.in(answer));
        assertThat(violations)
                .as(() -> "%s %s → %d %s".formatted(method, path, answer.status(), answer.text()))
                .isEmpty();
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new LinkedHashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                String[] sides = pair.split("=", 2);
                query.put(decode(sides[0]), sides.length > 1 ? decode(sides[1]) : "");
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Uploads a CSV file of the test data and returns the id of the dataset. */
    public String uploadFile(String path) {
        try {
            Path file = Path.of(path);
            return upload(file.getFileName().toString(), Files.readAllBytes(file), null)
                    .expect(201)
                    .id();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Uploads a string as a dataset and returns its id. */
    public String uploadText(String name, String csv) {
        return post("/v1/datasets?name=" + name, "text/csv", csv.getBytes(StandardCharsets.UTF_8))
                .expect(201)
                .id();
    }

    /** Submits a job and returns its id. */
    public String submit(JsonNode request) {
        return submit(request.toString());
    }

    public String submit(String request) {
        return post("/v1/training-jobs", request).expect(202).id();
    }

    /** Submits a job and waits until it ends. */
    public JsonNode train(JsonNode request) {
        return awaitEnd(submit(request));
    }

    public JsonNode awaitEnd(String job) {
        return awaitJob(job, found -> found.path("terminal").asBoolean());
    }

    public JsonNode awaitStatus(String job, String status) {
        return awaitJob(job, found -> found.path("status").asString().equals(status));
    }

    /** Waits until a job has completed an epoch, or has ended before. */
    public JsonNode awaitEpoch(String job, int epoch) {
        return awaitJob(
                job,
                found -> found.at("/progress/epoch").asInt() >= epoch
                        || found.path("terminal").asBoolean());
    }

    private JsonNode awaitJob(String job, Predicate<JsonNode> condition) {
        return await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(30))
                .until(() -> job(job), condition);
    }

    public JsonNode job(String id) {
        return get("/v1/training-jobs/" + id).expect(200).json();
    }

    /** Pauses, resumes or cancels a job. */
    public Answer act(String job, String action) {
        return post("/v1/training-jobs/%s/%s".formatted(job, action));
    }

    /** The points of a job's loss history. */
    public JsonNode history(String job) {
        return get("/v1/training-jobs/%s/metrics".formatted(job))
                .expect(200)
                .json()
                .path("data");
    }

    /** The whole loss history, without times and speeds. */
    public List<List<String>> computed(String job) {
        List<List<String>> rows = get("/v1/training-jobs/%s/metrics".formatted(job), "Accept", "text/csv")
                .expect(200)
                .text()
                .lines()
                .map(line -> List.of(line.split(",", -1)))
                .toList();
        List<Integer> indices = COMPUTED.stream().map(rows.get(0)::indexOf).toList();
        return rows.stream()
                .skip(1)
                .map(cells -> indices.stream().map(cells::get).toList())
                .toList();
    }

    public static List<String> statuses(JsonNode job) {
        return job.path("status_transitions")
                .valueStream()
                .map(transition -> transition.path("status").asString())
                .toList();
    }

    /** JSON with single instead of double quotes, for readable tests. */
    public static ObjectNode json(String singleQuoted, Object... values) {
        return (ObjectNode) JSON.readTree(singleQuoted.formatted(values).replace('\'', '"'));
    }
}
