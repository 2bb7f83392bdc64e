package dev.descent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.DescentApplication;
import dev.descent.problem.StartRefusedException;
import dev.descent.testing.StartsTheService;
import dev.descent.testing.TemporaryHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;

@StartsTheService
@ExtendWith(OutputCaptureExtension.class)
class SettingsCheckTest {

    private final Path home = TemporaryHome.create();

    @ParameterizedTest
    @CsvSource({
        "--descent.wrokers=3, descent.wrokers, descent.workers",
        "--descent.maxUploadsSize=1GB, descent.maxuploadssize, descent.max-upload-size",
        "--descent.demo.epoch=3, descent.demo.epoch, descent.demo.epochs",
    })
    void anUnknownSettingIsRefusedWithTheNearestOne(
            String argument, String name, String nearest, CapturedOutput output) {
        refused(argument);

        assertThat(output)
                .contains("There is no setting %s; the nearest is %s.".formatted(name, nearest))
                .contains("descent.running-per-owner")
                .doesNotContain(" WARN ", "\tat ", "Tomcat initialized");
    }

    @Test
    void allAreNamedAtOnceWhereverTheyStand(CapturedOutput output) throws IOException {
        Path file = Files.writeString(home.resolve("application.yaml"), "descent: {worker: 2, min-free-space: 1MB}");

        refused("--spring.config.additional-location=" + file, "--descent.thread=2");

        assertThat(output)
                .contains("no setting descent.thread; the nearest is descent.threads")
                .contains("no setting descent.worker; the nearest is descent.workers")
                .doesNotContain("no setting descent.min-free-space");
    }

    @Test
    void anArgumentWithoutHyphensIsRefused(CapturedOutput output) {
        refused("descent.workers=3");

        assertThat(output).contains("The command line says descent.workers=3", "--descent.workers=2");
    }

    @Test
    void anEnvironmentVariableIsNamedInTheLogAlone(CapturedOutput output) {
        Map<String, Object> variables = Map.of(
                "DESCENT_WROKERS", "3",
                "DESCENT_MIN_FREE_SPACE", "1MB",
                "DESCENT_MAXREQUESTS", "12",
                "DESCENT_FLEET", "7");
        StandardEnvironment environment = new StandardEnvironment() {
            @Override
            public Map<String, Object> getSystemEnvironment() {
                return variables;
            }
        };
        SpringApplication application = new SpringApplicationBuilder(DescentApplication.class)
                .environment(environment)
                .build();

        try (ConfigurableApplicationContext service = application.run("--server.port=0", "--descent.home=" + home)) {
            assertThat(service.isRunning()).isTrue();
        }

        assertThat(output)
                .contains("DESCENT_WROKERS sets nothing; is DESCENT_WORKERS meant?")
                .contains("DESCENT_FLEET is no setting")
                .doesNotContain("MIN_FREE_SPACE", "MAXREQUESTS");
    }

    private void refused(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--server.port=0";
        all[1] = "--descent.home=" + home;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> DescentApplication.main(all));
    }
}
