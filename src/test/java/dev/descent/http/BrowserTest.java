package dev.descent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.Browser;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import dev.descent.testing.TestToken;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a real browser makes of the page and of what others uploaded. */
@DescentTest
@EnabledIf("dev.descent.testing.Browser#isThere")
class BrowserTest {

    /** Would change the page, wherever it ran. */
    private static final String MARKUP =
            "<html><body><script>document.documentElement.innerHTML='it '+'ran'</script><img src=x onerror=\"document.documentElement.innerHTML='it '+'ran'\">";

    @LocalServerPort
    private int port;

    private final Browser browser = Browser.withNewProfile();

    @Test
    void theLinkOfTheFirstStartSignsIn() {
        assertThat(browser.open("http://127.0.0.1:%d/docs#token=%s".formatted(port, TestToken.VALUE)))
                .contains("Signed in as admin", "/v1/training-jobs")
                .doesNotContain(TestToken.VALUE);
        assertThat(browser.open("http://127.0.0.1:%d/docs".formatted(port)))
                .as("the session lasts")
                .contains("Signed in as admin");
    }

    @Test
    void aWrongTokenIsSaid() {
        assertThat(browser.open("http://127.0.0.1:%d/docs#token=wrong".formatted(port)))
                .contains("The credential is not valid")
                .doesNotContain("Signed in as admin (");
    }

    @Test
    void nothingOfADatasetRuns() {
        browser.open("http://127.0.0.1:%d/docs#token=%s".formatted(port, TestToken.VALUE));
        String cell = "\"" + MARKUP.replace("\"", "\"\"") + "\"";
        String csv = "x,y," + cell + "\n" + ("a," + cell + ",1\n").repeat(3);
        String dataset = new DescentClient(port)
                .upload("page.html", csv.getBytes(UTF_8), null)
                .expect(201)
                .id();
        for (String path : List.of(
                "/v1/datasets/" + dataset,
                "/v1/datasets/%s/rows".formatted(dataset),
                "/v1/datasets/%s/content".formatted(dataset),
                "/v1/datasets/%3Cscript%3Edocument.title%3D1%3C%2Fscript%3E",
                "/problems/%3Cscript%3E")) {
            assertThat(browser.open("http://127.0.0.1:%d%s".formatted(port, path)))
                    .as(path)
                    .doesNotContain("it ran");
        }
    }
}
