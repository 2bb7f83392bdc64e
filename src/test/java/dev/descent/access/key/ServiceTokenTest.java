package dev.descent.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.access.SecurityProperties;
import dev.descent.access.SecurityProperties.Auth;
import dev.descent.problem.StartRefusedException;
import dev.descent.testing.TemporaryHome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class ServiceTokenTest {

    private static final int THREADS = 8;

    private final Path file = TemporaryHome.createEmpty().resolve("new/token");

    private ServiceToken start(Auth auth) {
        return new ServiceToken(new SecurityProperties(auth, file, false, List.of(), List.of()));
    }

    private ServiceToken start() {
        return start(Auth.TOKEN);
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theFirstStartWritesATokenThatLaterOnesKeep() throws IOException {
        ServiceToken first = start();
        ServiceToken second = start();

        assertThat(first.value()).matches("[A-Za-z0-9_-]{43}").isEqualTo(second.value());
        assertThat(first.version()).isEqualTo(second.version()).doesNotContain(first.value());
        assertThat(Files.readString(file)).isEqualTo(first.value() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
    }

    @Test
    void itIsPrintedOnce(CapturedOutput output) {
        ServiceToken first = start();
        greet(first);
        assertThat(output.getOut()).containsOnlyOnce(first.value()).contains("/docs#token=" + first.value());
        int length = output.getAll().length();
        greet(start());
        assertThat(output.getAll()).hasSize(length);
    }

    private static void greet(ServiceToken token) {
        MockEnvironment environment = new MockEnvironment().withProperty("local.server.port", "8080");
        new Greeting(token, new ServiceAddress(environment, new ServerProperties())).show();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.2, http://127.0.0.2:8080",
        "::1, http://[0:0:0:0:0:0:0:1]:8080",
        "0.0.0.0, http://127.0.0.1:8080"
    })
    void theLinkLeadsToWhereTheServiceListens(String bound, String url) throws IOException {
        ServerProperties server = new ServerProperties();
        server.setAddress(InetAddress.getByName(bound));
        MockEnvironment environment = new MockEnvironment().withProperty("local.server.port", "8080");
        assertThat(new ServiceAddress(environment, server).url()).isEqualTo(url);
    }

    @Test
    void onlyTheTokenOpensAndAnotherHasAnotherVersion() throws IOException {
        ServiceToken token = start();
        assertThat(token.holderOf(token.value()).orElseThrow().isAdmin()).isTrue();
        for (String wrong : List.of(
                "",
                token.value() + " ",
                token.value().substring(1),
                token.value().toLowerCase(),
                token.version())) {
            assertThat(token.holderOf(wrong)).as(wrong).isEmpty();
        }
        Files.delete(file);
        assertThat(start().version()).isNotEqualTo(token.version());
        assertThat(start().holderOf(token.value())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "short",
                "a-token-with spaces-in-the-middle-of-its-characters",
                "a-token-for-tests-which-protects-nothing-at-all\nand-another-line",
                "a-token-for-tests-which-protects-nothing-at-all\u0000",
            })
    void whatIsNoTokenRefusesTheStart(String text) throws IOException {
        write(text);
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("holds no token, which is a line of 43 to 128 letters");
        assertThat(Files.readString(file)).as("it is kept").isEqualTo(text);
    }

    @Test
    void aFileThatIsTooLongADirectoryOrNoTextRefusesTheStart() throws IOException {
        write("a".repeat(129));
        assertThatThrownBy(this::start).isInstanceOf(StartRefusedException.class);
        write("a".repeat(10_000_000));
        assertThatThrownBy(this::start).isInstanceOf(StartRefusedException.class);
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 1, 2});
        assertThatThrownBy(this::start).isInstanceOf(StartRefusedException.class);
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("is no file");
    }

    @Test
    void aPlaceThatCannotBeWrittenRefusesTheStart() throws IOException {
        Files.writeString(file.getParent(), "a file in the place of the folder");
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("could not be written");
    }

    @Test
    void oneThatOthersCouldReadIsTakenFromThem() throws IOException {
        write("a-token-for-tests-which-protects-nothing-at-all\r\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(start().value()).isEqualTo("a-token-for-tests-which-protects-nothing-at-all");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** They may share the directory. */
    @Test
    void processesThatStartTogetherHaveOneToken() {
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        Set<Boolean> fresh = ConcurrentHashMap.newKeySet();
        IntStream.range(0, THREADS).parallel().forEach(i -> {
            ServiceToken token = start();
            tokens.add(token.value());
            fresh.add(token.isNew());
        });
        assertThat(tokens).containsExactly(start().value());
        assertThat(fresh).contains(true);
    }

    @Test
    void withoutAuthenticationThereIsNoTokenAndNoneIsAccepted() {
        ServiceToken token = start(Auth.NONE);
        assertThat(file).doesNotExist();
        assertThat(token.isNew()).isFalse();
        assertThat(token.holderOf(token.value())).isEmpty();
    }
}
