package dev.descent.bench;

import dev.descent.testing.TemporaryHome;
import dev.descent.testing.TestToken;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How fast is a file uploaded and profiled? Writes seeded files, uploads each to a packaged service of its own, twice
 * and more, and lets DuckDB ({@code SUMMARIZE} of {@code read_csv} or {@code read_json}) and pandas ({@code read_csv},
 * or {@code read_json}, and {@code describe}) read it in turn with these, each in a process of its own, if
 * {@code --python} has them. Prints a JSON line for each: seconds, MB/s, and the most memory that was resident. On
 * Linux only.
 *
 * <pre>
 * --tall 10000000 --wide 60000 --mixed 1000000 --ndjson 1000000  rows; 0 leaves the file out
 * --rounds 3
 * --heap 1g
 * --python python3
 * </pre>
 */
public final class UploadBench {

    private static final int TALL_COLUMNS = 8;
    private static final int PIXELS = 784;

    private final Options options;
    private final Path folder;

    private UploadBench(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> defaults = Map.of(
                "tall", "10000000",
                "wide", "60000",
                "mixed", "1000000",
                "ndjson", "1000000",
                "rounds", "3",
                "heap", "1g",
                "python", "python3");
        Options options = new Options(defaults, arguments);
        UploadBench bench = new UploadBench(options, TemporaryHome.create());
        Map<String, RowsWriter> files = new LinkedHashMap<>();
        files.put("tall", UploadBench::tall);
        files.put("wide", UploadBench::wide);
        files.put("mixed", UploadBench::mixed);
        files.put("ndjson", UploadBench::ndjson);
        for (Map.Entry<String, RowsWriter> file : files.entrySet()) {
            if (options.number(file.getKey()) > 0) {
                bench.measure(file.getKey(), file.getValue());
            }
        }
    }

    @FunctionalInterface
    private interface RowsWriter {
        void write(BufferedWriter out, int rows, SplittableRandom random) throws IOException;
    }

    private void measure(String name, RowsWriter rows) throws IOException, InterruptedException {
        Path file = folder.resolve(name + (name.equals("ndjson") ? ".ndjson" : ".csv"));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            rows.write(out, options.number(name), new SplittableRandom(1));
        }
        Path jar = Path.of(System.getProperty("descent.jar"));
        try (ServiceProcess service = ServiceProcess.start(jar, options.text("heap"), TemporaryHome.create())) {
            for (int round = 1; round <= options.number("rounds"); round++) {
                double seconds = upload(service, file);
                print(name, round == 1 ? "descent, first" : "descent", file, seconds, service.mostResidentKib());
                other("duckdb", name, file);
                other("pandas", name, file);
            }
        }
        Files.delete(file);
    }

    private static double upload(ServiceProcess service, Path file) throws IOException, InterruptedException {
        String type = file.toString().endsWith(".csv") ? "text/csv" : "application/x-ndjson";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/v1/datasets".formatted(service.port())))
                .header("Content-Type", type)
                .header("Authorization", TestToken.header(TestToken.VALUE))
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        long begin = System.nanoTime();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("The upload was answered with " + answer.body());
        }
        return seconds;
    }

    /** Prints two numbers: seconds, and the most KiB that were resident. Nothing if it is not installed. */
    private void other(String library, String name, Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        options.text("python"), "src/bench/python/read_file.py", library, file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() == 0) {
            String[] figures = output.split(" ");
            print(name, library, file, Double.parseDouble(figures[0]), Long.parseLong(figures[1]));
        }
    }

    private static void print(String name, String reader, Path file, double seconds, long kib) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "{\"file\":\"%s\",\"reader\":\"%s\",\"mb\":%.1f,\"seconds\":%.2f,\"mb_per_second\":%.1f,\"most_resident_mib\":%d}%n",
                name,
                reader,
                Files.size(file) / 1e6,
                seconds,
                Files.size(file) / 1e6 / seconds,
                kib / 1024);
    }

    /** Numbers with five decimals. */
    private static void tall(BufferedWriter out, int rows, SplittableRandom random) throws IOException {
        for (int column = 0; column < TALL_COLUMNS; column++) {
            out.write("x" + column + (column < TALL_COLUMNS - 1 ? "," : "\n"));
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < TALL_COLUMNS; column++) {
                out.write(Double.toString(random.nextInt(-300_000, 300_000) / 1e5));
                out.write(column < TALL_COLUMNS - 1 ? ',' : '\n');
            }
        }
    }

    /** A digit and the shades of a picture, four fifths of which are 0. */
    private static void wide(BufferedWriter out, int rows, SplittableRandom random) throws IOException {
        out.write("label");
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            out.write(",pixel" + pixel);
        }
        for (int row = 0; row < rows; row++) {
            out.write("\n" + random.nextInt(10));
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                out.write(',');
                out.write(Integer.toString(random.nextInt(5) > 0 ? 0 : random.nextInt(256)));
            }
        }
        out.write('\n');
    }

    /** Numbers, levels, dates, gaps, and texts with quotes and letters that are not ASCII. */
    private static void mixed(BufferedWriter out, int rows, SplittableRandom random) throws IOException {
        String[] words = {"alpha", "beta", "gamma, delta", "the \"\"eta\"\"", "straße", "zeta"};
        out.write("id,price,quantity,city,comment,active,day,rating\n");
        for (int row = 0; row < rows; row++) {
            out.write(row + "," + random.nextInt(100_000) / 100.0);
            out.write("," + (random.nextInt(20) == 0 ? "" : random.nextInt(100)));
            out.write(",city " + random.nextInt(200) + ",\"");
            for (int word = 0; word < 5; word++) {
                out.write(words[random.nextInt(words.length)] + " ");
            }
            out.write("\"," + random.nextBoolean());
            out.write(String.format(
                    Locale.ROOT,
                    ",20%02d-%02d-%02d,%d%n",
                    random.nextInt(25),
                    1 + random.nextInt(12),
                    1 + random.nextInt(28),
                    1 + random.nextInt(5)));
        }
    }

    private static void ndjson(BufferedWriter out, int rows, SplittableRandom random) throws IOException {
        for (int row = 0; row < rows; row++) {
            out.write(
                    "{\"id\": %d, \"price\": %s, \"quantity\": %d, \"city\": \"city %d\", \"active\": %b, \"x\": %s}\n"
                            .formatted(
                                    row,
                                    random.nextInt(100_000) / 100.0,
                                    random.nextInt(100),
                                    random.nextInt(200),
                                    random.nextBoolean(),
                                    random.nextInt(1_000_000) / 1e6));
        }
    }
}
