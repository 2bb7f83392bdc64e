package dev.descent.dataset.profile;

import dev.descent.core.data.CellReader;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.block.BlockThreads;
import dev.descent.dataset.format.RowSource;
import dev.descent.dataset.format.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Profiles of files. */
public final class TestProfiles {

    static final ProfileLimits LIMITS = new ProfileLimits(50_000_000, 1_000_000_000, Duration.ofMinutes(5));

    private TestProfiles() {}

    static Profiler.Job job(RowSource file, Map<String, ColumnType> given) {
        return new Profiler.Job(
                file,
                TestFiles.MISSING,
                given,
                column -> CellReader.PLAIN,
                "#/options",
                LIMITS,
                columns -> Long.MAX_VALUE,
                BlockThreads.alone());
    }

    public static DatasetProfile profile(Path file, Map<String, ColumnType> given) {
        try {
            return Profiler.profile(job(TestFiles.csv(file, true), given));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
