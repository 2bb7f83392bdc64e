package dev.descent.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.testing.DescentClient;
import dev.descent.testing.TestToken;
import dev.descent.testing.TightLimits;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@TightLimits
class JsonBodyLimitFilterTest {

    private static final String ADDRESS = "/v1/graphs:evaluate";

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

    /** Many clients send the whole body before they read a response. */
    @Test
    void aClientThatSendsAllFirstReadsWhyItIsRefused() throws IOException {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.getOutputStream().write("""
                    POST /v1/graphs:evaluate HTTP/1.1
                    Host: localhost
                    AUTHORIZATION
                    Content-Type: application/json
                    Content-Length: 20000000
                    Connection: close

                    """.replace("AUTHORIZATION", TestToken.LINE)
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().write(json(20_000_000).getBytes(StandardCharsets.UTF_8));

            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
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
        JsonBodyLimitFilter bodies =
                new JsonBodyLimitFilter(100_000, 100_000, (request, response, handler, failure) -> null);

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
    private static void reading(JsonBodyLimitFilter bodies, int bytes, Work meanwhile)
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
