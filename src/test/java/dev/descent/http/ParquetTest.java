package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.dataset.format.TestFiles;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Parquet is one more format of rows: whatever the others do, it does. */
@DescentTest
class ParquetTest {

    private static final String TYPE = "application/vnd.apache.parquet";
    private static final Path FILES = Path.of("src/test/resources/parquet");
    private static final int ROWS = 300;

    @LocalServerPort
    private int port;

    @Value("${descent.home}")
    private Path home;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    private static byte[] file(String name) throws IOException {
        return Files.readAllBytes(FILES.resolve(name));
    }

    /** The same rows as bookings.parquet. */
    private static String csv() {
        return TestFiles.rows(Path.of("src/test/resources/data/bookings.csv"), true).stream()
                .limit(ROWS + 1)
                .map(row -> row.stream()
                        .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void itIsKnownByNameByTypeAndByItsBytes() throws IOException {
        byte[] bytes = file("bookings.parquet");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        }
        List<Answer> answers = List.of(
                client.upload("bookings.parquet", bytes, "{}"),
                client.upload("bookings", bytes, "{}"),
                client.upload("bookings.csv", bytes, "{}"),
                client.upload("bookings.parquet.gz", zipped.toByteArray(), "{}"),
                client.post("/v1/datasets", TYPE, bytes),
                client.post("/v1/datasets", "text/csv", bytes));
        for (Answer answer : answers) {
            assertThat(answer.expect(201).json().path("format").asString()).isEqualTo("parquet");
            assertThat(answer.json().path("rows").asInt()).isEqualTo(ROWS);
            Answer content = client.get("/v1/datasets/%s/content".formatted(answer.id()));
            assertThat(content.expect(200).headers()).containsEntry("content-type", TYPE);
            assertThat(content.headers().get("content-disposition")).contains(".parquet");
            assertThat(content.bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void itsProfileIsThatOfTheSameRowsAsCsv() throws IOException {
        JsonNode parquet = client.post("/v1/datasets", TYPE, file("bookings.parquet"))
                .expect(201)
                .json();
        JsonNode csv = client.post("/v1/datasets", "text/csv", csv().getBytes(StandardCharsets.UTF_8))
                .expect(201)
                .json();
        for (int i = 0; i < csv.path("columns").size(); i++) {
            for (String field : List.of("name", "type", "missing", "distinct", "mean", "min", "max")) {
                assertThat(parquet.at("/columns/%d/%s".formatted(i, field)))
                        .as("%s of column %d", field, i)
                        .isEqualTo(csv.at("/columns/%d/%s".formatted(i, field)));
            }
        }
        assertThat(rows(parquet.path("id").asString()))
                .isEqualTo(rows(csv.path("id").asString()));
    }

    private JsonNode rows(String id) {
        return client.get("/v1/datasets/%s/rows?limit=200".formatted(id))
                .expect(200)
                .json()
                .path("data");
    }

    @Test
    void everyDigitIsKept() throws IOException {
        String id = client.post(
                        "/v1/datasets?columns=%7B%22int64%22%3A%7B%22type%22%3A%22categorical%22%7D%7D",
                        TYPE, file("mixed_delta.parquet"))
                .expect(201)
                .id();
        JsonNode row = client.get(
                        "/v1/datasets/%s/rows?limit=1&offset=58&columns=id,int64,uint64,decimal".formatted(id))
                .expect(200)
                .json()
                .at("/data/0");
        assertThat(row.toString())
                .isEqualTo(
                        "{\"int64\":\"9007199254744357\",\"id\":\"9223372036854775749\",\"uint64\":\"18446744073709551557\",\"decimal\":5.25}");
    }

    @Test
    void itIsReadAgainWithOtherOptions() throws IOException {
        String id = client.upload("bookings.parquet", file("bookings.parquet"), "{}")
                .expect(201)
                .id();
        Answer again = client.post(
                        "/v1/datasets/%s:reread".formatted(id), "{\"columns\":{\"adults\":{\"type\":\"categorical\"}}}")
                .expect(201);
        assertThat(again.json().path("format").asString()).isEqualTo("parquet");
        assertThat(again.json().at("/columns/8/type").asString()).isEqualTo("categorical");
    }

    /** A model of either predicts rows of either, and all answers are the same. */
    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv"})
    void oneUnderstandingOfAllFormats(String trainedOn) throws IOException {
        byte[] parquet = file("bookings.parquet");
        byte[] csv = csv().getBytes(StandardCharsets.UTF_8);
        boolean onParquet = trainedOn.equals("parquet");
        String dataset = client.upload("bookings." + trainedOn, onParquet ? parquet : csv, "{}")
                .expect(201)
                .id();
        String model = "bookings_of_" + trainedOn;
        client.train(json(
                "{'dataset':'%s','target':'cancelled','model':'%s','hyperparameters':{'epochs':2,'seed':1}}",
                dataset, model));
        String path = "/v1/models/%s/predict?extra_columns=ignore&explain_inputs=true".formatted(model);
        List<Answer> answers = Stream.of("text/csv", TYPE)
                .map(type -> client.post(path, type, type.equals(TYPE) ? parquet : csv, "Accept", "text/csv")
                        .expect(200))
                .toList();
        assertThat(answers.get(0).text().lines()).hasSize(ROWS + 1);
        assertThat(answers.get(1).text()).isEqualTo(answers.get(0).text());
        assertThat(answers.get(1).headers().get("descent-warnings"))
                .isEqualTo(answers.get(0).headers().get("descent-warnings"));
        // The target is among the columns.
        client.post("/v1/models/%s/predict".formatted(model), TYPE, parquet).expectFault(422, "#", "cancelled");
        client.post(path, TYPE, Arrays.copyOf(parquet, 9_000))
                .expectFault(422, "#", "The file can't be read as Parquet: it ends with other bytes than PAR1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unread.parquet | The column \"struct\" is a struct; accepted: boolean",
                "int96.parquet | The column \"when\" is INT96; accepted: boolean",
                "brotli.parquet | is compressed with BROTLI; accepted",
                "no_rows.parquet | The file has no rows",
                "make.py | The file can't be read as Parquet: it begins with other bytes than PAR1"
            })
    void whatIsNotReadLeavesNothing(String name, String fault) throws IOException {
        List<String> before = left();
        client.post("/v1/datasets", TYPE, file(name)).expectFault(422, "#/file", fault);
        assertThat(left()).isEqualTo(before);
    }

    /** What is on the disk under a name of its own only while a request is read. */
    private List<String> left() throws IOException {
        List<String> names = new ArrayList<>();
        for (String folder : List.of("datasets", "temporary")) {
            try (Stream<Path> files = Files.list(home.resolve(folder))) {
                files.map(path -> path.getFileName().toString())
                        .filter(name -> !name.endsWith(".csv"))
                        .sorted()
                        .forEach(names::add);
            }
        }
        return names;
    }
}
