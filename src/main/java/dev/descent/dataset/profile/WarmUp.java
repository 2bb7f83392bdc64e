package dev.descent.dataset.profile;

import dev.descent.core.data.CellReader;
import dev.descent.dataset.block.BlockThreads;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.dataset.format.Detected;
import dev.descent.dataset.format.LayoutOptions;
import dev.descent.dataset.format.RowLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Profiles made-up files, so that the code which reads and profiles is loaded and compiled before the first upload. */
public final class WarmUp {

    private static final int ROWS = 8_000;
    private static final int ROUNDS = 4;
    private static final long HEAP = 1 << 22;
    private static final RowLimits ROW_LIMITS = new RowLimits(100, 100, 1_000, 10_000);
    private static final ProfileLimits LIMITS = new ProfileLimits(ROWS, 100 * ROWS, Duration.ofMinutes(1));

    private WarmUp() {}

    /** Takes about a second of a processor, and a file of less than a megabyte that is gone afterwards. */
    public static void run(BlockThreads threads) throws IOException {
        for (DatasetFormat format : new DatasetFormat[] {DatasetFormat.CSV, DatasetFormat.NDJSON}) {
            Path file = Files.createTempFile("descent-warm-up", ".txt");
            try {
                Files.writeString(file, format == DatasetFormat.CSV ? csv() : ndjson());
                for (int round = 0; round < ROUNDS; round++) {
                    profile(file, format, threads);
                }
            } finally {
                Files.delete(file);
            }
        }
    }

    private static void profile(Path file, DatasetFormat format, BlockThreads threads) throws IOException {
        Detected detected = DatasetFormat.detect(file, format, LayoutOptions.DEFAULT, threads);
        Profiler.profile(new Profiler.Job(
                detected.format().rows(file, detected.layout(), ROW_LIMITS),
                Set.of("", "NA"),
                Map.of(),
                column -> CellReader.PLAIN,
                "#",
                LIMITS,
                columns -> HEAP,
                threads));
    }

    /** With the kinds of columns that most files have, and quotes. */
    private static String csv() {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder("id,x,y,count,level,day,text\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(row).append(',').append(random.nextInt(100_000) / 1e5);
            text.append(',').append(random.nextInt(-1_000_000, 1_000_000) / 1e3);
            text.append(',').append(random.nextInt(100)).append(",level ").append(random.nextInt(9));
            text.append(",20").append(10 + random.nextInt(90)).append("-0").append(1 + random.nextInt(9));
            text.append('-')
                    .append(10 + random.nextInt(19))
                    .append(",\"a text, ")
                    .append(random.nextInt());
            text.append(random.nextInt(4) == 0 ? " ä\"\n" : "\"\n");
        }
        return text.toString();
    }

    private static String ndjson() {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            text.append("{\"x\": ").append(random.nextInt(100_000) / 1e5);
            text.append(", \"level\": \"level ").append(random.nextInt(9)).append("\"}\n");
        }
        return text.toString();
    }
}
