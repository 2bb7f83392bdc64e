package dev.descent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What is stored of a dataset, and what is answered from it, is bounded in every direction. */
@DescentTest
class DatasetBoundsTest {

    @LocalServerPort
    private int port;

    @Value("${descent.home}")
    private Path home;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    /** Cell (row, column) is 10,000 × row + column. */
    static String wide(int rows, int columns) {
        String header =
                IntStream.range(0, columns).mapToObj(column -> "c" + column).collect(Collectors.joining(","));
        String body = IntStream.range(0, rows)
                .mapToObj(row -> IntStream.range(0, columns)
                        .mapToObj(column -> Integer.toString(10_000 * row + column))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
        return header + "\n" + body + "\n";
    }

    @Test
    void rowsOfAWideDatasetAreLimitedInCells() {
        String id = client.uploadText("wide", wide(120, 10_000));

        client.get("/v1/datasets/%s/rows?limit=1000".formatted(id))
                .expectFault(422, "?limit", "limit is 1000", "10000000 cells", "10000 columns", "up to 100", "1000000");
        client.get("/v1/datasets/%s/rows?limit=101".formatted(id)).expectFault(422, "?limit", "1010000 cells");
        // Of the last row alone, since it takes long to compare a million cells with the contract.
        JsonNode most = client.get("/v1/datasets/%s/rows?limit=100&offset=119".formatted(id))
                .expect(200)
                .json();
        assertThat(most.path("data")).hasSize(1);
        assertThat(most.at("/data/0/c0").asInt()).isEqualTo(1_190_000);
        assertThat(most.at("/data/0/c9999").asInt()).isEqualTo(1_199_999);

        JsonNode some = client.get("/v1/datasets/%s/rows?limit=1000&columns=c9999,c7".formatted(id))
                .expect(200)
                .json();
        assertThat(some.path("columns").toString()).isEqualTo("[\"c7\",\"c9999\"]");
        assertThat(some.path("data")).hasSize(120);
        assertThat(some.at("/data/119").toString()).isEqualTo("{\"c7\":1190007,\"c9999\":1199999}");
        assertThat(some.path("total").asInt()).isEqualTo(120);
        client.get("/v1/datasets/%s/rows?columns=c7,other".formatted(id))
                .expectFault(422, "?columns", "no column \"other\"");
    }

    @Test
    void rowsBehindTheLastAreNone() {
        String id = client.uploadText("short", "x,y\n1,a\n2,\n");

        JsonNode rows = client.get("/v1/datasets/%s/rows?offset=1".formatted(id))
                .expect(200)
                .json();
        assertThat(rows.path("data").toString()).isEqualTo("[{\"x\":2,\"y\":null}]");
        assertThat(client.get("/v1/datasets/%s/rows?offset=9223372036854775807".formatted(id))
                        .expect(200)
                        .json()
                        .path("data"))
                .isEmpty();
    }

    @Test
    void aListShowsAWideDatasetAsASummary() {
        String wide = client.uploadText("listed", wide(2, 101));
        String narrow = client.uploadText("listed", wide(2, 100));
        String longLevels = client.uploadText(
                "listed",
                "text\n"
                        + IntStream.range(0, 40)
                                .mapToObj(row -> "level %d %s\n".formatted(row % 10, "x".repeat(10_000)))
                                .collect(Collectors.joining()));

        JsonNode list =
                client.get("/v1/datasets?name=listed").expect(200).json().path("data");
        assertThat(list.valueStream().map(dataset -> dataset.path("id").asString()))
                .containsExactly(longLevels, narrow, wide);
        assertThat(list.valueStream().map(dataset -> dataset.path("summary").asBoolean()))
                .containsExactly(true, false, true);
        assertThat(list.valueStream()
                        .map(dataset -> dataset.path("column_count").asInt()))
                .containsExactly(1, 100, 101);
        assertThat(list.valueStream().map(dataset -> dataset.path("columns").size()))
                .containsExactly(0, 100, 0);
        JsonNode whole = client.get("/v1/datasets/" + wide).expect(200).json();
        assertThat(whole.path("summary").asBoolean()).isFalse();
        assertThat(whole.path("columns")).hasSize(101);
        assertThat(client.get("/v1/datasets?name=listed&limit=1")
                        .expect(200)
                        .json()
                        .path("has_more")
                        .asBoolean())
                .isTrue();
    }

    static Stream<Arguments> filesBeyondALimit() {
        return Stream.of(
                Arguments.of("x,y\n1," + "z".repeat(100_001) + "\n", "line 2", "100001", "100000", "max-cell-length"),
                Arguments.of(
                        "a,b,c,d,e,f,g,h,i,j,k,l\n" + ("," + "z".repeat(99_999)).repeat(11) + "\n",
                        "line 2",
                        "characters",
                        "1000000",
                        "max-row-length"),
                Arguments.of("x,%s\n1,2\n".formatted("n".repeat(1_001)), "column 2", "1001", "1000", "max-name-length"),
                Arguments.of(
                        "x,%s\n1,2\n".formatted("n".repeat(90_000)), "column 2", "90000", "1000", "max-name-length"),
                Arguments.of(wide(1, 10_001), "10001", "columns", "10000", "max-columns"));
    }

    @ParameterizedTest
    @MethodSource("filesBeyondALimit")
    void anUploadBeyondALimitLeavesNothing(String csv, String where, String found, String accepted, String setting)
            throws IOException {
        List<String> before = files();

        client.post("/v1/datasets", "text/csv", csv.getBytes(UTF_8))
                .expectFault(422, "#/file", where, found, accepted, "descent.upload." + setting);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void gzipOfHardlyAnythingIsRefusedBeforeItFillsTheDisk() throws IOException {
        List<String> before = files();
        byte[] bomb = bomb(70 << 20);

        JsonNode raw = client.post("/v1/datasets", "text/csv", bomb, "Content-Encoding", "gzip")
                .expect(413)
                .json();
        JsonNode form = client.upload("bomb.csv.gz", bomb, null).expect(413).json();
        for (JsonNode refused : List.of(raw, form)) {
            assertThat(refused.path("detail").asString())
                    .contains("250 times", "descent.upload.max-ratio", "descent.upload.ratio-from", "65536 kB");
        }
        assertThat(files()).isEqualTo(before);
        client.post("/v1/datasets", "text/csv", bomb(1 << 20), "Content-Encoding", "gzip")
                .expect(201);
    }

    /** Lines with nothing but a digit, which gzip makes a thousandth of. */
    private static byte[] bomb(int bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            byte[] lines = "1\n".repeat(1 << 15).getBytes(UTF_8);
            for (int written = 0; written < bytes; written += lines.length) {
                gzip.write(lines);
            }
        }
        return compressed.toByteArray();
    }

    @Test
    void optionsForColumnsThatAreNotThereAreCountedQuickly() {
        String options = IntStream.range(0, 20_000)
                .mapToObj(column -> "\"unknown%d\":{\"type\":\"text\"}".formatted(column))
                .collect(Collectors.joining(",", "{\"columns\":{", "}}"));

        JsonNode refused = client.upload("wide.csv", wide(1, 5_000).getBytes(UTF_8), options)
                .expectFault(422, "#/options/columns/unknown0", "no column \"unknown0\"", "c0, c1", "…")
                .json();
        assertThat(refused.path("errors")).hasSize(100);
        assertThat(refused.path("detail").asString()).contains("20000 faults");
    }

    /** A browser that is led to such an address saves a file or shows text: nothing of it becomes a page. */
    @Test
    void markupIsNeverAPage() {
        String page = "html\n<script>alert(document.cookie)</script>\n";
        String id = client.post("/v1/datasets?name=evil%3B.html", "text/csv", page.getBytes(UTF_8), "Accept", "*/*")
                .expect(201)
                .id();
        String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

        DescentClient.Answer content = client.get("/v1/datasets/%s/content".formatted(id), "Accept", browser)
                .expect(200);
        assertThat(content.text()).isEqualTo(page);
        assertThat(content.headers())
                .containsEntry("content-type", "text/csv;charset=UTF-8")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("content-disposition", "attachment; filename=\"evil_.html.csv\"");
        for (String address : List.of("/v1/datasets/%s", "/v1/datasets/%s/rows", "/v1/datasets?name=%s")) {
            assertThat(client.get(address.formatted(id), "Accept", browser)
                            .expect(200)
                            .headers())
                    .containsEntry("content-type", "application/json");
            client.get(address.formatted(id), "Accept", "text/html").expect(406);
        }
        client.get("/v1/datasets/%s/content".formatted(id), "Accept", "text/html")
                .expect(406);
    }

    /** Ids reach the file system only once the database knows them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2f..%2fdescent.mv.db",
                "%2e%2e%2f%2e%2e%2fdescent.mv.db",
                "..%5c..%5cdescent.mv.db",
                "..%252f..%252fdescent",
                "ds_%00",
                "%2fetc%2fpasswd",
                "..;%2fx",
                "ds_%25"
            })
    void anIdIsNoPath(String id) throws IOException {
        Files.writeString(home.resolve("outside.csv"), "secret\n1\n");
        List<String> before = files();
        for (String address : List.of("%s", "%s/rows", "%s/content", "..%%2foutside%s", "..%%2foutside/content%s")) {
            DescentClient.Answer answer = client.get("/v1/datasets/" + address.formatted(id));
            assertThat(answer.status()).as(address).isIn(400, 404, 422);
            assertThat(answer.text()).doesNotContain("secret", home.toString());
        }
        assertThat(client.delete("/v1/datasets/" + id).status()).isIn(400, 404, 422);
        assertThat(files()).isEqualTo(before);
        assertThat(home.resolve("outside.csv")).exists();
    }

    @Test
    void everyFileIsItsOwnersAlone() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        client.uploadText("private", "x\n1\n");
        Map<String, String> permissions = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.filter(path -> !path.endsWith("outside.csv")).toList()) {
                permissions.put(
                        home.relativize(path).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            }
        }

        assertThat(permissions).containsKey("descent.mv.db").containsEntry("datasets", "rwx------");
        assertThat(permissions)
                .allSatisfy((path, allowed) -> assertThat(allowed).as(path).endsWith("------"));
    }

    @Test
    void aListShowsAJobOfManyFeaturesAsASummary() {
        String id = client.uploadText("features", wide(8, 9_000));
        String job = client.submit(
                "{\"dataset\": \"%s\", \"target\": \"c0\", \"task\": \"regression\", \"metadata\": {\"test\": \"wide\"}, \"hyperparameters\": {\"epochs\": 1}}"
                        .formatted(id));

        JsonNode listed = client.get("/v1/training-jobs?metadata%5Btest%5D=wide")
                .expect(200)
                .json()
                .path("data");
        assertThat(listed).hasSize(1);
        assertThat(listed.at("/0/id").asString()).isEqualTo(job);
        assertThat(listed.at("/0/summary").asBoolean()).isTrue();
        assertThat(listed.at("/0/specification").isNull()).isTrue();
        JsonNode whole = client.job(job);
        assertThat(whole.path("summary").asBoolean()).isFalse();
        assertThat(whole.at("/specification/features")).hasSize(8_999);
        client.awaitEnd(job);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("datasets"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
