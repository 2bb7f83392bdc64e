package dev.descent.dataset.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.ColumnType;
import dev.descent.dataset.cell.ColumnReading;
import dev.descent.dataset.format.TestFiles;
import dev.descent.dataset.profile.ColumnProfile.LevelCount;
import dev.descent.dataset.profile.Misfits.Misfit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the cells of a column are read follows from all of them, and is said where it is not plain. */
class ReadingTest {

    @TempDir
    private Path directory;

    /** Line 2 has cell 0. */
    private ColumnProfile profile(int rows, IntFunction<String> cell, Map<String, ColumnType> given) {
        String csv = IntStream.range(0, rows)
                .mapToObj(row -> "%s,\"%s\"\n".formatted(row, cell.apply(row)))
                .collect(Collectors.joining("", "row,x\n", ""));
        return TestProfiles.profile(TestFiles.write(directory, csv), given)
                .columns()
                .get(1);
    }

    private ColumnProfile profile(int rows, IntFunction<String> cell) {
        return profile(rows, cell, Map.of());
    }

    private ColumnProfile profile(String... cells) {
        return profile(cells.length, row -> cells[row]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nan",
                "NaN",
                "N/A",
                "n/a",
                "#N/A",
                "<NA>",
                "NaT",
                "null",
                "NULL",
                "None",
                "-",
                "--",
                "?",
                ".",
                "inf",
                "-Inf",
                "Infinity",
                " ",
                " nan "
            })
    void oneMarkerAmongNumbersIsAMissingNumber(String marker) {
        for (int distinct : new int[] {70, 5_000}) {
            ColumnProfile column = profile(5_000, row -> row == 4_700 ? marker : Integer.toString(row * 11 % distinct));

            assertThat(column.type()).isEqualTo(ColumnType.NUMERIC);
            assertThat(column.missing()).isEqualTo(1);
            assertThat(column.max()).isEqualTo(distinct - 1.0);
            assertThat(column.reading().missingValues())
                    .containsExactly(marker.strip().toLowerCase(Locale.ROOT));
            assertThat(column.reading().isMissing(marker)).isTrue();
            assertThat(column.reading().isMissing("unknown")).isFalse();
            assertThat(column.warnings())
                    .contains(
                            "is read as numeric: 4,999 of 5,000 are numbers; line 4702 has \"%s\", which counts as missing; declare its type or missing_values to say otherwise"
                                    .formatted(marker));
        }
    }

    @Test
    void markersCountWhereNinetyNineOfAHundredAreNumbers() {
        assertThat(profile(200, row -> row < 2 ? "nan" : row + ".5").type()).isEqualTo(ColumnType.NUMERIC);
        assertThat(profile(200, row -> row < 3 ? "nan" : row + ".5").type()).isEqualTo(ColumnType.TEXT);
        assertThat(profile(200, row -> row < 3 ? "nan" : row + ".5").warnings().get(0))
                .startsWith("is read as text, although 197 of 200 are numbers; line 2 has \"nan\"; if that means");
    }

    @Test
    void anyOtherMisfitKeepsAColumnFromBeingNumericAndIsNamed() {
        for (int distinct : new int[] {70, 5_000}) {
            ColumnProfile column =
                    profile(5_000, row -> row == 4_700 ? "unknown" : Integer.toString(row * 11 % distinct));

            assertThat(column.type()).isEqualTo(distinct == 70 ? ColumnType.CATEGORICAL : ColumnType.TEXT);
            assertThat(column.reading().missingValues()).isEmpty();
            assertThat(column.isNearlyNumeric()).isTrue();
            assertThat(column.misfits())
                    .isEqualTo(new Misfits(ColumnType.NUMERIC, 4_999, 5_000, List.of(new Misfit(4_702, "unknown"))));
            assertThat(column.warnings().get(0))
                    .startsWith("is read as %s, although 4,999 of 5,000 are numbers; line 4702 has \"unknown\";"
                            .formatted(column.type().label()));
        }
    }

    @Test
    void theFirstMisfitsAreKept() {
        assertThat(profile(100, row -> row % 20 == 3 ? "bad" + row : "1")
                        .misfits()
                        .first())
                .containsExactly(new Misfit(5, "bad3"), new Misfit(25, "bad23"), new Misfit(45, "bad43"));
    }

    @Test
    void aBadCellAtTheStartIsAsGoodAsOneAtTheEnd() {
        ColumnProfile column = profile(3_000, row -> row == 0 ? "?" : Double.toString(row / 7.0));

        assertThat(column.type()).isEqualTo(ColumnType.NUMERIC);
        assertThat(column.missing()).isEqualTo(1);
        assertThat(column.max()).isEqualTo(2_999 / 7.0);
    }

    @Test
    void markersAmongDatesAreMissingDates() {
        ColumnProfile column = profile(300, row -> row == 7 ? "NaT" : "2026-01-%02d".formatted(1 + row % 28));

        assertThat(column.type()).isEqualTo(ColumnType.DATETIME);
        assertThat(column.missing()).isEqualTo(1);
        assertThat(column.reading()).isEqualTo(new ColumnReading(ColumnType.DATETIME, List.of("nat"), false));
        assertThat(column.warnings().get(0))
                .startsWith("is read as datetime: 299 of 300 are dates; line 9 has \"NaT\"");
        assertThat(profile(300, row -> row == 7 ? "soon" : "2026-01-%02d".formatted(1 + row % 28))
                        .warnings()
                        .get(0))
                .startsWith("is read as categorical, although 299 of 300 are dates; line 9 has \"soon\"");
    }

    @Test
    void mixedTypesAreSaid() {
        assertThat(profile(100, row -> row % 2 == 0 ? "a" + row % 6 : "7").warnings())
                .containsExactly("is of mixed types: 50 of 100 are numbers; line 2 has \"a0\"");
        assertThat(profile(100, row -> row % 20 == 0 ? "7" : "a").misfits()).isNull();
        assertThat(profile("1", "2", "x").misfits()).as("too few to judge").isNull();
    }

    @Test
    void whatTheClientDeclaresIsNotDoubted() {
        ColumnProfile column = profile(100, row -> row == 3 ? "x" : "0" + row % 7, Map.of("x", ColumnType.CATEGORICAL));

        assertThat(column.warnings()).isEmpty();
        assertThat(column.misfits()).isNull();
        assertThat(profile(100, row -> "0" + row % 7, Map.of("x", ColumnType.NUMERIC))
                        .reading())
                .isEqualTo(ColumnReading.of(ColumnType.NUMERIC));
    }

    @Test
    void twoSpellingsOfANumberMakeItsColumnDoubtful() {
        ColumnProfile column = profile("1.1", "1.10", "1.2", "1.1");

        assertThat(column.type()).isEqualTo(ColumnType.NUMERIC);
        assertThat(column.distinct()).isEqualTo(2);
        assertThat(column.isDoubtful()).isTrue();
        assertThat(column.spellings())
                .isEqualTo(new Spellings(
                        3,
                        4,
                        List.of(new LevelCount("1.1", 2), new LevelCount("1.10", 1), new LevelCount("1.2", 1)),
                        "has numbers with two spellings, such as \"1.1\" and in line 3 \"1.10\""));
        assertThat(column.warnings().get(0))
                .startsWith("has numbers with two spellings, such as \"1.1\" and in line 3 \"1.10\"; rows show them");
        assertThat(column.asWritten().type()).isEqualTo(ColumnType.CATEGORICAL);
        assertThat(column.asWritten().distinct()).isEqualTo(3);
        assertThat(profile("1", "1.0").isDoubtful()).isTrue();
        assertThat(profile("5", "+5").isDoubtful()).isTrue();
        assertThat(profile("1000", "1e3").isDoubtful()).isTrue();
    }

    @Test
    void leadingZerosAndHugeIntegersDoToo() {
        assertThat(profile("2134", "02134", "501").warnings().get(0))
                .startsWith("has numbers with leading zeros, such as \"02134\" in line 3; rows show");
        assertThat(profile(3_000, row -> row == 2_900 ? "007" : Integer.toString(row * row))
                        .warnings()
                        .get(0))
                .startsWith("has numbers with leading zeros, such as \"007\" in line 2902;");
        assertThat(profile("1", "9007199254740993").warnings().get(0))
                .startsWith("has integers too large to be exact as numbers, such as \"9007199254740993\" in line 3;");
        assertThat(profile("1", "9007199254740991").isDoubtful()).isFalse();
    }

    @Test
    void ordinaryMeasurementsAreNotDoubted() {
        for (String[] cells : new String[][] {
            {"1.10", "2.50", "3.00"},
            {"1.0", "2.0", "2.5"},
            {"0.5", "-0.25", "0"},
            {"-0.00", "0.00", "1.25"},
            {"1e-5", "2.5E+10", "3"},
            {"  1", " 10", "100"},
            {".5", ".25"},
            {"123456789.123456789", "0.30000000000000004"}
        }) {
            ColumnProfile column = profile(cells);
            assertThat(column.type()).isEqualTo(ColumnType.NUMERIC);
            assertThat(column.isDoubtful()).as(String.join(" ", cells)).isFalse();
            assertThat(column.warnings()).isEmpty();
        }
    }

    @Test
    void onlyNumbersThatAreNotWrittenAsTheyWouldBePrintedHaveSpellings() {
        assertThat(profile("1", "-25", "0.5", "-1.25", "100000", "0").spellings())
                .isNull();
        assertThat(profile("0.1", "12345.678", "-0.001").spellings()).isNull();
        assertThat(profile("1.10", "2.50").spellings())
                .isEqualTo(new Spellings(2, 4, List.of(new LevelCount("1.10", 1), new LevelCount("2.50", 1)), null));
        assertThat(profile("-0", "0", " 0", "1").spellings().distinct()).isEqualTo(2);
        ColumnProfile many = profile(3_000, row -> "%d.50".formatted(row));
        assertThat(many.spellings().top()).isNull();
        assertThat((double) many.spellings().distinct()).isBetween(2_900.0, 3_000.0);
    }
}
