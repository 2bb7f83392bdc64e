package dev.descent.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import dev.descent.testing.OfflineIssuer;
import dev.descent.testing.TestToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The service as others reach it: under a name, through a proxy, from pages of another host, with tokens of an issuer. */
@DescentTest
@TestPropertySource(
        properties = {
            "descent.hosts=ML.example,ml2.example",
            "descent.cors-origins=https://app.example",
            "descent.behind-proxy=true",
            "descent.jwt.audience=" + OfflineIssuer.AUDIENCE
        })
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class ExposedServiceTest {

    private static final OfflineIssuer ISSUER = new OfflineIssuer();
    private static final String DATASETS = "/v1/datasets";

    /** More than the pause between two looks at the issuer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("descent.jwt.issuer", ISSUER::address);
    }

    @AfterAll
    static void close() {
        ISSUER.close();
    }

    /** What comes for a request with exactly these headers, in lower case; an HTTP client would not send them all. */
    private String exchange(String method, String path, String... headers) {
        String head = "%s %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n"
                .formatted(method, path, String.join("\r\n", headers));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(head.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1).toLowerCase(Locale.ROOT);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The rules for other origins look at all headers. */
    @Test
    void aContentTypeThatIsARangeIsRefusedOtherOriginsToo() {
        String answer = exchange(
                "POST",
                "/v1/session",
                "Host: localhost",
                "Origin: https://app.example",
                "Content-Type: */*",
                "Content-Length: 0");
        assertThat(status(answer)).as(answer).isEqualTo(415);
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LocalHost:99, 200",
        "localhost., 200",
        "descent.localhost, 200",
        "127.0.0.1, 200",
        "192.0.2.7:8080, 200",
        "[::1], 200",
        "[::1]:8080, 200",
        "[2001:DB8::7]:443, 200",
        "ml.example, 200",
        "ML.EXAMPLE:8443, 200",
        "ml.example., 200",
        "ml2.example, 200",
        "evil.example, 421",
        "ml.example.evil.example, 421",
        "evilml.example, 421",
        "sub.ml.example, 421",
        "localhost.evil.example, 421",
        "notlocalhost, 421",
        "127.0.0.1.evil.example, 421",
        "127.1, 421",
        "2130706433, 421",
        "0x7f.0.0.1, 421",
        "0177.0.0.1.nip.io, 421",
        "ml.example.., 400",
        "'ml.example,evil.example', 400",
        "evil.example@localhost, 400",
        "localhost:x, 400",
        "'', 421",
    })
    void onlyTheNamesOfThisServiceLeadToIt(String host, int status) {
        for (String path : List.of("/v1/session", "/docs")) {
            String answer = exchange("GET", path, "Host: " + host, TestToken.LINE);
            assertThat(status(answer)).as(answer).isEqualTo(status);
        }
    }

    @Test
    void aHostHeaderCountsAndNoOtherOneThatNamesAHost() {
        for (String header : List.of("X-Forwarded-Host: localhost", "Forwarded: host=localhost", "X-Host: localhost")) {
            assertThat(status(exchange("GET", "/docs", "Host: evil.example", header)))
                    .isEqualTo(421);
        }
        assertThat(status(exchange("GET", "/docs", "Host: localhost", "Host: evil.example")))
                .isEqualTo(400);
        assertThat(status(exchange("GET", "/docs", "X-Forwarded-Host: localhost")))
                .isEqualTo(400);
        assertThat(status(exchange("GET", "http://evil.example/docs", "Host: localhost")))
                .isIn(400, 421);
    }

    @Test
    void pagesOfAConfiguredOriginMayCall() {
        String asked = exchange(
                "OPTIONS",
                DATASETS,
                "Host: ml.example",
                "Origin: https://app.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,content-type,idempotency-key");
        assertThat(status(asked)).isEqualTo(200);
        assertThat(asked)
                .contains("access-control-allow-origin: https://app.example", "access-control-allow-methods: ")
                .contains("authorization", "idempotency-key")
                .doesNotContain("access-control-allow-credentials");
        String answered = exchange("GET", DATASETS, "Host: ml.example", "Origin: https://app.example", TestToken.LINE);
        assertThat(status(answered)).isEqualTo(200);
        assertThat(answered)
                .contains("access-control-allow-origin: https://app.example", "access-control-expose-headers: ");
        String refused = exchange("GET", DATASETS, "Host: ml.example", "Origin: https://app.example");
        assertThat(status(refused)).isEqualTo(401);
        assertThat(refused).as("so that the page can read why").contains("access-control-allow-origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://app.example",
                "https://app.example:8443",
                "https://app.example.evil.example",
                "null",
                "*",
            })
    void pagesOfOtherOriginsMayNot(String origin) {
        for (String method : List.of("GET", "OPTIONS")) {
            String answer = exchange(
                    method,
                    DATASETS,
                    "Host: ml.example",
                    "Origin: " + origin,
                    "Access-Control-Request-Method: GET",
                    TestToken.LINE);
            assertThat(status(answer)).isEqualTo(403);
            assertThat(answer).doesNotContain("access-control-allow");
        }
    }

    @Test
    void theProxySaysWhetherConnectionsAreEncrypted() {
        String open = exchange("POST", "/v1/session", "Host: ml.example", "Content-Length: 0", TestToken.LINE);
        assertThat(status(open)).isEqualTo(201);
        assertThat(open).doesNotContain("; secure", "strict-transport-security");
        String encrypted = exchange(
                "POST",
                "/v1/session",
                "Host: ml.example",
                "Origin: https://ml.example",
                "X-Forwarded-For: 203.0.113.9",
                "X-Forwarded-Proto: https",
                "Content-Length: 0",
                TestToken.LINE);
        assertThat(status(encrypted)).isEqualTo(201);
        assertThat(encrypted).contains("strict-transport-security: ");
        assertThat(encrypted.lines().filter(line -> line.startsWith("set-cookie: ")))
                .hasSize(2)
                .allMatch(cookie -> cookie.contains("; secure"));
        String downgraded = exchange(
                "GET",
                DATASETS,
                "Host: ml.example",
                "Origin: http://ml.example",
                "X-Forwarded-For: 203.0.113.9",
                "X-Forwarded-Proto: https",
                TestToken.LINE);
        assertThat(status(downgraded)).isEqualTo(403);
    }

    @Test
    void aTokenOfTheIssuerActsForItsSubject() {
        DescentClient client = new DescentClient(port).as(ISSUER.token("carol", "descent:read descent:predict"));
        Answer session = client.get("/v1/session").expect(200);
        assertThat(session.json().path("owner").asString()).isEqualTo("carol");
        client.get(DATASETS).expect(200);
        client.post("/v1/training-jobs", "{}").expect(403);
        client.get("/v1/api-keys").expect(200);
        client.as(ISSUER.token("carol", "read")).get(DATASETS).expect(403);
        client.as(ISSUER.token("root", "descent:admin")).get("/v1/api-keys").expect(200);

        String cookie = client.post("/v1/session").expect(201).all("set-cookie").stream()
                .filter(set -> set.startsWith("descent_session="))
                .findFirst()
                .orElseThrow();
        int age = Integer.parseInt(cookie.replaceAll(".*Max-Age=(\\d+).*", "$1"));
        assertThat(age).as("it ends with the token").isBetween(1, 600);
        Answer browser = client.as(null).get("/v1/session", "Cookie", cookie.substring(0, cookie.indexOf(';')));
        assertThat(browser.expect(200).json().path("owner").asString()).isEqualTo("carol");
    }

    @Test
    void aTokenOfNobodyOrForNobodyIsAnsweredQuietly(CapturedOutput output) {
        DescentClient client = new DescentClient(port);
        String strange = OfflineIssuer.sign(
                JWSAlgorithm.RS256,
                OfflineIssuer.newKey("first"),
                ISSUER.claims("carol", "descent:admin").build());
        client.as(strange).get(DATASETS).expect(401);
        assertThat(client.as(ISSUER.token("admin", "descent:admin"))
                        .get(DATASETS)
                        .expect(403)
                        .json()
                        .path("detail")
                        .asString())
                .contains("its claim sub names no owner");
        assertThat(output.getAll()).doesNotContain("\tat ", " ERROR ", strange);
    }

    /** Before any other test, so that no key of the issuer is known. */
    @Test
    @Order(1)
    void whileTheIssuerIsAwayItsTokensWaitAndOtherCredentialsDoNot(CapturedOutput output) {
        DescentClient client = new DescentClient(port);
        DescentClient carol = client.as(ISSUER.token("carol", "descent:read"));
        ISSUER.setAway(true);
        Answer answer = carol.get(DATASETS).expect(503);
        assertThat(answer.headers()).containsKey("retry-after").doesNotContainKey("www-authenticate");
        client.get(DATASETS).expect(200);
        client.as("a.b.c").get(DATASETS).expect(401);
        ISSUER.setAway(false);
        await().atMost(PATIENCE).until(() -> carol.get(DATASETS).status() == 200);
        assertThat(output.getAll()).doesNotContain("\tat ", " ERROR ");
    }
}
