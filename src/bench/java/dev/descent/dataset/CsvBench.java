package dev.descent.dataset;

import dev.descent.bench.MicroBenchmark;
import dev.descent.core.data.CellReader;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Table;
import dev.descent.dataset.block.BlockThreads;
import dev.descent.dataset.cell.TableReader;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.dataset.format.FileLayout;
import dev.descent.dataset.format.Row;
import dev.descent.dataset.format.RowHandler;
import dev.descent.dataset.format.RowSource;
import dev.descent.dataset.profile.ColumnProfile;
import dev.descent.dataset.profile.DatasetProfile;
import dev.descent.dataset.profile.Profiler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Milliseconds for a file of 20,000 rows with 20 columns of numbers and one of 5 levels: 3.7 MB. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CsvBench extends MicroBenchmark {

    private static final int ROWS = 20_000;
    private static final int NUMBERS = 20;
    private static final int LEVELS = 5;
    private static final Set<String> MISSING = Set.copyOf(UploadOptions.DEFAULT_MISSING_VALUES);

    private final BlockThreads threads = new BlockThreads(Runtime.getRuntime().availableProcessors());
    private Path path;
    private RowSource file;
    private Map<String, ColumnType> types;

    @Setup
    public void write() throws IOException {
        path = Files.createTempFile("descent-bench", ".csv");
        file = DatasetFormat.CSV.rows(path, FileLayout.DEFAULT);
        SplittableRandom random = new SplittableRandom(1);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(path))) {
            out.println(
                    IntStream.range(0, NUMBERS).mapToObj(i -> "x" + i + ",").collect(Collectors.joining()) + "label");
            for (int row = 0; row < ROWS; row++) {
                for (int column = 0; column < NUMBERS; column++) {
                    out.printf(Locale.ROOT, "%.5f,", random.nextDouble());
                }
                out.println("level" + random.nextInt(LEVELS));
            }
        }
        types = Profiler.profile(new Profiler.Job(
                        file,
                        MISSING,
                        Map.of(),
                        column -> CellReader.PLAIN,
                        "#/options",
                        UploadLimits.DEFAULT.ofProfile(),
                        columns -> Long.MAX_VALUE,
                        threads))
                .columns()
                .stream()
                .collect(Collectors.toMap(ColumnProfile::name, ColumnProfile::type));
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(path);
    }

    /** Parsing rows of text only. */
    @Benchmark
    public long parse() throws IOException {
        Counter counter = new Counter();
        file.read(counter, threads);
        return counter.characters;
    }

    /** The work of an upload. */
    @Benchmark
    public DatasetProfile profile() throws IOException {
        return Profiler.profile(new Profiler.Job(
                file,
                MISSING,
                Map.of(),
                column -> CellReader.PLAIN,
                "#/options",
                UploadLimits.DEFAULT.ofProfile(),
                columns -> Long.MAX_VALUE,
                threads));
    }

    /** The work of a job before it trains. */
    @Benchmark
    public Table table() throws IOException {
        TableReader reader = new TableReader(MISSING, types, column -> CellReader.PLAIN, ROWS, () -> {});
        file.read(reader, threads);
        return reader.table();
    }

    private static final class Counter implements RowHandler {

        private long characters;

        @Override
        public void header(List<String> columns) {
            // The header is not a row.
        }

        @Override
        public boolean row(Row row) {
            characters += row.to(row.size() - 1) - row.from(0);
            return true;
        }
    }
}
