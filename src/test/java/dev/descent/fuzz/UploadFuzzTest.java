package dev.descent.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import dev.descent.testing.FileMutations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is uploaded becomes a dataset, or is refused by an answer that says where it is wrong; nothing fails, and
 * nothing stays of what was refused. {@code -Dfuzz.uploads} says how many files are sent, {@code -Dfuzz.seed} which.
 */
@DescentTest
@ExtendWith(OutputCaptureExtension.class)
class UploadFuzzTest {

    private static final int UPLOADS = Integer.getInteger("fuzz.uploads", 1_500);
    private static final long SEED = Long.getLong("fuzz.seed", 16);
    private static final int MOST_FAULTS = 10;

    /** A line or a column; or what the whole file is, has or lacks. */
    private static final Pattern PLACE = Pattern.compile(
            "line \\d|column \\d|columns? \"|two columns|header line|the file (is|has) |archive|stream is broken|read as Parquet",
            Pattern.CASE_INSENSITIVE);

    private static final List<String> TYPES =
            List.of("text/csv", "text/tab-separated-values", "application/x-ndjson", "application/octet-stream");

    @LocalServerPort
    private int port;

    @Value("${descent.home}")
    private Path home;

    private final TreeMap<Integer, Integer> statuses = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    @Test
    void everyFileIsADatasetOrIsRefusedWithThePlace(CapturedOutput output) throws IOException {
        DescentClient client = new DescentClient(port);
        List<String> before = stored();
        for (int i = 0; i < UPLOADS && faults.size() < MOST_FAULTS; i++) {
            SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + i);
            upload(client, random, i);
        }

        assertThat(faults).as("answers %s", statuses).isEmpty();
        assertThat(statuses.get(201)).isGreaterThan(UPLOADS / 10);
        assertThat(statuses.get(422)).isGreaterThan(UPLOADS / 10);
        assertThat(stored()).isEqualTo(before);
        assertThat(output.getAll().lines().filter(line -> line.startsWith("\tat ") || line.contains("ERROR")))
                .isEmpty();
    }

    private void upload(DescentClient client, SplittableRandom random, int number) throws IOException {
        byte[] file = FileMutations.file(random);
        String encoding = List.of("none", "gzip", "zstd", "zip").get(random.nextInt(4));
        byte[] body = FileMutations.damaged(packed(file, encoding), random);
        boolean isSaid = random.nextBoolean() && !encoding.equals("none") && !encoding.equals("zip");
        String type = TYPES.get(random.nextInt(TYPES.size()));
        String path = "/v1/datasets" + query(FileMutations.options(random));
        Answer answer = isSaid
                ? client.sendUnchecked("POST", path, type, body, "Content-Encoding", encoding)
                : client.sendUnchecked("POST", path, type, body);
        statuses.merge(answer.status(), 1, Integer::sum);
        if (answer.status() == 201) {
            client.delete("/v1/datasets/" + answer.id()).expect(204);
        } else if (!isRefusalWithPlace(answer)) {
            faults.add("%d of seed %d: %s %s %s → %d %.300s"
                    .formatted(
                            number,
                            SEED,
                            path,
                            type,
                            encoding,
                            answer.status(),
                            answer.json().path("errors")));
        }
    }

    private static boolean isRefusalWithPlace(Answer answer) {
        if (answer.status() != 422) {
            return List.of(400, 413, 415).contains(answer.status());
        }
        JsonNode errors = answer.json().path("errors");
        return !errors.isEmpty()
                && errors.valueStream()
                        .allMatch(error ->
                                PLACE.matcher(error.path("detail").asString()).find());
    }

    private static String query(String options) {
        return JsonMapper.shared().readTree(options.replace('\'', '"').replace("\\", "\\\\")).properties().stream()
                .map(option -> option.getKey() + "="
                        + URLEncoder.encode(option.getValue().asString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static byte[] packed(byte[] file, String encoding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        switch (encoding) {
            case "gzip" -> {
                try (OutputStream gzip = new GZIPOutputStream(bytes)) {
                    gzip.write(file);
                }
            }
            case "zstd" -> bytes.writeBytes(Zstd.compress(file));
            case "zip" -> {
                try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                    zip.putNextEntry(new ZipEntry("data.csv"));
                    zip.write(file);
                }
            }
            default -> bytes.writeBytes(file);
        }
        return bytes.toByteArray();
    }

    /** Every file below the home of the service but for those of its own. */
    private List<String> stored() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> home.relativize(file).toString())
                    .filter(file -> !file.startsWith("descent."))
                    .sorted()
                    .toList();
        }
    }
}
