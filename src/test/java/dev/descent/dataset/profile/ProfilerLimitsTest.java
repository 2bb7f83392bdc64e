package dev.descent.dataset.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.descent.core.data.CellReader;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.block.BlockThreads;
import dev.descent.dataset.format.RowSource;
import dev.descent.dataset.format.TestFiles;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerLimitsTest {

    @TempDir
    private Path directory;

    private static ProfileLimits limits(int rows, int cells, Duration time) {
        return new ProfileLimits(rows, cells, time);
    }

    private ProblemException refused(String csv, ProfileLimits limits) throws IOException {
        RowSource file = TestFiles.csv(TestFiles.write(directory, csv), true);
        Profiler.Job job = new Profiler.Job(
                file,
                TestFiles.MISSING,
                Map.of(),
                column -> CellReader.PLAIN,
                "#/options",
                limits,
                columns -> Long.MAX_VALUE,
                BlockThreads.alone());
        return Objects.requireNonNull(catchThrowableOfType(ProblemException.class, () -> Profiler.profile(job)));
    }

    @Test
    void rowsCellsAndTimeAreLimited() throws IOException {
        String csv = "a,b\n" + "1,2\n".repeat(1_000);

        assertThat(refused(csv, limits(999, 1_000_000, Duration.ofHours(1))).detail())
                .isEqualTo("The file has more than 999 rows; descent.upload.max-rows sets this limit");
        assertThat(refused(csv, limits(1_000, 1_999, Duration.ofHours(1))).detail())
                .isEqualTo("The file has more than 1999 cells; descent.upload.max-cells sets this limit");
        assertThat(refused(csv, limits(1_000, 2_000, Duration.ZERO)).detail())
                .isEqualTo("The first 1000 rows were read after 0 s; descent.upload.time-limit sets this limit");
    }

    @Test
    void aServerThatStopsReadsNoFurther() throws IOException {
        Thread.currentThread().interrupt();
        try {
            assertThat(refused("a\n1\n", TestProfiles.LIMITS).problem()).isEqualTo(Problem.UNAVAILABLE);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void namesAndLevelsThatMakeAHugeProfileAreRefused() throws IOException {
        String csv = IntStream.range(0, 100).mapToObj(column -> "c" + column).collect(Collectors.joining(",", "", "\n"))
                + ("x".repeat(90_000) + ",".repeat(99) + "\n").repeat(2)
                + IntStream.range(0, 100)
                        .mapToObj(row -> ",".repeat(row) + "y".repeat(90_000) + ",".repeat(99 - row) + "\n")
                        .collect(Collectors.joining());

        assertThat(refused(csv, TestProfiles.LIMITS).detail())
                .contains("most frequent levels of the first 90 columns", "8000000 characters");
    }

    /** Whatever the memory, the profile is the same. */
    @Test
    void groupsOfColumnsAreProfiledAsAllOfThemTogether() throws IOException {
        SplittableRandom random = new SplittableRandom(15);
        StringBuilder csv = new StringBuilder("a,b,c,d,e,f,g\n");
        for (int row = 0; row < 3_000; row++) {
            csv.append("%d,%s,%d,%s,%s,2026-01-%02d,%d\n"
                    .formatted(
                            row,
                            random.nextInt(3) == 0 ? "" : "x" + random.nextInt(5),
                            random.nextInt(900),
                            random.nextDouble(),
                            Long.toHexString(random.nextLong()),
                            random.nextInt(1, 29),
                            random.nextInt(2)));
        }
        RowSource file = TestFiles.csv(TestFiles.write(directory, csv.toString()), true);
        DatasetProfile together = Profiler.profile(TestProfiles.job(file, Map.of()));
        for (long heap : new long[] {0, 100_000, 250_000, 500_000}) {
            DatasetProfile inGroups = Profiler.profile(new Profiler.Job(
                    file,
                    TestFiles.MISSING,
                    Map.of(),
                    column -> CellReader.PLAIN,
                    "#/options",
                    TestProfiles.LIMITS,
                    columns -> heap,
                    BlockThreads.alone()));

            assertThat(inGroups)
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(".*quantiles.*")
                    .isEqualTo(together);
        }
        assertThat(together.columns())
                .extracting(ColumnProfile::type)
                .containsExactly(
                        ColumnType.NUMERIC,
                        ColumnType.CATEGORICAL,
                        ColumnType.NUMERIC,
                        ColumnType.NUMERIC,
                        ColumnType.TEXT,
                        ColumnType.DATETIME,
                        ColumnType.NUMERIC);
    }

    @Test
    void levelsThatAreLongTogetherAreText() throws IOException {
        String csv = "x\n"
                + IntStream.range(0, 100)
                        .mapToObj(row -> "%d%s\n".formatted(row % 5, "x".repeat(row % 2 == 0 ? 10 : 99_000)))
                        .collect(Collectors.joining());
        ColumnProfile column = Profiler.profile(
                        TestProfiles.job(TestFiles.csv(TestFiles.write(directory, csv), true), Map.of()))
                .columns()
                .get(0);

        assertThat(column.type()).isEqualTo(ColumnType.TEXT);
        assertThat(column.top()).isNull();
        assertThat(column.distinct()).isEqualTo(10);
    }
}
