package dev.descent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What an upload may be compressed with, and which formats it may have. */
@DescentTest
class UploadFormatTest {

    private static final byte[] CSV = "x,y\n1,a\n2,b\n".getBytes(UTF_8);

    @LocalServerPort
    private int port;

    @Value("${descent.home}")
    private Path home;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("folder/inner.csv"));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void aCompressedUploadIsStoredAsWhatItHolds() throws IOException {
        List<Answer> answers = List.of(
                client.upload("d.csv", CSV, null),
                client.upload("d.csv.gz", gzip(CSV), null),
                client.upload("d.csv.zst", Zstd.compress(CSV), null),
                client.upload("d.zip", zip(CSV), null),
                client.upload("without a name", zip(CSV), null),
                client.upload("without a name", Zstd.compress(CSV), null),
                client.post("/v1/datasets", "text/csv", gzip(CSV), "Content-Encoding", "gzip"),
                client.post("/v1/datasets", "text/csv", Zstd.compress(CSV), "Content-Encoding", "zstd"),
                client.sendUnchecked("POST", "/v1/datasets", "text/csv", gzip(CSV)),
                client.sendUnchecked("POST", "/v1/datasets", "text/csv", zip(CSV)));
        for (Answer answer : answers) {
            String id = answer.expect(201).id();
            assertThat(answer.json().path("bytes").asInt()).isEqualTo(CSV.length);
            assertThat(client.get("/v1/datasets/%s/content".formatted(id))
                            .expect(200)
                            .bytes())
                    .isEqualTo(CSV);
        }
        assertThat(answers.get(2).json().path("name").asString()).isEqualTo("d");
        assertThat(answers.get(3).json().path("name").asString()).isEqualTo("inner");
    }

    @Test
    void onlyFilesAreCompressedWithZstandard() {
        client.sendUnchecked(
                        "POST",
                        "/v1/training-jobs:validate",
                        "application/json",
                        Zstd.compress("{}".getBytes(UTF_8)),
                        "Content-Encoding",
                        "zstd")
                .expect(415);
    }

    static Stream<byte[]> bombs() throws IOException {
        byte[] rows = "1\n".repeat(80 << 19).getBytes(UTF_8);
        return Stream.of(gzip(rows), Zstd.compress(rows), zip(rows));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void aBombIsRefusedAndLeavesNothing(byte[] bomb) throws IOException {
        client.upload("bomb", bomb, null).expect(413);
        client.sendUnchecked("POST", "/v1/datasets", "text/csv", bomb).expect(413);

        assertThat(parts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"d.csv.gz", "d.csv.zst", "d.zip"})
    void whatIsNotCompressedAsItsNameSaysIsRefused(String name) throws IOException {
        client.upload(name, CSV, null).expectFault(422, "#/file", "stream is broken");

        assertThat(parts()).isEmpty();
    }

    private List<String> parts() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("datasets"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".part"))
                    .toList();
        }
    }
}
