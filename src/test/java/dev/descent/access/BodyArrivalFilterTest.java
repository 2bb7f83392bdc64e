package dev.descent.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.testing.DescentClient;
import dev.descent.testing.TestToken;
import dev.descent.testing.TightLimits;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;

@TightLimits
class BodyArrivalFilterTest {

    private static final String ADDRESS = "/v1/graphs:evaluate";

    private static final HandlerExceptionResolver THROWN = (request, response, handler, failure) -> {
        throw (ProblemException) failure;
    };

    @LocalServerPort
    private int port;

    private static String json(int bytes) {
        String text = "{\"expression\": \"1 + 1\"";
        return text + " ".repeat(bytes - text.length() - 1) + "}";
    }

    @Test
    void aBodyUpToTheLimitIsReadHoweverItComes() {
        DescentClient client = new DescentClient(port);

        client.post(ADDRESS, json(204_800)).expect(200);
        client.postInChunks(ADDRESS, json(204_800)).expect(200);
    }

    @Test
    void aLargerOneIsRefusedHoweverItComes() {
        DescentClient client = new DescentClient(port);

        assertThat(List.of(client.post(ADDRESS, json(204_801)), client.postInChunks(ADDRESS, json(204_801))))
                .allSatisfy(answer -> assertThat(answer.expect(413).text())
                        .contains("/problems/too-large", "204800 bytes", "descent.max-json-size"));
    }

    @Test
    void aCompressedBodyIsReadAndCountedAsItIs() throws IOException {
        DescentClient client = new DescentClient(port);

        assertThat(compressed(client, gzip(json(204_800)))
                        .expect(200)
                        .json()
                        .path("value")
                        .asDouble())
                .isEqualTo(2);
        compressed(client, twice(gzip("{\"expression\":"), gzip("\"1\"}"))).expect(200);
        assertThat(compressed(client, gzip(json(204_801))).expect(413).text()).contains("204800 bytes");
        assertThat(compressed(client, gzip(json(100_000_000))).expect(413).text())
                .contains("204800 bytes");
    }

    @Test
    void aBodyThatIsNotWhatItsEncodingSaysIsMalformed() throws IOException {
        DescentClient client = new DescentClient(port);
        byte[] whole = gzip(json(1_000));

        for (byte[] broken :
                List.of(json(100).getBytes(UTF_8), Arrays.copyOf(whole, 20), Arrays.copyOf(whole, 5), new byte[0])) {
            assertThat(compressed(client, broken).expect(400).text())
                    .contains("/problems/malformed-request")
                    .doesNotContain("Exception", "null");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/graphs:evaluate, application/json, br, 'gzip, identity'",
        "/v1/graphs:evaluate, application/json, 'gzip, gzip', 'gzip, identity'",
        "/v1/training-jobs, application/json, deflate, 'gzip, identity'",
        "/v1/training-jobs:validate, application/json, zstd, 'gzip, identity'",
        "/v1/datasets, text/csv, compress, 'gzip, zstd, identity'",
        "/v1/datasets, multipart/form-data; boundary=b, br, 'gzip, zstd, identity'",
        "/v1/datasets, multipart/form-data; boundary=b, gzip, identity",
        "/v1/models/m/predict, text/csv, compress, 'gzip, zstd, identity'",
        "/v1/models/m/predict, application/json, br, 'gzip, identity'",
    })
    void anotherEncodingIsRefusedWithThoseThatAreRead(String path, String type, String encoding, String accepted) {
        assertThat(new DescentClient(port)
                        .post(path, type, new byte[100], "Content-Encoding", encoding)
                        .expect(415)
                        .json()
                        .path("detail")
                        .asString())
                .isEqualTo("Content-Encoding is \"%s\"; accepted: %s".formatted(encoding, accepted));
    }

    /** Little that unpacks to much is refused before it fills what all bodies together may take. */
    @Test
    void aBodyThatIsCompressedTooWellIsRefused() throws Exception {
        BodyArrivalFilter bodies = new BodyArrivalFilter(50_000_000, 50_000_000, 1, THROWN);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.doFilter(
                        compressedRequest(50_000_000), new MockHttpServletResponse(), (request, response) -> {}))
                .withMessageContaining("less than a 200th");
        bodies.doFilter(compressedRequest(1_000_000), new MockHttpServletResponse(), (request, response) -> {
            assertThat(request.getInputStream().readAllBytes()).hasSize(1_000_000);
            assertThat(request.getContentLength()).isEqualTo(1_000_000);
            assertThat(((HttpServletRequest) request).getHeader("Content-Encoding"))
                    .isNull();
        });
    }

    private static MockHttpServletRequest compressedRequest(int bytes) throws IOException {
        MockHttpServletRequest request = request(0);
        request.setContent(gzip(json(bytes)));
        request.addHeader("Content-Encoding", "gzip");
        return request;
    }

    private static DescentClient.Answer compressed(DescentClient client, byte[] body) {
        return client.post(ADDRESS, "application/json", body, "Content-Encoding", "gzip");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] twice(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    /** Many clients send the whole body before they read a response. */
    @Test
    void aClientThatSendsAllFirstReadsWhyItIsRefused() throws IOException {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.getOutputStream().write("""
                    POST /v1/graphs:evaluate HTTP/1.1
                    Host: localhost
                    Content-Type: application/json
                    Content-Length: 20000000
                    Connection: close
                    AUTHORIZATION

                    """.replace("AUTHORIZATION", TestToken.LINE)
                    .replace("\n", "\r\n")
                    .getBytes(UTF_8));
            client.getOutputStream().write(json(20_000_000).getBytes(UTF_8));

            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 413")
                    .contains("descent.max-json-size");
        }
    }

    /**
     * All but the first 64 KB of each body count: two bodies of 100,000 bytes fit into a limit of 100,000 bytes, a
     * third does not.
     */
    @Test
    void whatDoesNotFitBesideOthersThatAreBeingReadIsSentAway() throws Exception {
        BodyArrivalFilter bodies = new BodyArrivalFilter(100_000, 100_000, 10, THROWN);

        reading(
                bodies,
                100_000,
                () -> reading(bodies, 100_000, () -> {
                    assertThatExceptionOfType(ProblemException.class)
                            .isThrownBy(() -> reading(bodies, 100_000, () -> {}))
                            .matches(refused -> refused.problem() == Problem.UNAVAILABLE);
                    reading(bodies, 65_536, () -> {});
                }));
        reading(bodies, 100_000, () -> reading(bodies, 100_000, () -> {}));
    }

    /** Runs an action while a body is in memory. */
    private static void reading(BodyArrivalFilter bodies, int bytes, Work meanwhile)
            throws IOException, ServletException {
        bodies.doFilter(request(bytes), new MockHttpServletResponse(), (request, response) -> {
            assertThat(request.getInputStream().readAllBytes()).hasSize(bytes);
            meanwhile.run();
        });
    }

    private interface Work {
        void run() throws IOException, ServletException;
    }

    private static MockHttpServletRequest request(int bytes) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/v1/models/m/predict");
        request.setContentType("application/json");
        request.setContent(new byte[bytes]);
        return request;
    }
}
