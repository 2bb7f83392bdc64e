package dev.descent.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

@DescentTest
class UploadFormTest {

    private static final String FILE =
            "--b\nContent-Disposition: form-data; name=\"file\"; filename=\"täglich.csv\"\n\nx,y\n1,2\n\n";
    private static final String OPTIONS =
            "--b\nContent-Disposition: form-data; name=\"options\"\n\n{\"description\": \"d\"}\n";
    private static final String OTHER = "--b\nContent-Disposition: form-data; name=\"color\"\n\nred\n";

    @Value("${descent.home}")
    private Path home;

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("datasets"))) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    private DescentClient.Answer send(String parts) {
        return client.post(
                "/v1/datasets",
                "multipart/form-data; boundary=b",
                parts.replace("\n", "\r\n").getBytes(UTF_8));
    }

    @Test
    void thePartsMayComeInAnyOrder() {
        String folded = FILE.replace("; filename", ";\n\tfilename");
        for (String parts : new String[] {FILE + OPTIONS, OPTIONS + FILE, folded + OPTIONS}) {
            var dataset = send(parts + "--b--\n").expect(201).json();

            assertThat(dataset.path("name").asString()).isEqualTo("täglich");
            assertThat(dataset.path("description").asString()).isEqualTo("d");
            assertThat(dataset.path("rows").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aLongNameIsCutAndAnEndlessOneRefused() {
        String name = "tägliche Messungen ".repeat(40);
        assertThat(send(FILE.replace("täglich", name) + "--b--\n")
                        .expect(201)
                        .json()
                        .path("name")
                        .asString())
                .hasSize(200)
                .startsWith("tägliche Messungen tägliche");
        refused(FILE.replace("täglich", "x".repeat(10_000)) + "--b--\n", "The form can't be read: ");
    }

    @Test
    void aFileWhoseNameSaysSoIsDecompressed() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write("x,y\n1,2\n".getBytes(UTF_8));
        }

        var dataset = client.upload("table.csv.gz", compressed.toByteArray(), null)
                .expect(201)
                .json();

        assertThat(dataset.path("name").asString()).isEqualTo("table");
        assertThat(dataset.path("bytes").asInt()).isEqualTo(8);
    }

    @Test
    void aFormThatIsNoneIsRefusedWithWhatIsWrong() {
        refused(OPTIONS + "--b--\n", "The form has no part file");
        refused(FILE + OTHER + "--b--\n", "The form has a part \"color\"; accepted: file and options, each once");
        refused(FILE + FILE + "--b--\n", "The form has a part \"file\"; accepted: file and options, each once");
        refused(FILE, "The form can't be read: ");
        refused("--b\nnonsense\n" + FILE.substring(4) + "--b--\n", "The form can't be read: ");
        refused("x,y\n1,2\n", "The form can't be read: ");
        refused("", "The form can't be read: ");
        refused("--b--\n", "The form has no part file");
        refused("--b\nContent-Type: text/csv\n\nx,y\n1,2\n--b--\n", "The form has a part without a name");
        refused(FILE.replace("form-data; name=\"file\"", "") + "--b--\n", "The form can't be read: ");
        refused(FILE.replace("täglich", "a\0b") + "--b--\n", "The form can't be read: the name of its file");
        refused("--b\n" + "A: b\n".repeat(20) + FILE.substring(4) + "--b--\n", "The form can't be read: ");
        refused(
                FILE + OPTIONS.replace("\"d\"", "\"" + "d".repeat(1 << 20) + "\"") + "--b--\n",
                "The part options is longer than 1048576 bytes");
        refused(FILE + OPTIONS.replace("}", "") + "--b--\n", "The part options is not valid JSON");
    }

    @Test
    void aPartThatIsAFormItselfIsRefused() {
        String typed = FILE.replace("csv\"", "csv\"\nContent-Type: multipart/mixed%s");
        refused(
                typed.formatted("; boundary=another") + "--b--\n",
                "The form can't be read: its part \"file\" is a form itself");
        assertThat(send(typed.formatted("") + "--b--\n")
                        .expect(201)
                        .json()
                        .path("rows")
                        .asInt())
                .as("without a boundary it can't be one")
                .isEqualTo(1);
    }

    @Test
    void aLineOfTheFileMayBeginAsABoundaryDoes() {
        var dataset =
                send(FILE.replace("1,2", "--bx,2") + "--b--\n").expect(201).json();

        assertThat(dataset.path("rows").asInt()).isEqualTo(1);
        assertThat(dataset.path("bytes").asInt()).isEqualTo("x,y\r\n--bx,2\r\n".length());
    }

    @Test
    void whatComesBeforeTheFirstPartAndAfterTheLastIsSkipped() {
        var dataset = send("Hello\n" + FILE + "--b--\n" + OTHER).expect(201).json();

        assertThat(dataset.path("rows").asInt()).isEqualTo(1);
    }

    private void refused(String parts, String detail) {
        assertThat(send(parts).expect(400).json().path("detail").asString()).startsWith(detail);
    }

    @Test
    void aFormWithoutABoundaryIsRefused() {
        assertThat(client.post("/v1/datasets", "multipart/form-data", FILE.getBytes(UTF_8))
                        .expect(400)
                        .json()
                        .path("detail")
                        .asString())
                .startsWith("The form can't be read: ");
    }
}
