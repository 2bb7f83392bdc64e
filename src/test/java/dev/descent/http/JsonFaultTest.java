package dev.descent.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** JSON that is malformed, or beyond what is parsed at all, is refused with what is wrong, in no words of Java. */
@DescentTest
@ExtendWith(OutputCaptureExtension.class)
class JsonFaultTest {

    private static final List<String> ADDRESSES = List.of(
            "/v1/training-jobs", "/v1/training-jobs:validate", "/v1/graphs:evaluate", "/v1/models/none/predict");

    @LocalServerPort
    private int port;

    private void assertRefused(byte[] body, String expected) {
        for (String address : ADDRESSES) {
            Answer answer = new DescentClient(port)
                    .post(address, "application/json", body)
                    .expect(400);
            assertThat(answer.json().path("type").asString()).isEqualTo("/problems/malformed-request");
            assertThat(answer.json().path("detail").asString())
                    .contains(expected)
                    .doesNotContain("`", "Jackson", "tools.", "Exception", "Feature", "Token.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"a\":2} | Duplicate Object property \"a\"",
                "{\"b\":{\"c\":[{\"d\":1,\"e\":2,\"d\":1}]}} | Duplicate Object property \"d\"",
                "{\"a\":1} {\"b\":2} | after its end",
                "{\"a\":1}] | Unexpected close marker",
                "{\"a\":1}x | Unrecognized token",
                "{\"a\":1,} | Unexpected character",
                "{'a':1} | Unexpected character",
                "{\"a\":01} | Leading zeroes not allowed",
                "{\"a\":+1} | Unexpected character",
                "{\"a\":NaN} | NaN",
                "{\"a\": | Unexpected end-of-input",
                "{\"a\":[1,2 | Unexpected end-of-input",
                "{\"a\":\"\\x\"} | Unrecognized character escape",
                "{/* c */\"a\":1} | Unexpected character",
            })
    void malformedJson(String body, String expected, CapturedOutput output) {
        assertRefused(body.getBytes(UTF_8), expected);
        assertNothingLogged(output);
    }

    @Test
    void jsonBeyondTheLimits(CapturedOutput output) {
        assertRefused("[".repeat(501).getBytes(UTF_8), "nesting depth (501) exceeds the maximum allowed (500)");
        assertRefused("{\"a\":".repeat(100_000).getBytes(UTF_8), "exceeds the maximum allowed (500)");
        assertRefused(("{\"a\":" + "1".repeat(1_001) + "}").getBytes(UTF_8), "exceeds the maximum allowed (1000)");
        assertRefused(("{\"a\":0." + "1".repeat(5_000) + "}").getBytes(UTF_8), "exceeds the maximum allowed (1000)");
        assertRefused(("{\"" + "a".repeat(60_000) + "\":1}").getBytes(UTF_8), "exceeds the maximum allowed (50000)");
        assertNothingLogged(output);
    }

    @Test
    void bytesThatAreNoText(CapturedOutput output) {
        for (String bytes : List.of(
                "{\"a\":\"\u00ff\"}",
                "{\"a\":\"\u00ed\u00a0\u0080\"}",
                "\u0080",
                "{\"a\":\"\u00f8\u0088\u0080\u0080\u0080\"}")) {
            assertRefused(bytes.getBytes(ISO_8859_1), "UTF-8");
        }
        assertNothingLogged(output);
    }

    @Test
    void aByteOrderMarkAndUtf16AreRead() {
        String text = "{\"expression\":\"1 + 1\"}";
        for (byte[] body : List.of(("\ufeff" + text).getBytes(UTF_8), ("\ufeff" + text).getBytes(UTF_16LE))) {
            new DescentClient(port)
                    .post("/v1/graphs:evaluate", "application/json", body, "Content-Encoding", "identity")
                    .expect(200);
        }
    }

    @Test
    void theOptionsOfAnUploadAreHeldToTheSame(CapturedOutput output) {
        DescentClient client = new DescentClient(port);
        for (String options : List.of("{\"name\":\"a\",\"name\":\"b\"}", "{} {}", "[".repeat(501), "{")) {
            assertThat(client.upload("f.csv", "x\n1\n".getBytes(UTF_8), options).status())
                    .isIn(400, 422);
        }
        assertThat(client.upload("f.csv", "x\n1\n".getBytes(UTF_8), "{\"name\":\"a\",\"name\":\"b\"}")
                        .expect(400)
                        .text())
                .contains("Duplicate Object property \\\"name\\\"");
        assertNothingLogged(output);
    }

    private static void assertNothingLogged(CapturedOutput output) {
        assertThat(output.getOut().lines().filter(line -> line.contains("-exec-") || line.contains("tomcat-")))
                .isEmpty();
    }
}
