package dev.descent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.DescentApplication;
import dev.descent.testing.DescentClient;
import dev.descent.testing.StartsTheService;
import dev.descent.testing.TemporaryHome;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

@StartsTheService
@ExtendWith(OutputCaptureExtension.class)
class DemoTest {

    @Test
    void trainsShowsItsResultsAndGoesOnServingAtASecondStartToo(CapturedOutput output) {
        Path home = TemporaryHome.create();
        for (int start = 1; start <= 2; start++) {
            try (ConfigurableApplicationContext service = new SpringApplicationBuilder(DescentApplication.class)
                    .profiles("demo")
                    .run("--server.port=0", "--descent.home=" + home, "--descent.demo.epochs=20")) {
                DescentClient client = new DescentClient(
                        service.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
                JsonNode model = client.get("/v1/models/digits").expect(200).json();
                assertThat(model.path("newest_version").asInt()).isEqualTo(start);
                JsonNode datasets = client.get("/v1/datasets").expect(200).json();
                assertThat(datasets.path("data").size()).isOne();
            }
        }
        assertThat(output.getAll())
                .contains("20/20 epochs", "train loss", "validation loss")
                .containsPattern("Test accuracy: 9\\d\\.\\d% of 180 digits")
                .containsPattern("Confusion matrix.*\\R {7}0   1   2   3   4   5   6   7   8   9\\R {3}0  1\\d")
                .containsPattern("It is a 5; the model says 5:\\R")
                .containsPattern(" 5 +9\\d\\.\\d\\d%  █{20,}")
                .contains("Serving on http://127.0.0.1:")
                .doesNotContain(" WARN ", " ERROR ");
    }

    @Test
    void aTerminalThatHasAsciiAloneIsShownNothingElse(CapturedOutput output) {
        @Nullable String before = System.setProperty("stdout.encoding", "US-ASCII");
        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(DescentApplication.class)
                .profiles("demo")
                .run("--server.port=0", "--descent.home=" + TemporaryHome.create(), "--descent.demo.epochs=2")) {
            assertThat(service.isRunning()).isTrue();
        } finally {
            restore(before);
        }
        assertThat(output.getAll()).contains("8 x 8 pixels", "[==", "   .   .", "%  #", "Serving on");
        assertThat(output.getAll()).doesNotContainPattern("[^\\x00-\\x7f]");
    }

    private static void restore(@Nullable String encoding) {
        if (encoding == null) {
            System.clearProperty("stdout.encoding");
        } else {
            System.setProperty("stdout.encoding", encoding);
        }
    }
}
