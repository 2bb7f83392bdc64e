package dev.descent.dataset.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.descent.core.data.ColumnType;
import dev.descent.dataset.format.TestFiles;
import dev.descent.dataset.profile.ColumnProfile.LevelCount;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilerTest {

    @TempDir
    private Path directory;

    /** A file with the given column and one that numbers the rows, so that no row is empty. */
    private ColumnProfile profile(Map<String, ColumnType> given, String... cells) {
        String text = "row,x\n"
                + IntStream.range(0, cells.length)
                        .mapToObj(row -> row + "," + quoted(cells[row]) + "\n")
                        .collect(Collectors.joining());
        DatasetProfile profile = TestProfiles.profile(TestFiles.write(directory, text), given);
        assertThat(profile.rows()).isEqualTo(cells.length);
        return profile.columns().get(1);
    }

    private static String quoted(String cell) {
        return cell.isEmpty() ? cell : "\"" + cell + "\"";
    }

    private ColumnProfile profile(String... cells) {
        return profile(Map.of(), cells);
    }

    private ColumnProfile profile(int rows, IntFunction<String> cell) {
        return profile(IntStream.range(0, rows).mapToObj(cell).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 2.5 -3e4 .5 | NUMERIC",
                "1 2 1 2 | NUMERIC",
                "1 NA 2 | NUMERIC",
                "007 +1 | NUMERIC",
                "1 2 x | CATEGORICAL",
                "1 NaN | CATEGORICAL",
                "1 inf | CATEGORICAL",
                "1 0x10 | CATEGORICAL",
                "true false true | BOOLEAN",
                "TRUE False | BOOLEAN",
                "yes no | BOOLEAN",
                "yes | BOOLEAN",
                "yes true | CATEGORICAL",
                "0 1 | NUMERIC",
                "2026-01-01 2025-12-31 | DATETIME",
                "2026-01-01T12:00:00 2026-01-01T12:00:00Z 2026-01-01T12:00+02:00 | DATETIME",
                "2026-01-01 2026-02-30 | CATEGORICAL",
                "01.02.2026 03.04.2026 | CATEGORICAL",
                "NA NA | IGNORE",
                "a b a | CATEGORICAL"
            })
    void theTypeFollowsFromTheCells(String cells, ColumnType type) {
        assertThat(profile(cells.split(" ")).type()).isEqualTo(type);
    }

    @Test
    void manyTextsAreLevelsWhereEachComesTwiceAndElseText() {
        assertThat(profile(20, row -> "level" + row).type()).isEqualTo(ColumnType.CATEGORICAL);
        assertThat(profile(21, row -> "level" + row).type()).isEqualTo(ColumnType.TEXT);
        assertThat(profile(42, row -> "level" + row % 21).type()).isEqualTo(ColumnType.CATEGORICAL);
        assertThat(profile(41, row -> "level" + row % 21).type()).isEqualTo(ColumnType.TEXT);
        assertThat(profile(2_002, row -> "level" + row % 1_001).type()).isEqualTo(ColumnType.TEXT);
        assertThat(profile(2_000, row -> "level" + row % 1_000).type()).isEqualTo(ColumnType.CATEGORICAL);
    }

    @Test
    void theFiguresOfNumbersAreThoseComputedByHand() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squared deviations 32.
        ColumnProfile profile = profile("9", "4", "", "2", "4", "NA", "5", "4.0", "7", " 5 ");
        assertThat(profile.type()).isEqualTo(ColumnType.NUMERIC);
        assertThat(profile.missing()).isEqualTo(2);
        assertThat(profile.min()).isEqualTo(2.0);
        assertThat(profile.max()).isEqualTo(9.0);
        assertThat(profile.mean()).isCloseTo(5, within(1e-12));
        assertThat(profile.std()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-12));
        assertThat(profile.quantiles()).isEqualTo(Map.of("0.25", 4.0, "0.5", 4.0, "0.75", 5.0));
        assertThat(profile.whole()).isTrue();
        assertThat(profile.top()).isNull();
        assertThat(profile("1", "2.5").whole()).isFalse();
        assertThat(profile("3").std()).isZero();
    }

    @Test
    void numbersThatAreWrittenDifferentlyAreOneValue() {
        assertThat(profile("1", "1.0", " 1", "2", "-0", "0").distinct()).isEqualTo(3);
        assertThat(profile("1", "1.0", "x").distinct()).isEqualTo(3);
    }

    @Test
    void whatIsEstimatedIsNeverTakenForCounted() {
        for (int distinct = 1_001; distinct < 1_060; distinct += 3) {
            int values = distinct;
            ColumnProfile profile = profile(2_200, row -> "level" + row % values);
            assertThat(profile.countedDistinct()).isFalse();
            assertThat((long) distinct).isBetween(profile.leastDistinct(), profile.mostDistinct());
        }
        ColumnProfile counted = profile(2_200, row -> "level" + row % 1_000);
        assertThat(counted.mostDistinct()).isEqualTo(counted.leastDistinct()).isEqualTo(1_000);
    }

    @Test
    void theLongestLevelIsMeasured() {
        assertThat(profile("a", "größer", "", "bc").longest()).isEqualTo(6);
        assertThat(profile("1", "100000").longest()).isNull();
        assertThat(profile("a", "NA").allLevels()).containsExactly(new LevelCount("a", 1));
        assertThat(profile(22, row -> "level" + row % 11).allLevels())
                .as("of which ten are listed")
                .isNull();
    }

    @Test
    void quantilesOfManyNumbersAreNearTheTrueOnes() {
        SplittableRandom random = new SplittableRandom(1);
        double[] numbers = random.doubles(50_000).map(x -> x * x).toArray();
        ColumnProfile profile = profile(numbers.length, row -> Double.toString(numbers[row]));
        Arrays.sort(numbers);
        assertThat(profile.quantiles()).isNotNull();
        profile.quantiles()
                .forEach((share, value) -> assertThat((double) rank(numbers, value) / numbers.length)
                        .isCloseTo(Double.parseDouble(share), within(0.005)));
        assertThat(profile.mean()).isCloseTo(1 / 3.0, within(0.01));
        assertThat(profile.distinct()).isCloseTo(50_000, withinPercentage(4.0));
    }

    private static int rank(double[] sorted, double value) {
        return Arrays.binarySearch(sorted, value);
    }

    @ParameterizedTest
    @CsvSource({"1000, 0.000001", "1001, 4", "30000, 4"})
    void distinctValuesAreCountedExactlyUpToAThousandAndThenNearly(int distinct, double percent) {
        ColumnProfile profile = profile(2 * distinct, row -> "v" + row % distinct);
        assertThat((double) profile.distinct()).isCloseTo(distinct, withinPercentage(percent));
        assertThat(profile(distinct, row -> "v" + row).distinct()).isLessThanOrEqualTo(distinct);
    }

    @Test
    void hugeNumbersHaveAMeanButNoDeviation() {
        ColumnProfile profile = profile("1e308", "-1e308", "1.5e308", "-1.5e308");
        assertThat(profile.mean()).isCloseTo(0, within(1e293));
        assertThat(profile.std()).isNull();
        assertThat(profile.min()).isEqualTo(-1.5e308);
        assertThat(profile("1e150", "3e150").std()).isCloseTo(Math.sqrt(2) * 1e150, within(1e140));
    }

    @Test
    void datesHaveTheirFiguresAsDatesAndInDays() {
        ColumnProfile profile = profile("1970-01-02", "1970-01-03T12:00:00", "1970-01-01");
        assertThat(profile.min()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(profile.max()).isEqualTo("1970-01-03T12:00:00Z");
        assertThat(profile.mean()).isCloseTo(3.5 / 3, within(1e-12));
    }

    @Test
    void theMostFrequentLevelsComeFirstAndThenByName() {
        ColumnProfile profile = profile("b", "a", "c", "b", "", "a", "d");
        assertThat(profile.distinct()).isEqualTo(4);
        assertThat(profile.missing()).isEqualTo(1);
        assertThat(profile.top())
                .containsExactly(
                        new LevelCount("a", 2), new LevelCount("b", 2), new LevelCount("c", 1), new LevelCount("d", 1));
        assertThat(profile.mean()).isNull();
        assertThat(profile.min()).isNull();
        assertThat(profile(40, row -> "level" + row % 20).top()).hasSize(10);
    }

    @Test
    void whatShouldMakeOneDoubtAColumnIsSaid() {
        assertThat(profile("NA", "").warnings()).containsExactly("has no value in any row", "is empty in 2 of 2 rows");
        assertThat(profile("NA").warnings()).containsExactly("has no value in any row", "is empty in 1 of 1 row");
        assertThat(profile("5", "5", "5").warnings()).containsExactly("is constant, so nothing can be learnt from it");
        assertThat(profile("5", "6", "", "", "").warnings()).containsExactly("is empty in 3 of 5 rows");
        String identifier = "looks like an identifier: nearly every row has a value of its own";
        assertThat(profile(100, row -> "u" + row).warnings()).containsExactly(identifier);
        assertThat(profile(100, row -> "u" + row % 98).warnings()).containsExactly(identifier);
        assertThat(profile(100, row -> "u" + row % 97).warnings()).isEmpty();
        assertThat(profile(100, row -> Integer.toString(1_000 + row)).warnings())
                .containsExactly(identifier);
        assertThat(profile(5_000, row -> Integer.toString(1_000 + row)).warnings())
                .containsExactly(identifier);
        assertThat(profile(100, row -> Double.toString(row + 0.5)).warnings()).isEmpty();
        assertThat(profile(100, row -> Integer.toString(row * row)).warnings()).isEmpty();
        assertThat(profile(10, row -> Integer.toString(row)).warnings()).isEmpty();
    }

    @Test
    void theWarningsOfAllColumnsNameThem() {
        Path file = TestFiles.write(directory, "a,b\n1,x\n1,x\n");
        assertThat(TestProfiles.profile(file, Map.of()).warnings())
                .containsExactly(
                        "Column \"a\" is constant, so nothing can be learnt from it",
                        "Column \"b\" is constant, so nothing can be learnt from it",
                        "1 row repeats an earlier one; the first: line 3 repeats line 2");
    }

    @Test
    void levelsThatMayBeOneAreNamed() {
        assertThat(profile("red", "Red", "blue", "red ").warnings())
                .containsExactly(
                        "has levels that differ by case or surrounding spaces alone, such as \"red\" and \"Red\"; each is a level of its own (3 such levels)");
        assertThat(profile("True", "true").warnings())
                .containsExactly(
                        "has levels that differ by case or surrounding spaces alone, such as \"True\" and \"true\"; each is a level of its own");
        assertThat(profile(3_000, row -> row == 9 ? "LEVEL3" : "level" + row % 1_500)
                        .warnings())
                .anySatisfy(warning -> assertThat(warning).contains("such as \"level3\" and \"LEVEL3\""));
        assertThat(profile("red", "green").warnings()).isEmpty();
    }

    @Test
    void aLevelThatDominatesIsNamed() {
        assertThat(profile(100, row -> row < 95 ? "a" : "b").warnings())
                .containsExactly(
                        "has the level \"a\" in 95 of 100 cells, which leaves little to learn from the others");
        assertThat(profile(100, row -> row < 94 ? "a" : "b").warnings()).isEmpty();
    }

    @Test
    void moreLevelsThanTrainingKeepsAreSaid() {
        String[] cells =
                IntStream.range(0, 6_000).mapToObj(row -> "s" + row % 1_500).toArray(String[]::new);
        assertThat(profile(Map.of("x", ColumnType.CATEGORICAL), cells).warnings())
                .singleElement()
                .asString()
                .matches(
                        "has about 1,[45]\\d\\d levels, of which training keeps the 1,000 most frequent; the rarer ones count as one");
    }

    @Test
    void theTypeThatAClientGivesCounts() {
        assertThat(profile(Map.of("x", ColumnType.CATEGORICAL), "1", "2").type())
                .isEqualTo(ColumnType.CATEGORICAL);
        assertThat(profile(Map.of("x", ColumnType.CATEGORICAL), "1", "2").top()).hasSize(2);
        assertThat(profile(Map.of("x", ColumnType.IGNORE), "1", "2").type()).isEqualTo(ColumnType.IGNORE);
        assertThat(profile(Map.of("x", ColumnType.NUMERIC), "", "NA").type()).isEqualTo(ColumnType.NUMERIC);
    }

    @Test
    void theFirstCellThatDoesNotFitAGivenTypeIsNamed() {
        assertThat(violations(Map.of("x", ColumnType.NUMERIC), "row,x\n0,1\n1,\"two\nlines\"\n2,three\n"))
                .containsExactly(new Violation(
                        "#/options/columns/x/type", "Line 3 has \"two\nlines\" in column \"x\", which is not numeric"));
        assertThat(violations(Map.of("x", ColumnType.DATETIME, "y", ColumnType.TEXT), "row,x\n0,1\n"))
                .extracting(Violation::detail)
                .containsExactlyInAnyOrder(
                        "There is no column \"y\"; the file has row, x",
                        "Line 2 has \"1\" in column \"x\", which is not datetime");
    }

    private List<Violation> violations(Map<String, ColumnType> given, String text) {
        Path file = TestFiles.write(directory, text);
        return catchThrowableOfType(ProblemException.class, () -> TestProfiles.profile(file, given))
                .errors();
    }

    @Test
    void aFileWithoutRowsIsRefused() {
        assertThat(violations(Map.of(), "a,b\n"))
                .extracting(Violation::detail)
                .containsExactly("The file has a header line only; accepted: a header line and at least one row");
    }

    @Test
    void aZeroCharacterAnywhereIsRefused() {
        assertThat(violations(Map.of(), "a,b\n" + "1,2\n".repeat(20_000) + "3,x\0y\n"))
                .extracting(Violation::detail)
                .containsExactly("Line 20002 has the character U+0000, which no text has; accepted: text without it");
    }
}
