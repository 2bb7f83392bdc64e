package dev.descent.job.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.DescentApplication;
import dev.descent.problem.StartRefusedException;
import dev.descent.testing.StartsTheService;
import dev.descent.testing.TemporaryHome;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@StartsTheService
@ExtendWith(OutputCaptureExtension.class)
class RoleCheckTest {

    @ParameterizedTest
    @CsvSource({"api, train the jobs", "worker, take the requests"})
    void aPartOfTheWorkAloneIsRefusedOnTheEmbeddedDatabase(String role, String missing, CapturedOutput output) {
        Path home = TemporaryHome.createEmpty();
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> DescentApplication.main(
                        new String[] {"--server.port=0", "--descent.home=" + home, "--descent.role=" + role}));

        assertThat(output)
                .contains("descent.role is " + role, "no other one could " + missing, "spring.datasource.url")
                .doesNotContain(" WARN ", "\tat ");
        assertThat(home).as("nothing is created first").isEmptyDirectory();
    }
}
