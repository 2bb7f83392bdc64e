package dev.descent.dataset.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.CellReader;
import dev.descent.dataset.block.BlockThreads;
import dev.descent.dataset.format.RowSource;
import dev.descent.dataset.format.TestFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicateRowsTest {

    private static final Pattern ESTIMATE = Pattern.compile("About ([0-9,]+) rows repeat an earlier one");

    @TempDir
    private Path directory;

    private List<String> warnings(String csv, long heap) throws IOException {
        RowSource file = TestFiles.csv(TestFiles.write(directory, csv), true);
        return Profiler.profile(new Profiler.Job(
                        file,
                        TestFiles.MISSING,
                        Map.of(),
                        column -> CellReader.PLAIN,
                        "#/options",
                        TestProfiles.LIMITS,
                        columns -> heap,
                        BlockThreads.alone()))
                .warnings()
                .stream()
                .filter(warning -> !warning.startsWith("Column"))
                .toList();
    }

    private List<String> warnings(String csv) throws IOException {
        return warnings(csv, Long.MAX_VALUE);
    }

    @Test
    void rowsThatRepeatAnEarlierOneAreCounted() throws IOException {
        assertThat(warnings("a,b\n1,x\n2,x\n1,x\n2,y\n2,x\n1,\"x\"\n"))
                .containsExactly("3 rows repeat an earlier one; the first: line 4 repeats line 2");
        assertThat(warnings("a,b\n1,x\n2,x\n")).isEmpty();
        assertThat(warnings("a,b\n1,23\n12,3\n"))
                .as("other cells of the same text")
                .isEmpty();
        assertThat(warnings("a\n1\n1\n")).as("of one column").isEmpty();
    }

    @Test
    void amongManyRowsTheCountIsExact() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<Integer> numbers = IntStream.range(0, 60_000)
                .mapToObj(row -> random.nextInt(50_000))
                .toList();
        long distinct = numbers.stream().distinct().count();
        String csv =
                numbers.stream().map(number -> number + ",some text\n").collect(Collectors.joining("", "a,b\n", ""));

        assertThat(warnings(csv))
                .singleElement()
                .asString()
                .startsWith("%d rows repeat an earlier one; the first: line ".formatted(60_000 - distinct));
    }

    @Test
    void withLittleMemoryItIsEstimated() throws IOException {
        SplittableRandom random = new SplittableRandom(6);
        List<Integer> numbers = IntStream.range(0, 60_000)
                .mapToObj(row -> random.nextInt(50_000))
                .toList();
        long repeats = 60_000 - numbers.stream().distinct().count();
        String csv =
                numbers.stream().map(number -> number + ",some text\n").collect(Collectors.joining("", "a,b\n", ""));

        String warning = warnings(csv, 400_000).get(0);

        Matcher estimate = ESTIMATE.matcher(warning);
        assertThat(estimate.lookingAt()).as(warning).isTrue();
        assertThat(Double.parseDouble(estimate.group(1).replace(",", ""))).isBetween(0.9 * repeats, 1.1 * repeats);
        assertThat(warning).contains("estimated from one in ", " rows; among the first: line ");
    }
}
