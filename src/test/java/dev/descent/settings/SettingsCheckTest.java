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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    private final Path home = TemporaryHome.createEmpty();

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

    @ParameterizedTest
    @CsvSource({
        "--workers=2, There is no setting workers; the nearest is descent.workers.",
        "--desent.workers=3, There is no setting desent.workers; the nearest is descent.workers.",
        "--server.prot=1, There is no setting server.prot; the nearest is server.port.",
        "--spring.datasource.user=me, There is no setting spring.datasource.user.",
        "--spring.http.log-request-details=true, There is no setting spring.http.log-request-details.",
        "--help, There is no setting help.",
    })
    void anOptionThatNothingReadsIsRefused(String argument, String sentence, CapturedOutput output) {
        refused(argument);

        assertThat(output)
                .contains(sentence, "The settings of Descent are ")
                .doesNotContain(" WARN ", "\tat ", "no setting server.port");
        assertThat(home).as("nothing is created first").isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "--server.address=0.0.0.0, and the connections are not encrypted",
        "--descent.auth=off, accepted: token",
        "--descent.jwt.algorithm=HS256, descent.jwt.algorithm is \"HS256\"; accepted: rs256",
        "--descent.jwt.algorithm=none, descent.jwt.algorithm is \"none\"; accepted: rs256",
        "--descent.token=x, There is no setting descent.token;",
    })
    void whatWouldLetOthersInIsRefused(String argument, String sentence, CapturedOutput output) {
        refused(argument);

        assertThat(output).contains(sentence).doesNotContain("\tat ", "Tomcat initialized");
        assertThat(home).as("nothing is created first").isEmptyDirectory();
    }

    /** One fault among all of them is named alone. */
    @Test
    void optionsThatTheFrameworksOrPlaceholdersReadAreNone(CapturedOutput output) {
        refused(
                "--spring.datasource.hikari.maximumPoolSize=3",
                "--spring.jpa.properties.hibernate.jdbc.batch_size=5",
                "--spring.application.json={}",
                "--spring.profiles.active=some",
                "--logging.level.org.example=info",
                "--management.endpoint.health.group.live.include=ping",
                "--management.health.db-scheduler.enabled=false",
                "--db-scheduler.polling-interval=2s",
                "--server.tomcat.threads.max=10",
                "--info.site=here",
                "--debug=false",
                "--site.workers=3",
                "--descent.workers=${site.workers}",
                "--descent.wrokers=1");

        assertThat(output).containsOnlyOnce("There is no setting ").contains("There is no setting descent.wrokers");
    }

    @Test
    void theUsualOptionsStandInTheMetadata() {
        Settings listed = FrameworkSettings.read(getClass().getClassLoader());

        assertThat(FrameworkSettings.USUAL.names()).allMatch(listed::have);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "descent.home=|descent.home is empty; accepted: a path.",
                "descent.role=foo|descent.role is \"foo\"; accepted: all, api, worker.",
                "descent.quota.work=-1|descent.quota.work is \"-1\"; accepted: a whole number from 0.",
                "descent.quota.storage=-1MB|descent.quota.storage is \"-1MB\"; accepted: a size such as 512MB or 4GB.",
                "descent.workers=none|descent.workers is \"none\"; accepted: a whole number from 1 to 64.",
                "descent.workers=0|descent.workers is \"0\"; accepted: a whole number from 1 to 64.",
                "descent.workers=|descent.workers is empty; accepted: a whole number from 1 to 64.",
                "descent.memory=lots|descent.memory is \"lots\"; accepted: a size such as 512MB or 4GB.",
                "descent.max-json-size=-1MB|descent.max-json-size is \"-1MB\"; accepted: a size such as 512MB or 4GB.",
                "descent.heartbeat=0s|descent.heartbeat is \"0s\"; accepted: a duration above zero, such as 10s or 500ms.",
                "descent.validate-limit=soon|descent.validate-limit is \"soon\"; accepted: a duration, such as 10s or 500ms.",
                "descent.demo.exit=perhaps|descent.demo.exit is \"perhaps\"; accepted: true or false.",
            })
    void aValueThatIsNotAcceptedIsRefusedInASentence(String setting, String sentence, CapturedOutput output) {
        refused("--" + setting);

        assertThat(output)
                .contains(sentence)
                .doesNotContain(" WARN ", "\tat ", "Exception", "Properties", "Tomcat initialized");
        assertThat(home).as("nothing is created first").isEmptyDirectory();
    }

    @Test
    void allValuesAreNamedAtOnce(CapturedOutput output) {
        refused("--descent.workers=none", "--descent.threads=2000");

        assertThat(output)
                .contains(
                        "descent.workers is \"none\"",
                        "descent.threads is \"2000\"; accepted: a whole number from 0 to 1024.");
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
                "DESCENT_TOKEN", "of-clients",
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
                .doesNotContain("MIN_FREE_SPACE", "MAXREQUESTS", "variable DESCENT_TOKEN");
    }

    private void refused(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--server.port=0");
        if (Stream.of(arguments).noneMatch(argument -> argument.startsWith("--descent.home="))) {
            all.add("--descent.home=" + home);
        }
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> DescentApplication.main(all.toArray(String[]::new)));
    }
}
