package dev.descent.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.testing.DescentClient;
import dev.descent.testing.TestToken;
import dev.descent.testing.TightLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Clients that send their bodies, or read their answers, as slowly as they can. */
@TightLimits
@ExtendWith(OutputCaptureExtension.class)
class SlowClientTest {

    private static final Duration SHORT = Duration.ofMillis(20);

    @LocalServerPort
    private int port;

    @Test
    void anyNumberOfBodiesThatAreStillToComeTakeNoPlaces() throws IOException {
        DescentClient client = new DescentClient(port);
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 10 * TightLimits.MAX_REQUESTS; i++) {
                clients.add(begin("/v1/graphs:evaluate", "application/json"));
                clients.add(begin("/v1/datasets", "text/csv"));
                clients.add(begin("/v1/datasets", "multipart/form-data; boundary=b"));
            }

            client.get("/v1/models").expect(200);
            client.post("/v1/graphs:evaluate", "{\"expression\": \"1 + 1\"}").expect(200);
            client.get("/actuator/health").expect(200);
        } finally {
            for (Socket slow : clients) {
                slow.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/graphs:evaluate, application/json", "/v1/datasets, text/csv", "/v1/nothing, application/json"})
    void aBodyThatStandsStillIsGivenUp(String path, String type, CapturedOutput output) throws IOException {
        try (Socket stalled = begin(path, type)) {
            assertGivenUp(stalled);
        }
        assertNothingLogged(output);
    }

    @ParameterizedTest
    @CsvSource({"/v1/graphs:evaluate, application/json", "/v1/datasets, text/csv"})
    void aBodyThatTricklesIsGivenUp(String path, String type, CapturedOutput output) throws IOException {
        try (Socket slow = begin(path, type)) {
            await().pollInterval(SHORT).until(() -> {
                slow.getOutputStream().write(' ');
                return slow.getInputStream().available() > 0;
            });
            assertGivenUp(slow);
        }
        assertNothingLogged(output);
    }

    /** The connection is closed without the client's help. */
    private static void assertGivenUp(Socket socket) throws IOException {
        String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
        assertThat(answer)
                .startsWith("HTTP/1.1 408")
                .contains("Content-Type: application/problem+json", "/problems/request-timeout", "Connection: close");
    }

    @Test
    void anAnswerThatIsTakenTooSlowlyIsCutOff(CapturedOutput output) throws IOException {
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(1 << 12);
            slow.connect(new InetSocketAddress("127.0.0.1", port));
            String request = "GET /webjars/swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n";
            // More than the server reads ahead: it closes a connection with unread bytes at once.
            slow.getOutputStream().write(request.repeat(1_000).getBytes(US_ASCII));
            InputStream in = slow.getInputStream();

            await().pollInterval(SHORT).atMost(Duration.ofMinutes(1)).until(() -> isCutOff(in));
        }
        assertNothingLogged(output);
    }

    private static boolean isCutOff(InputStream in) {
        try {
            return in.readNBytes(500).length < 500;
        } catch (IOException reset) {
            return true;
        }
    }

    private Socket begin(String path, String type) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write("""
                POST %s HTTP/1.1
                Host: localhost
                Content-Type: %s
                Content-Length: 10000
                %s

                {"expression":""".formatted(path, type, TestToken.LINE)
                .replace("\n", "\r\n")
                .getBytes(US_ASCII));
        return socket;
    }

    private static void assertNothingLogged(CapturedOutput output) {
        assertThat(output.getOut().lines().filter(line -> line.contains("-exec-") || line.contains("tomcat-")))
                .isEmpty();
    }
}
