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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    private Answer raw(String query, String text) {
        return client.post("/v1/datasets?" + query, "text/csv", text.getBytes(UTF_8));
    }

    private static List<String> names(Answer answer) {
        return answer.expect(201)
                .json()
                .path("columns")
                .valueStream()
                .map(column -> column.path("name").asString())
                .toList();
    }

    @Test
    void theFormatSaysWhatItWas() {
        byte[] tabs = "x\ty\n1\ta,b\n".getBytes(UTF_8);
        List<Answer> answers = List.of(
                client.upload("d.tsv", tabs, null),
                client.upload("d.txt", tabs, null),
                client.post("/v1/datasets", "text/csv", tabs),
                client.post("/v1/datasets", "text/tab-separated-values", tabs));
        for (Answer answer : answers) {
            assertThat(answer.expect(201).json().path("format").asString()).isEqualTo("tsv");
            assertThat(client.get("/v1/datasets/%s/content".formatted(answer.id()))
                            .expect(200)
                            .headers())
                    .containsEntry("content-type", "text/tab-separated-values;charset=UTF-8");
        }
        assertThat(client.post("/v1/datasets?delimiter=%3B", "text/tab-separated-values", "a;b\n1;2\n".getBytes(UTF_8))
                        .expect(201)
                        .json()
                        .path("format")
                        .asString())
                .isEqualTo("csv");
    }

    @Test
    void rawUploadsTakeEveryOption() {
        Answer answer = raw(
                "delimiter=%3B&missing_values=,-999&columns=%7B%22age%22%3A%7B%22type%22%3A%22categorical%22%7D%7D&comment=%23&ragged=pad",
                "age;size\n#1;2;3\n30;-999\n4\n");

        assertThat(names(answer)).containsExactly("age", "size");
        assertThat(answer.json().at("/columns/0/type").asString()).isEqualTo("categorical");
        assertThat(answer.json().at("/columns/1/missing").asInt()).isEqualTo(2);
        assertThat(answer.json().path("warnings").get(0).asString())
                .isEqualTo(
                        "1 row does not have the 2 fields of the first line and was filled up with empty cells: line 4 has 1");
        assertThat(client.get("/v1/datasets/%s/rows".formatted(answer.id()))
                        .expect(200)
                        .json()
                        .path("data"))
                .hasSize(2);
        assertThat(names(raw("header=false", "1,2\n"))).containsExactly("column_1", "column_2");
        assertThat(names(raw("header=auto", "a,b\n1,2\n"))).containsExactly("a", "b");
        assertThat(names(raw("duplicate_names=number", "a,a\n1,2\n"))).containsExactly("a", "a_2");
        assertThat(names(raw("missing_values=%5B%22%22%2C%22x%2Cy%22%5D", "a,b\n1,\"x,y\"\n")))
                .hasSize(2);
        assertThat(names(raw("quote=%7C&escape=%5C", "a,b\n1,|x,y|\n"))).hasSize(2);
    }

    @Test
    void whatIsWrongWithParametersIsToldAtOnce() {
        raw("columns=%7B", "a,b\n1,2\n").expectFault(422, "?columns", "no valid JSON");
        Answer others = raw("delimiter=ab&header=maybe&encoding=latin&ragged=fix&percent=1", "a,b\n1,2\n");
        others.expectFault(422, "?header", "\"maybe\"", "auto");
        others.expectFault(422, "?encoding", "windows-1252");
        others.expectFault(422, "?ragged", "reject, skip, pad");
        others.expectFault(422, "?percent", "true or false");
        Answer marks = raw("delimiter=ab&quote=x", "a,b\n1,2\n");
        marks.expectFault(422, "?delimiter", "\"ab\"", "single character");
        marks.expectFault(422, "?quote", "\"x\"");
        raw("columns=%7B%22a%22%3A%7B%22pattern%22%3A%22bb%22%7D%7D", "a,b\n1,2\n")
                .expectFault(422, "?columns/a/pattern", "dd.MM.yyyy");
    }

    @Test
    void everythingThatIsWrongWithAFileIsToldAtOnce() {
        Answer answer = client.upload(
                "d.csv",
                "a,,a\n1,2,3\nx,2,3\n4,5\n".getBytes(UTF_8),
                "{\"columns\":{\"a\":{\"type\":\"numeric\"},\"z\":{\"type\":\"numeric\"}}}");

        answer.expectFault(422, "#/file", "Column 2 has no name", "UTF-8");
        answer.expectFault(422, "#/file", "Two columns are called \"a\"");
        answer.expectFault(422, "#/file", "1 row doesn't have the 3 fields", "line 4 has 2", "delimiter");
        answer.expectFault(422, "#/options/columns/a/type", "Line 3 has \"x\"");
        answer.expectFault(422, "#/options/columns/z", "no column \"z\"");
    }

    /** So many columns are profiled a group at a time, each in a pass of its own. */
    @Test
    void whatIsWrongWithAFileOfManyColumnsIsToldOnce() {
        String header =
                IntStream.range(0, 9_000).mapToObj(column -> "c" + column).collect(Collectors.joining(","));
        Answer answer = client.upload("d.csv", (header + "\n1,2\n").getBytes(UTF_8), null);

        answer.expectFault(422, "#/file", "1 row doesn't have the 9000 fields", "line 2 has 2");
        assertThat(answer.json().path("errors")).hasSize(1);
    }

    /** Within the time limit of a test: searching a free number for each of them from the first on would take minutes. */
    @Test
    void tenThousandColumnsOfOneNameAreNumbered() {
        String header = "a" + ",a".repeat(9_999);
        Answer numbered = raw("duplicate_names=number", header + "\n" + "1" + ",1".repeat(9_999) + "\n");

        assertThat(names(numbered.expect(201))).hasSize(10_000).contains("a", "a_2", "a_10000");
        raw("duplicate_names=reject", header + "\n1\n").expectFault(422, "#/file", "Two columns are called \"a\"");
    }

    @Test
    void noQuoteIsAValueToo() {
        Answer answer = raw("quote=", "a,b\n\"1,2\"\n");

        assertThat(names(answer.expect(201))).containsExactly("a", "b");
        raw("thousands=&missing_values=", "a,b\n1,2\n").expect(201);
        raw("decimal=", "a,b\n1,2\n").expectFault(422, "?decimal", "decimal");
    }

    @Test
    void theNamesOfRowsAreNoInput() {
        Answer answer = raw("name=pandas", ",x,y\n0,1,a\n1,2,b\n");

        assertThat(names(answer)).containsExactly("column_1", "x", "y");
        assertThat(answer.json().at("/columns/0/type").asString()).isEqualTo("ignore");
        assertThat(answer.json().path("warnings").get(0).asString()).startsWith("The first column has no name");
        Answer declared = raw("columns=%7B%22column_1%22%3A%7B%22type%22%3A%22numeric%22%7D%7D", "x,y\n5,1,a\n6,2,b\n");
        assertThat(declared.expect(201).json().at("/columns/0/type").asString()).isEqualTo("numeric");
    }

    @Test
    void otherEncodingsAreKept() throws IOException {
        byte[] windows = "größe,y\n1,ä\n".getBytes("windows-1252");
        Answer answer = client.upload("d.csv", windows, null);

        assertThat(names(answer)).containsExactly("größe", "y");
        assertThat(answer.json().path("warnings").get(0).asString()).contains("Line 1 ", "byte 2,", "Windows-1252");
        assertThat(client.get("/v1/datasets/%s/content".formatted(answer.id()))
                        .expect(200)
                        .headers())
                .containsEntry("content-type", "text/csv;charset=windows-1252");
        assertThat(client.get("/v1/datasets/%s/rows".formatted(answer.id()))
                        .expect(200)
                        .json()
                        .at("/data/0/y")
                        .asString())
                .isEqualTo("ä");
    }

    @Test
    void numbersAndDatesAreReadAsTheyAreDeclared() {
        Answer answer = client.upload(
                "d.csv",
                "price;share;day;plain\n1.234,50 €;12,5%;03.02.2026;1.5\n-3,25 €;7%;31.12.2025;2.5\n".getBytes(UTF_8),
                "{\"decimal\":\",\",\"thousands\":\".\",\"currency\":true,\"columns\":{\"share\":{\"percent\":true},"
                        + "\"day\":{\"pattern\":\"dd.MM.yyyy\"},\"plain\":{\"decimal\":\".\",\"thousands\":\"\"}}}");

        assertThat(answer.expect(201)
                        .json()
                        .path("columns")
                        .valueStream()
                        .map(column -> column.path("type").asString()))
                .containsExactly("numeric", "numeric", "datetime", "numeric");
        assertThat(client.get("/v1/datasets/%s/rows".formatted(answer.id()))
                        .expect(200)
                        .json()
                        .at("/data/0")
                        .toString())
                .isEqualTo("{\"price\":1234.5,\"share\":0.125,\"day\":\"03.02.2026\",\"plain\":1.5}");
        assertThat(answer.json().at("/columns/2/min").asString()).startsWith("2025-12-31");
        Answer raw = raw(
                "decimal=,&delimiter=%3B&columns=%7B%22d%22%3A%7B%22pattern%22%3A%22d.M.yyyy%22%7D%7D",
                "a;d\n1,5;1.2.2026\n");
        assertThat(raw.expect(201).json().at("/columns/0/mean").asDouble()).isEqualTo(1.5);
        raw(
                        "columns=%7B%22d%22%3A%7B%22pattern%22%3A%22d.M.yyyy%22%2C%22type%22%3A%22datetime%22%7D%7D",
                        "a,d\n1,2026-01-01\n")
                .expectFault(422, "?columns/d/type", "Line 2", "2026-01-01");
    }

    @Test
    void linesOfJsonAreRows() {
        byte[] lines = """
                {"id": 9007199254740993, "y": "a", "ok": true}

                {"y": null, "id": 1.10, "x": "ü, \\"q\\""}
                """.getBytes(UTF_8);
        List<Answer> answers = List.of(
                client.upload("d.jsonl", lines, "{\"missing_values\":[\"-\"]}"),
                client.upload("d.txt", lines, "{\"columns\":{\"id\":{\"type\":\"text\"}}}"),
                client.post("/v1/datasets", "application/x-ndjson", lines));
        for (Answer answer : answers) {
            assertThat(names(answer)).containsExactly("id", "y", "ok", "x");
            assertThat(answer.json().path("format").asString()).isEqualTo("ndjson");
            assertThat(answer.json().at("/columns/1/missing").asInt()).isEqualTo(1);
            Answer content = client.get("/v1/datasets/%s/content".formatted(answer.id()));
            assertThat(content.expect(200).headers()).containsEntry("content-type", "application/x-ndjson");
            assertThat(content.bytes()).isEqualTo(lines);
        }
        assertThat(client.get("/v1/datasets/%s/rows".formatted(answers.get(1).id()))
                        .expect(200)
                        .json()
                        .path("data")
                        .toString())
                .isEqualTo(
                        "[{\"id\":\"9007199254740993\",\"y\":\"a\",\"ok\":\"true\",\"x\":null},{\"id\":\"1.10\",\"y\":null,\"ok\":null,\"x\":\"ü, \\\"q\\\"\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1}~{'a':{'b':2}} | Line 2 has an object as \"a\"",
                "{'a':[1]} | Line 1 has an array as \"a\"",
                "{'a':1}~[1] | Line 2 is no JSON object",
                "{'a':1}~{'a':1 | Line 2, column",
                "{'a':1,'a':2} | Line 1 has \"a\" twice",
                "{'a':NaN} | Line 1, column",
                "{'a':1}{'a':2} | Line 1 has more than one",
                "{'':1} | Line 1 has a name without",
                "{} | The file is empty"
            })
    void whatIsNoFlatObjectIsToldWithItsLine(String lines, String fault) {
        client.post(
                        "/v1/datasets",
                        "application/x-ndjson",
                        lines.replace('\'', '"').replace('~', '\n').getBytes(UTF_8))
                .expectFault(422, "#/file", fault);
    }

    @Test
    void aStoredFileIsReadAgainWithOtherOptions() {
        String text = "age,zip\n30,02134\n-999,10115\n";
        String id = client.uploadText("people", text);
        String path = "/v1/datasets/%s:reread".formatted(id);
        String options = "{\"missing_values\":[\"-999\"],\"columns\":{\"zip\":{\"type\":\"text\"}}}";

        Answer again = client.post(path, options, "Idempotency-Key", "again").expect(201);
        assertThat(again.id()).isNotEqualTo(id);
        assertThat(again.headers()).containsEntry("location", "/v1/datasets/" + again.id());
        assertThat(again.json().path("name").asString()).isEqualTo("people");
        assertThat(again.json().at("/columns/0/missing").asInt()).isEqualTo(1);
        assertThat(again.json().at("/columns/1/type").asString()).isEqualTo("text");
        assertThat(client.post(path, options, "Idempotency-Key", "again")
                        .expect(201)
                        .id())
                .isEqualTo(again.id());

        client.delete("/v1/datasets/" + id).expect(204);
        assertThat(client.get("/v1/datasets/%s/content".formatted(again.id()))
                        .expect(200)
                        .text())
                .isEqualTo(text);
        client.post(path, "{}").expect(404);
    }

    @Test
    void readingAgainIsCheckedLikeAnUpload() throws IOException {
        String id = client.uploadText("two", "a;b\n1;x\n");
        String path = "/v1/datasets/%s:reread".formatted(id);

        client.post(path, "{\"delimiter\":\"ab\"}").expectFault(422, "#/delimiter", "ab");
        client.post(path, "{\"columns\":{\"b\":{\"type\":\"numeric\"}}}")
                .expectFault(422, "#/columns/b/type", "Line 2");
        assertThat(names(client.post(path, "{\"delimiter\":\",\"}"))).containsExactly("a;b");
        assertThat(parts()).isEmpty();
    }
}
