package dev.descent.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import dev.descent.testing.TestToken;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@DescentTest
class AccessTest {

    private static final String SESSION = "/v1/session";

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    @Test
    void withoutACredentialNothingOfTheApiIsShown() {
        DescentClient stranger = client.as(null);
        for (String path : List.of("/v1/datasets", "/v1/models/any", "/v1/nothing", "/", "/actuator", SESSION)) {
            assertThat(stranger.get(path).expect(401).headers()).containsEntry("www-authenticate", "Bearer");
        }
        for (String path : List.of("/actuator/health", "/docs", "/docs/docs.js", "/openapi.yaml", "/problems")) {
            stranger.get(path).expect(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "dk_00000000000000000000000000_a-token-for-tests-which-protects-nothing-aaa"})
    void aWrongCredentialIsRefusedButOpensWhatIsOpen(String wrong) {
        DescentClient stranger = client.as(wrong);
        assertThat(stranger.get("/v1/datasets").expect(401).headers().get("www-authenticate"))
                .contains("invalid_token");
        stranger.get("/openapi.yaml").expect(200);
    }

    @Test
    void aSessionActsForTheCredentialUntilItIsClosed() {
        Answer opened = client.post(SESSION).expect(201);
        assertThat(opened.json().path("owner").asString()).isEqualTo("admin");
        List<String> cookies = opened.all("set-cookie");
        String session = cookie(cookies, "descent_session");
        String csrf = cookie(cookies, "XSRF-TOKEN");
        assertThat(cookies)
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("descent_session=")
                        .contains("HttpOnly", "SameSite=Strict", "Path=/")
                        .doesNotContain(TestToken.VALUE));
        DescentClient browser = client.as(null);
        String both = "descent_session=%s; XSRF-TOKEN=%s".formatted(session, csrf);

        browser.get("/v1/datasets", "Cookie", both).expect(200);
        String body = "{\"expression\":\"1+1\"}";
        browser.post("/v1/graphs:evaluate", body, "Cookie", both).expect(403);
        browser.post("/v1/graphs:evaluate", body, "Cookie", both, "X-XSRF-TOKEN", "guessed")
                .expect(403);
        browser.post("/v1/graphs:evaluate", body, "Cookie", both, "X-XSRF-TOKEN", csrf)
                .expect(200);
        browser.send("DELETE", SESSION, null, null, "Cookie", both, "X-XSRF-TOKEN", csrf)
                .expect(204);
        browser.get("/v1/datasets", "Cookie", both).expect(401);
    }

    private static String cookie(List<String> cookies, String name) {
        String start = cookies.stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElseThrow();
        return start.substring(name.length() + 1, start.indexOf(';'));
    }

    @Test
    void pagesOfOtherSitesAreRefused() {
        for (String origin :
                List.of("http://evil.example", "null", "http://127.0.0.1:1", "http://localhost.evil", "%")) {
            client.get("/v1/datasets", "Origin", origin).expect(403);
            client.post("/v1/training-jobs", "{}", "Origin", origin).expect(403);
        }
        client.get("/v1/datasets", "Origin", "http://127.0.0.1:" + port).expect(200);
    }

    @Test
    void everyAnswerTellsBrowsersToTrustNothing() {
        for (String path : List.of("/v1/datasets", "/v1/nothing", "/docs", "/openapi.yaml", "/problems")) {
            Answer answer = client.get(path);
            assertThat(answer.headers())
                    .containsEntry("x-content-type-options", "nosniff")
                    .containsEntry("x-frame-options", "DENY")
                    .containsEntry("referrer-policy", "no-referrer")
                    .containsEntry("cross-origin-resource-policy", "same-origin")
                    .doesNotContainKey("access-control-allow-origin");
            assertThat(answer.headers().get("content-security-policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe-eval", "script-src 'self' '");
        }
    }
}
