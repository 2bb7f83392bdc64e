package dev.descent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.DescentApplication;
import dev.descent.testing.StartsTheService;
import dev.descent.testing.TemporaryHome;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A failing start explains the reason in a sentence, and logs nothing before it. */
@StartsTheService
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {

    private final Path home = TemporaryHome.createEmpty();
    private CapturedOutput output;

    @BeforeEach
    void capture(CapturedOutput captured) {
        output = captured;
    }

    @AfterEach
    void nothingElseIsSaid() {
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .doesNotContain(" WARN ", "\tat ", "Exception", "Error starting");
    }

    @Test
    void aDataDirectoryBelowAFileCannotBeMade() throws IOException {
        Path file = Files.createFile(home.resolve("file"));

        start("--descent.home=" + file.resolve("below"));

        assertThat(output)
                .contains("The data directory %s can't be used: Not a directory.".formatted(file.resolve("below")));
    }

    @Test
    void aDataDirectoryIsNoFile() throws IOException {
        Path file = Files.createFile(home.resolve("file"));

        start("--descent.home=" + file);

        assertThat(output).contains("The data directory %s can't be used: %s is a file.".formatted(file, file));
    }

    @Test
    void noMoreIsTheFolderOfDatasets() throws IOException {
        Path file = Files.createFile(home.resolve("datasets"));

        start("--descent.home=" + home);

        assertThat(output).contains("The data directory %s can't be used: %s is a file.".formatted(file, file));
    }

    @Test
    void aDatabaseOfAnotherUser() throws SQLException {
        String url = "jdbc:h2:file:" + home.resolve("descent");
        DriverManager.getConnection(url, "somebody", "else").close();

        start("--descent.home=" + home);

        assertThat(output)
                .contains(url + " can't be opened: Wrong user name or password", "spring.datasource.password");
    }

    @Test
    void aDatabaseThatDoesNotAnswer() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }

        start(
                "--descent.home=" + home,
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + nobody + "/descent?password=secret");

        assertThat(output)
                .contains(
                        "jdbc:postgresql://127.0.0.1:" + nobody + "/descent can't be opened: ",
                        "refused",
                        "spring.datasource.username")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://me:secret@db/descent?password=secret, 'is jdbc:mysql://db/descent, which is neither H2 nor'",
        "postgres://db/descent, 'is postgres://db/descent, which is neither H2 nor PostgreSQL.'",
        "'', is empty.",
    })
    void aDatabaseOfAnotherKind(String url, String fault) {
        start("--descent.home=" + home, "--spring.datasource.url=" + url);

        assertThat(output)
                .contains("spring.datasource.url " + fault, "jdbc:postgresql://host/database")
                .doesNotContain("secret");
        assertThat(home).as("nothing is created first").isEmptyDirectory();
    }

    @Test
    void aDatabaseFileInUseElsewhereThanInTheDataDirectory() throws IOException {
        Path file = TemporaryHome.create().resolve("elsewhere");

        startWhileLocked(
                file + ".mv.db",
                "--descent.home=" + home,
                "--spring.datasource.url=jdbc:h2:file:" + file + ";TRACE_LEVEL_FILE=0");

        assertThat(output)
                .contains(
                        "The database file %s.mv.db is in use by another process.".formatted(file),
                        "--spring.datasource.url")
                .doesNotContain("data directory");
    }

    @Test
    void aDataDirectoryInUse() throws IOException {
        startWhileLocked(home.resolve("descent.mv.db").toString(), "--descent.home=" + home);

        assertThat(output)
                .contains(
                        "The data directory %s is in use by another process of Descent.".formatted(home),
                        "--descent.home");
    }

    private static void startWhileLocked(String file, String... arguments) throws IOException {
        try (FileChannel other =
                FileChannel.open(Path.of(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            other.lock();
            start(arguments);
        }
    }

    private static void start(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--server.port=0";
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> DescentApplication.main(all));
    }
}
