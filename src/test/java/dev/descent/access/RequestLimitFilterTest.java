package dev.descent.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.testing.DescentClient;
import dev.descent.testing.TestToken;
import dev.descent.testing.TightLimits;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@TightLimits
class RequestLimitFilterTest {

    private static final String HALF_A_REQUEST =
            """
            POST /v1/graphs:evaluate HTTP/1.1
            Host: localhost
            AUTHORIZATION
            Content-Type: application/json
            Content-Length: 20
            Connection: close

            {"expression":
            """.replace("AUTHORIZATION", TestToken.LINE).replace("\n", "\r\n").stripTrailing();
    private static final String OTHER_HALF = "\"1+1\"}";

    @LocalServerPort
    private int port;

    @Test
    void whoFindsNoPlaceIsSentAwayWithAHintAndHealthIsAlwaysAnswered() throws IOException {
        DescentClient client = new DescentClient(port);
        List<Socket> clients = new ArrayList<>();
        try {
            // One more than the limit: once one is rejected, the others have been admitted.
            for (int i = 0; i <= TightLimits.MAX_REQUESTS; i++) {
                Socket slow = new Socket("127.0.0.1", port);
                clients.add(slow);
                slow.getOutputStream().write(HALF_A_REQUEST.getBytes(US_ASCII));
            }
            await().until(() -> anyIsAnswered(clients));

            DescentClient.Answer refused = client.get("/v1/models").expect(503);
            assertThat(refused.headers()).containsKey("retry-after");
            assertThat(refused.json().path("detail").asString()).contains("descent.max-requests");
            client.get("/actuator/health").expect(200);
            client.get("/problems/unavailable").expect(200);

            List<String> statuses = new ArrayList<>();
            for (Socket slow : clients) {
                slow.getOutputStream().write(OTHER_HALF.getBytes(US_ASCII));
                String answer = new String(slow.getInputStream().readAllBytes(), US_ASCII);
                statuses.add(answer.substring("HTTP/1.1 ".length()).substring(0, 3));
            }
            assertThat(statuses).containsExactlyInAnyOrder("200", "200", "200", "200", "503");
        } finally {
            for (Socket slow : clients) {
                slow.close();
            }
        }
        await().until(() -> client.statusOf("/v1/models") == 200);
    }

    private static boolean anyIsAnswered(List<Socket> clients) throws IOException {
        for (Socket slow : clients) {
            if (slow.getInputStream().available() > 0) {
                return true;
            }
        }
        return false;
    }
}
