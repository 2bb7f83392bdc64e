package dev.descent.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import dev.descent.testing.TestToken;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Files that are out of any proportion, or not what they are said to be: a short answer, and nothing on the disk. */
@DescentTest
@TestPropertySource(properties = "descent.client-patience=2s")
class BadFileTest {

    @LocalServerPort
    private int port;

    @Value("${descent.home}")
    private Path home;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> parts().isEmpty());
    }

    private List<String> parts() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("datasets"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".part"))
                    .toList();
        }
    }

    private Answer csv(String text) {
        return client.post("/v1/datasets", "text/csv", text.getBytes(UTF_8));
    }

    @Test
    void aMillionColumns() {
        csv("x,".repeat(1_000_000) + "y\n" + "1,".repeat(1_000_000) + "1\n")
                .expectFault(422, "#/file", "line 1", "more than 10000 fields", "max-columns");
    }

    @Test
    void aLineThatNeverEnds() {
        csv("x,y\n1," + "z".repeat(30 << 20)).expectFault(422, "#/file", "line 2, column 2");
        csv("x,y\n" + "1,".repeat(10 << 20)).expectFault(422, "#/file", "line 2");
        client.post("/v1/datasets", "application/x-ndjson", ("{\"a\":\"" + "z".repeat(40 << 20)).getBytes(UTF_8))
                .expectFault(422, "#/file", "Line 1 has more than");
    }

    @Test
    void aQuoteThatIsNeverClosed() {
        csv("x,y\n1,2\n3,\"4\n" + "5,6\n".repeat(500_000))
                .expectFault(422, "#/file", "line 3, column 2", "\" around them");
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Inf", "1e999", "-Infinity", "0x1p3"})
    void noCellBecomesWhatNoNumberIs(String cell) {
        csv("x,y\n1," + cell + "\n2,3\n").expect(201);
        client.upload(
                        "d.csv",
                        ("x,y\n1," + cell + "\n").getBytes(UTF_8),
                        "{\"columns\":{\"y\":{\"type\":\"numeric\"}}}")
                .expectFault(422, "#/options/columns/y/type", "Line 2", cell);
    }

    @Test
    void zeroBytes() {
        csv("x,y\n1,2\n3,\0\n").expectFault(422, "#/file", "zero bytes", "line 3");
    }

    @Test
    void tenThousandParts() {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            form.append("--b\r\nContent-Disposition: form-data; name=\"p%d\"\r\n\r\nx\r\n".formatted(i));
        }
        client.sendUnchecked(
                        "POST",
                        "/v1/datasets",
                        "multipart/form-data; boundary=b",
                        form.append("--b--\r\n").toString().getBytes(UTF_8))
                .expect(400);
    }

    /** A client that announces more than it sends leaves nothing, whether it goes or stays. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void lessThanWasAnnounced(boolean goes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write("""
                    POST /v1/datasets HTTP/1.1\r
                    Host: localhost\r
                    Authorization: %s\r
                    Content-Type: text/csv\r
                    Content-Length: 1000000\r
                    \r
                    x,y
                    1,2
                    """.formatted(TestToken.header(TestToken.VALUE)).getBytes(US_ASCII));
            out.write("3,4\n".repeat(20_000).getBytes(US_ASCII));
            out.flush();
            if (!goes) {
                socket.setSoTimeout(20_000);
                assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
                        .isEqualTo("HTTP/1.1 408");
            }
        }
        assertThat(client.get("/v1/datasets?name=dataset")
                        .expect(200)
                        .json()
                        .path("data")
                        .valueStream()
                        .filter(dataset -> dataset.path("rows").asInt() > 10_000))
                .isEmpty();
    }
}
