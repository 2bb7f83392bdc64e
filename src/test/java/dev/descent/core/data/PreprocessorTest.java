package dev.descent.core.data;

import static dev.descent.core.TestTables.levels;
import static dev.descent.core.TestTables.numbers;
import static dev.descent.core.TestTables.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.ColumnEncoder.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreprocessorTest {

    private static final List<String> FEATURES = List.of("amount", "level", "day");

    @Test
    void whatStandsInOtherPartsNeverChangesWhatIsFitted() {
        SplittableRandom random = new SplittableRandom(11);
        int[] train = {0, 2, 3, 5, 8, 9};
        Preprocessor expected = fit(random(random, new SplittableRandom(0), train), train);

        for (int seed = 1; seed <= 100; seed++) {
            Table table = random(new SplittableRandom(11), new SplittableRandom(seed), train);

            assertThat(fit(table, train)).isEqualTo(expected);
        }
    }

    @Test
    void whatStandsInTheTrainingPartChangesWhatIsFitted() {
        int[] train = {0, 2, 3, 5, 8, 9};
        Table one = random(new SplittableRandom(1), new SplittableRandom(0), train);
        Table other = random(new SplittableRandom(2), new SplittableRandom(0), train);

        assertThat(fit(one, train)).isNotEqualTo(fit(other, train));
    }

    @Test
    void inputsStandInTheOrderOfTheFeaturesWhateverTheOrderOfTheTable() {
        Column.Numbers a = numbers("a", 1, 3);
        Column.Levels b = levels("b", "x", "y");
        Preprocessor preprocessor =
                Preprocessor.fit(table(a, b), List.of("b", "a"), new int[] {0, 1}, PreprocessingSpec.DEFAULT, Set.of());

        assertThat(preprocessor.width()).isEqualTo(4);
        assertThat(encode(preprocessor, table(a, b), 0)).containsExactly(1, 0, 0, -1);
        assertThat(encode(preprocessor, table(b, a), 1)).containsExactly(0, 1, 0, 1);
    }

    @Test
    void datesAreStandardizedAsNumbersOfDays() {
        Column.Numbers days = new Column.Numbers("day", ColumnType.DATETIME, new double[] {
            Cell.day("2026-01-01"), Cell.day("2026-01-03"), Cell.day("2026-01-02T12:00:00Z")
        });

        Preprocessor preprocessor =
                Preprocessor.fit(table(days), List.of("day"), new int[] {0, 1}, PreprocessingSpec.DEFAULT, Set.of());

        assertThat(encode(preprocessor, table(days), 0)).containsExactly(-1);
        assertThat(encode(preprocessor, table(days), 2)).containsExactly(0.5);
        assertThat(preprocessor.encoders().get(0).columnType()).isEqualTo(ColumnType.DATETIME);
    }

    @Test
    void everyFindingIsReportedWithItsColumnAndRow() {
        Table training = table(numbers("n", 1, 2), levels("l", "a", "b"), numbers("silent", 0, 1));
        Preprocessor preprocessor = Preprocessor.fit(
                training, List.of("n", "l", "silent"), new int[] {0, 1}, PreprocessingSpec.DEFAULT, Set.of());
        Table table = table(numbers("n", Double.NaN, 7, 1), levels("l", "c", "a", ""), numbers("silent", 0, 0.5, 1));
        List<String> findings = new ArrayList<>();

        Preprocessor.RowEncoder rows = preprocessor.bind(table);
        for (int row = 0; row < 3; row++) {
            rows.encode(
                    row,
                    new double[preprocessor.width()],
                    (encoder, at, finding) -> findings.add(encoder.name() + at + " " + finding));
        }

        assertThat(findings)
                .containsExactly(
                        "n0 " + Finding.IMPUTED,
                        "l0 " + Finding.UNSEEN,
                        "n1 " + Finding.OUT_OF_RANGE,
                        "l2 " + Finding.IMPUTED);
    }

    private static Preprocessor fit(Table table, int[] train) {
        return Preprocessor.fit(table, FEATURES, train, PreprocessingSpec.DEFAULT, Set.of());
    }

    private static double[] encode(Preprocessor preprocessor, Table table, int row) {
        double[] inputs = new double[preprocessor.width()];
        preprocessor.bind(table).encode(row, inputs, Preprocessor.FindingListener.NONE);
        return inputs;
    }

    /** Twelve rows: those of the training part from one generator; all others, with extreme values, from another. */
    private static Table random(SplittableRandom forTrain, SplittableRandom forOthers, int[] train) {
        double[] amounts = new double[12];
        String[] levels = new String[12];
        double[] days = new double[12];
        for (int row = 0; row < 12; row++) {
            int wanted = row;
            boolean training = IntStream.of(train).anyMatch(member -> member == wanted);
            SplittableRandom random = training ? forTrain : forOthers;
            amounts[row] = random.nextInt(4) == 0 ? Double.NaN : random.nextDouble() * (training ? 1 : 1e6);
            levels[row] = random.nextInt(5) == 0 ? "" : (training ? "t" : "other") + random.nextInt(3);
            days[row] = random.nextInt(training ? 10 : 100_000);
        }
        // The order of first appearance is the table's, not the training part's.
        String[] sorted = Arrays.stream(levels)
                .distinct()
                .filter(level -> !level.isEmpty())
                .sorted()
                .toArray(String[]::new);
        int[] codes = Arrays.stream(levels)
                .mapToInt(level -> List.of(sorted).indexOf(level))
                .toArray();
        return table(
                numbers("amount", amounts),
                new Column.Levels("level", ColumnType.CATEGORICAL, List.of(sorted), codes),
                new Column.Numbers("day", ColumnType.DATETIME, days));
    }
}
