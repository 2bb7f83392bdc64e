package dev.descent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import dev.descent.testing.TestToken;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Clients are told precisely about their errors; the server's log says nothing about them. */
@DescentTest
@ExtendWith(OutputCaptureExtension.class)
class ClientFaultTest {

    private static final String CHUNKED = "POST %s HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Type: ";

    @LocalServerPort
    private int port;

    @Test
    void requestsThatAreRefused(CapturedOutput output) {
        DescentClient client = new DescentClient(port);
        client.send("PUT", "/v1/datasets", "text/csv", new byte[0]).expect(405);
        client.get("/v1/nothing").expect(404);
        client.get("/v1/datasets/ds_none").expect(404);
        client.get("/v1/datasets", "Accept", "image/png").expect(406);
        client.send("POST", "/v1/training-jobs", "text/plain", "hello".getBytes(StandardCharsets.UTF_8))
                .expect(415);
        client.post("/v1/training-jobs", "{").expect(400);
        client.post("/v1/training-jobs", "{}").expect(422);
        client.get("/v1/datasets?limit=many").expect(422);
        client.get("/v1/models/none/versions/one").expect(404);
        for (String number : List.of("0x1", "%231", "01", "%2B1", "1.0", "1e2", "99999999999", "9999999999999999999")) {
            client.get("/v1/models?limit=" + number).expectFault(422, "?limit", "accepted: a whole number");
            client.get("/v1/models/none/versions/" + number).expect(404);
            client.get("/v1/datasets/none/rows?limit=" + number).expectFault(422, "?limit", "accepted: a whole number");
        }
        client.get("/v1/datasets/none/rows?offset=0x1").expectFault(422, "?offset", "accepted: a whole number");
        client.get("/v1/audit?after=-1").expectFault(422, "?after");
        client.get("/v1/audit?after=01").expectFault(422, "?after", "accepted: a whole number");

        assertNothingLogged(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /../../etc/passwd HTTP/1.1",
                "GET /docs/%2e%2e/%2e%2e/x HTTP/1.1",
                "GET /docs/..;/x HTTP/1.1",
                "GET /docs/%252e%252e%252fx HTTP/1.1",
                "GET /..%5c..%5cx HTTP/1.1",
                "GET /..%252f..%252fx HTTP/1.1",
                "GET /x/..%25c0%25afy HTTP/1.1",
                "GET /url:file:/etc/passwd HTTP/1.1",
                "GET /WEB-INF/web.xml HTTP/1.1",
                "GET /META-INF/x HTTP/1.1",
                "GET /a%00b HTTP/1.1",
                "GET /a%zz HTTP/1.1",
                "GET /v1/datasets?name=%zz HTTP/1.1",
                "GET /v1/datasets?%zz HTTP/1.1",
                "GET http://[/ HTTP/1.1",
                "GET /v1/a/..;%/b HTTP/1.1",
                "GET /v1/a;b=%f/c HTTP/1.1",
                "GET /docs/;%zz HTTP/1.1",
                "POST /v1/retention:preview HTTP/1.1\r\nContent-Type: brew\r\nContent-Length: 2\r\n\r\n{}",
                "GET /v1/datasets HTTP/9.9",
                "GET /v1/datasets",
                "BREW /v1/datasets HTTP/1.1",
                "TRACE /v1/datasets HTTP/1.1",
                "CONNECT x:1 HTTP/1.1",
                "B(EW /v1/datasets HTTP/1.1",
                "GET /v1/datasets HTTP/1.1\r\nbad header",
                "GET /v1/datasets HTTP/1.1\r\nContent-Length: many",
                "GET /v1/datasets HTTP/1.1\r\nTransfer-Encoding: brew",
                "GET /v1/datasets HTTP/1.1\r\nCookie: a=\u0001; =;",
                "GET /v1/datasets HTTP/1.1\r\nHost: y",
                "GET /v1/datasets HTTP/1.1\r\nAccept: brew",
                "GET /v1/datasets HTTP/1.1\r\nExpect: brew",
                "GET /v1/datasets HTTP/1.1\r\nIf-None-Match: brew\r\nIf-Modified-Since: never",
                "GET /docs HTTP/1.1\r\nRange: bytes=9999999-1",
                "POST /v1/datasets HTTP/1.1\r\nContent-Type: brew\r\nContent-Length: 0",
                "POST /v1/datasets HTTP/1.1\r\nContent-Type: multipart/form-data\r\nContent-Length: 0",
                "POST /v1/datasets HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\n%zz",
                "POST /v1/training-jobs HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "POST /v1/training-jobs HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 99999999999",
                "POST /v1/training-jobs HTTP/1.1\r\nContent-Type: application/json; charset=brew\r\nContent-Length: 2\r\n\r\n{}",
                "POST /v1/datasets HTTP/1.1\r\nContent-Type: text/csv\r\nContent-Encoding: brew\r\nContent-Length: 0",
            })
    void requestsThatNoClientLibrarySends(String request, CapturedOutput output) throws IOException {
        String answer = exchange(request);

        assertThat(answer).isNotEmpty().doesNotContain("HTTP/1.1 500");
        assertNothingLogged(output);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT x:1 HTTP/1.1, 501, Not implemented, not-implemented",
        "GET / HTTP/1.1~Transfer-Encoding: brew, 501, Not implemented, not-implemented",
        "GET / HTTP/9.9, 505, HTTP version not supported, version-not-supported",
        "GET / HTTP/1.1~Expect: brew, 417, Expectation failed, expectation-failed",
        "GET / HTTP/1.1~X: LONG, 400, Malformed request, malformed-request",
        "GET /LONG HTTP/1.1, 400, Malformed request, malformed-request",
        "BREW /v1/datasets HTTP/1.1, 405, Method not allowed, method-not-allowed",
        "TRACE /v1/datasets HTTP/1.1, 405, Method not allowed, method-not-allowed",
        "GET /openapi.yaml HTTP/1.1~Range: bytes=99999999-, 416, Range not satisfiable, range-not-satisfiable",
        "GET /webjars/swagger-ui/swagger-ui.css HTTP/1.1~Range: bytes=99999999-, 416, Range not satisfiable, range-not-satisfiable",
    })
    void eachStatusHasItsTitle(String request, int status, String title, String slug) throws IOException {
        String lines = request.replace("~", "\r\n").replace("LONG", "x".repeat(20_000));
        String answer = exchange(lines);

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%d,".formatted(slug, title, status));
        assertThat(new DescentClient(port).get("/problems/" + slug).expect(200).text())
                .contains(title);
    }

    /** Whatever address a client asks for, and whoever serves it, a query that can't be read is the client's fault. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models",
                "/v1/nothing",
                "/nothing",
                "/",
                "/docs",
                "/openapi.yaml",
                "/problems",
                "/problems/conflict",
                "/actuator/health",
                "/actuator/health/readiness",
                "/webjars/swagger-ui/swagger-ui.css",
            })
    void aQueryThatCanNotBeRead(String path, CapturedOutput output) throws IOException {
        String many = IntStream.range(0, 1_001).mapToObj(i -> "a=" + i).collect(Collectors.joining("&"));
        for (String query : List.of("%", "=x", "limit=%zz", "a=%ff", "a=%c0%af", "\u00ff=1", many)) {
            // What is not there has no query.
            assertProblem(exchange("GET " + path + "?" + query + " HTTP/1.1"), 400, 404);
        }
        assertNothingLogged(output);
    }

    /** It is refused before anybody looks at it, and whatever only looks like one is not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/models",
                "GET /v1/nothing",
                "PUT /nothing",
                "GET /",
                "GET /docs",
                "GET /openapi.yaml",
                "GET /problems/conflict",
                "GET /actuator/health",
                "GET /webjars/swagger-ui/swagger-ui.css",
                "POST /v1/session",
                "POST /v1/datasets",
                "POST /v1/models/none/predict",
                "POST /v1/training-jobs",
                "POST /v1/training-jobs/none/cancel",
                "POST /v1/retention:preview",
                "DELETE /v1/datasets/none",
                "OPTIONS /v1/datasets",
            })
    void aContentTypeThatIsARange(String line, CapturedOutput output) throws IOException {
        for (String type : List.of("*/*", "*", "text/*", "application/*+json", "*/*;charset=utf-8", "multipart/*")) {
            assertProblem(exchange(line + " HTTP/1.1\r\nContent-Type: " + type + "\r\nContent-Length: 0"), 415)
                    .contains("Content-Type is " + type, "accepted: one media type");
        }
        for (String type : List.of("brew", "text/*brew*", "text/plain;a=*")) {
            assertThat(exchange(line + " HTTP/1.1\r\nContent-Type: " + type + "\r\nContent-Length: 0"))
                    .doesNotContain("HTTP/1.1 500", "accepted: one media type");
        }
        assertNothingLogged(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "xyz\r\n",
                "-1\r\n",
                "0x2\r\n{}\r\n0\r\n\r\n",
                "80000000\r\n{}",
                "FFFFFFFFFFFFFFFFFF\r\n{}",
                "9\r\n{}",
                "2\r\n{}xx\r\n0\r\n\r\n",
                "2\n{}\n0\n\n",
                "2;LONG\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}\r\n0\r\nA: LONG\r\n\r\n",
                "2\r\n{}\r\n0\r\nno header\r\n\r\n",
            })
    void aBodyWhoseChunksAreBroken(String body, CapturedOutput output) throws IOException {
        String broken = "\r\n\r\n" + body.replace("LONG", "x".repeat(20_000));
        for (String request : List.of(
                CHUNKED.formatted("/v1/graphs:evaluate") + "application/json",
                CHUNKED.formatted("/v1/training-jobs") + "application/json",
                CHUNKED.formatted("/v1/datasets") + "text/csv",
                CHUNKED.formatted("/v1/datasets") + "multipart/form-data; boundary=b")) {
            assertProblem(exchange(request + broken), 400).contains("a chunk of it is malformed");
        }
        assertNothingLogged(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=a b",
                "multipart/form-data; boundary=c",
                "multipart/form-data; boundary=b; charset=brew",
                "multipart/form-data; boundary=LONG",
                "multipart/mixed; boundary=b",
            })
    void aFormWithoutAUsefulBoundary(String type, CapturedOutput output) throws IOException {
        String part = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\n1\n\r\n--b--\r\n";
        assertProblem(exchange(form(type.replace("LONG", "x".repeat(3_000)), part)), 400, 415);
        assertNothingLogged(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "--b",
                "--b--",
                "--b\r\n\r\n",
                "--b\r\nContent-Disposition\r\n\r\nx\r\n--b--",
                "--b\r\n: x\r\n\r\nx\r\n--b--",
                "--b\r\nContent-Disposition: ;;;\r\n\r\nx\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\n1\n",
                "--b\r\nContent-Disposition: form-data; name=\"file\"\r\nX: LONG\r\n\r\nx\n1\n\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"file\"\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\nx\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"=?UTF-8?B?####?=\"\r\n\r\nx\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.gz\"\r\n\r\nx\n1\n\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"options\"\r\n\r\n{\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n{\r\n--b--",
            })
    void aFormThatIsBroken(String form, CapturedOutput output) throws IOException {
        String body = form.replace("LONG", "x".repeat(9_000));
        assertProblem(exchange(form("multipart/form-data; boundary=b", body)), 400, 422);
        assertNothingLogged(output);
    }

    private static String form(String type, String body) {
        return "POST /v1/datasets HTTP/1.1\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(type, body.length(), body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                ",,,,",
                "brew",
                "a/b/c",
                "*/*;q=brew",
                "application/json;q=2",
                "text/csv;charset=brew",
                "\u00ff"
            })
    void anAcceptHeaderThatIsNoMediaType(String accept, CapturedOutput output) throws IOException {
        for (String path :
                List.of("/", "/nothing", "/v1/models", "/docs", "/actuator/health", "/v1/datasets/ds_1/content")) {
            String answer = exchange("GET " + path + " HTTP/1.1\r\nAccept: " + accept);
            assertThat(answer).doesNotStartWith("HTTP/1.1 5");
        }
        assertNothingLogged(output);
    }

    @Test
    void aClientOfManyLanguages(CapturedOutput output) throws IOException {
        String languages = "de, ".repeat(500) + "en";
        for (String path : List.of("/v1/models", "/actuator/health", "/openapi.yaml")) {
            assertThat(exchange("GET " + path + " HTTP/1.1\r\nAccept-Language: " + languages))
                    .startsWith("HTTP/1.1 200");
        }
        assertNothingLogged(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "brew",
                "/",
                "a/b/c",
                "application/json; charset=brew",
                "application/json; charset=",
                "application/json; charset=\"",
                "application/json, text/csv",
                "application/*",
            })
    void aContentTypeThatIsNoneIsQuoted(String type, CapturedOutput output) throws IOException {
        String request =
                "POST /v1/graphs:evaluate HTTP/1.1\r\nContent-Length: 2\r\nContent-Type: " + type + "\r\n\r\n{}";
        assertProblem(exchange(request), 415).contains("Content-Type is " + type.replace("\"", "\\\""));
        assertNothingLogged(output);
    }

    /** Asserts one of the statuses, and that nothing of how the server is made stands in the answer. */
    private static AbstractStringAssert<?> assertProblem(String answer, Integer... statuses) {
        assertThat(Integer.valueOf(answer.substring(9, 12))).as(answer).isIn((Object[]) statuses);
        return assertThat(answer)
                .contains("Content-Type: application/problem+json", "\"type\":\"/problems/")
                .doesNotContain("Exception", "java.", "org.", "dev.descent", "null");
    }

    /** The answer to a request line, perhaps with headers, an empty line and a body. */
    private String exchange(String request) throws IOException {
        String[] parts = request.split("\r\n\r\n", 2);
        String body = parts.length > 1 ? parts[1] : "";
        return send(parts[0] + "\r\n" + TestToken.LINE + "\r\nHost: localhost\r\nConnection: close\r\n\r\n" + body);
    }

    private String send(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            // So that the server does not wait for the rest of the body.
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static void assertNothingLogged(CapturedOutput output) {
        assertThat(output.getOut().lines().filter(line -> line.contains("-exec-") || line.contains("tomcat-")))
                .isEmpty();
    }
}
