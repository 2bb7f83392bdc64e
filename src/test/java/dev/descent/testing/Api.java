package dev.descent.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a running service, with no help from the service's own classes. */
public final class Api {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final String base;

    public Api(int port) {
        this.port = port;
        this.base = "http://127.0.0.1:" + port;
    }

    /** What came back. */
    public record Answer(int status, HttpHeaders headers, byte[] body) {

        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** The body of an answer that must have this status. */
        public JsonNode json(int expectedStatus) {
            if (status != expectedStatus) {
                throw new AssertionError("Status %d instead of %d: %s"
                        .formatted(status, expectedStatus, new String(body, StandardCharsets.UTF_8)));
            }
            return json();
        }
    }

    public int port() {
        return port;
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** What an address that has CSV to offer answers as such. */
    public String getCsv(String path) {
        return new String(send(request(path).header("Accept", "text/csv").GET()).body(), StandardCharsets.UTF_8);
    }

    /** @param headers names and values by turns */
    public Answer post(String path, String contentType, byte[] body, String... headers) {
        return send(path, contentType, BodyPublishers.ofByteArray(body), headers);
    }

    public Answer post(String path, String json, String... headers) {
        return send(path, "application/json", BodyPublishers.ofString(json), headers);
    }

    public Answer patch(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    private Answer send(String path, String contentType, BodyPublisher body, String... headers) {
        return send(request(path, headers).header("Content-Type", contentType).POST(body));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
