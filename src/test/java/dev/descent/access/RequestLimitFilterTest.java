package dev.descent.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@DescentTest
@TestPropertySource(properties = "descent.max-requests=1")
class RequestLimitFilterTest {

    private static final String HALF_AN_UPLOAD = """
            POST /v1/datasets HTTP/1.1
            Host: localhost
            Content-Type: text/csv
            Content-Length: 8
            Connection: close

            x,y
            """.replace("\n", "\r\n").stripTrailing() + "\n";

    @LocalServerPort
    private int port;

    @Test
    void whoFindsNoPlaceIsSentAwayWithAHintAndHealthIsAlwaysAnswered() throws IOException {
        DescentClient client = new DescentClient(port);
        try (Socket slow = new Socket("127.0.0.1", port)) {
            OutputStream upload = slow.getOutputStream();
            upload.write(HALF_AN_UPLOAD.getBytes(US_ASCII));

            await().until(() -> client.statusOf("/v1/models") == 503);
            DescentClient.Answer refused = client.get("/v1/models").expect(503);
            assertThat(refused.headers()).containsKey("retry-after");
            assertThat(refused.json().path("detail").asString()).contains("descent.max-requests");
            client.get("/actuator/health").expect(200);
            client.get("/problems/unavailable").expect(200);

            upload.write("1,2\n".getBytes(US_ASCII));
            assertThat(new String(slow.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 201");
        }
        await().until(() -> client.statusOf("/v1/models") == 200);
    }
}
