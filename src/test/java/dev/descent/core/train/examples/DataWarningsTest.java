package dev.descent.core.train.examples;

import static dev.descent.core.TestTables.levels;
import static dev.descent.core.TestTables.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.core.TestTables;
import dev.descent.core.data.Column;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.split.SplitSpec;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataWarningsTest {

    private static final SplitSpec ALL_TRAIN = new SplitSpec.RandomSpec(1, 0, 0, false, 0);
    private static final SplitSpec HALVES = new SplitSpec.RandomSpec(2, 1, 1, false, 0);
    private static final int ROWS = 40;

    @Test
    void dataWithNothingWrongCausesNoWarning() {
        assertThat(warnings(Task.CLASSIFICATION, HALVES, noise("x", 1), halfAndHalf()))
                .isEmpty();
        assertThat(warnings(Task.REGRESSION, HALVES, noise("x", 1), noise("y", 2)))
                .isEmpty();
    }

    @Test
    void rowsWithoutTargetAreCounted() {
        double[] y = random(2);
        y[3] = Double.NaN;
        assertThat(warnings(Task.REGRESSION, ALL_TRAIN, noise("x", 1), numbers("y", y)))
                .containsExactly("1 row has no value in \"y\" and was left out");
        y[5] = Double.NaN;
        assertThat(warnings(Task.REGRESSION, ALL_TRAIN, noise("x", 1), numbers("y", y)))
                .containsExactly("2 rows have no value in \"y\" and were left out");
    }

    @Test
    void aClassWithLessThanATenthOfTheLargestIsRare() {
        assertThat(warnings(Task.CLASSIFICATION, ALL_TRAIN, noise("x", 1), rare(4)))
                .isEmpty();
        assertThat(warnings(Task.CLASSIFICATION, ALL_TRAIN, noise("x", 1), rare(1)))
                .containsExactly("Class \"rare\" has 1 training row where the most frequent class has 39");
        assertThat(warnings(Task.CLASSIFICATION, ALL_TRAIN, noise("x", 1), rare(3)))
                .containsExactly("Class \"rare\" has 3 training rows where the most frequent class has 37");
    }

    private static Column rare(int count) {
        return levels(
                "y",
                IntStream.range(0, ROWS)
                        .mapToObj(row -> row < count ? "rare" : "usual")
                        .toArray(String[]::new));
    }

    @Test
    void aNumberThatFollowsTheTargetIsALeak() {
        double[] y = random(2);
        double[] x = Arrays.stream(y).map(value -> 5 - 3 * value).toArray();
        x[7] = Double.NaN;
        assertThat(warnings(Task.REGRESSION, ALL_TRAIN, numbers("x", x), numbers("y", y)))
                .containsExactly("Column \"x\" alone says what \"y\" is; is it known before the prediction?");
        x[8] += 2;
        assertThat(warnings(Task.REGRESSION, ALL_TRAIN, numbers("x", x), numbers("y", y)))
                .isEmpty();
    }

    @Test
    void aNumberThatIsTheSameAsOneOfTwoClassesIsALeak() {
        Column.Levels y = halfAndHalf();
        double[] x = Arrays.stream(y.codes()).mapToDouble(code -> 100.0 - code).toArray();
        assertThat(warnings(Task.CLASSIFICATION, ALL_TRAIN, numbers("x", x), y)).hasSize(1);
    }

    @Test
    void theNumbersOfThreeClassesHaveNoOrderToFollow() {
        String[] y = IntStream.range(0, ROWS).mapToObj(row -> "c" + row % 3).toArray(String[]::new);
        double[] x = IntStream.range(0, ROWS).mapToDouble(row -> row % 3).toArray();
        assertThat(warnings(Task.CLASSIFICATION, ALL_TRAIN, numbers("x", x), levels("y", y)))
                .isEmpty();
    }

    @Test
    void levelsThatDecideTheTargetAreALeakUnlessTheyAreNearlyUnique() {
        Column.Levels y = halfAndHalf();
        assertThat(warnings(Task.CLASSIFICATION, ALL_TRAIN, levels("x", cells(4)), y))
                .containsExactly("Column \"x\" alone says what \"y\" is; is it known before the prediction?");
        assertThat(warnings(Task.CLASSIFICATION, ALL_TRAIN, levels("x", cells(ROWS)), y))
                .isEmpty();
        String[] once = cells(4);
        once[0] = once[1];
        assertThat(warnings(Task.CLASSIFICATION, ALL_TRAIN, levels("x", once), y))
                .isEmpty();
        assertThat(warnings(Task.CLASSIFICATION, ALL_TRAIN, levels("x", cells(1)), y))
                .isEmpty();
    }

    /** Levels 0, 1, 2 … repeatedly: with an even number of levels, each occurs with one class only. */
    private static String[] cells(int count) {
        return IntStream.range(0, ROWS).mapToObj(row -> "l" + row % count).toArray(String[]::new);
    }

    @Test
    void rowsThatAreInTheTrainingPartAsWellAreCounted() {
        // All rows have the same features: each of the 20 in validation and test also occurs in training.
        double[] same = new double[ROWS];
        same[0] = 0;
        Column.Levels level = levels("l", cells(1));
        assertThat(warnings(Task.REGRESSION, HALVES, numbers("x", same), level, noise("y", 2)))
                .containsExactly(
                        "10 rows of the validation part and 10 of the test part have the same features as a training row");
        // Differing in one of two columns is enough.
        assertThat(warnings(Task.REGRESSION, HALVES, numbers("x", same), levels("l", cells(ROWS)), noise("y", 2)))
                .isEmpty();
    }

    @Test
    void aSingleRowAndASinglePartAreWordedAsSuch() {
        String[] part = IntStream.range(0, ROWS)
                .mapToObj(row -> row < ROWS / 2 ? "train" : "test")
                .toArray(String[]::new);
        double[] x = random(1);
        x[ROWS - 1] = x[0];
        assertThat(byColumn(numbers("x", x), levels("part", part), noise("y", 2)))
                .containsExactly("1 row of the test part has the same features as a training row");
        // 0 and −0 are the same input.
        x[0] = 0.0;
        x[ROWS - 1] = -0.0;
        assertThat(byColumn(numbers("x", x), levels("part", part), noise("y", 2)))
                .hasSize(1);
    }

    /** The columns are a feature, the part of each row, and the target, which makes it a classification or not. */
    private static List<String> byColumn(Column x, Column.Levels part, Column y) {
        Task task = y instanceof Column.Levels ? Task.CLASSIFICATION : Task.REGRESSION;
        return DataWarnings.of(PreparedData.prepare(
                TestTables.table(x, part, y),
                LearningTask.of("y", task, List.of("x"), new SplitSpec.ColumnSpec("part"), PreprocessingSpec.DEFAULT)));
    }

    @Test
    void aClassTooRareForItsPartsIsTold() {
        SplitSpec stratified = new SplitSpec.RandomSpec(2, 1, 1, true, 0);
        assertThat(warnings(Task.CLASSIFICATION, stratified, noise("x", 1), rare(1)))
                .contains(
                        "Class \"rare\" (1 row) has rows in the training part alone, so validation and test cannot score it");
        assertThat(warnings(Task.CLASSIFICATION, stratified, noise("x", 1), rare(2)))
                .anyMatch(warning -> warning.matches(
                        "Class \"rare\" \\(2 rows\\) has no row in the (validation|test) part, which cannot score it"));
        assertThat(warnings(Task.CLASSIFICATION, stratified, noise("x", 1), rare(4)))
                .noneMatch(warning -> warning.contains("score"));
        assertThat(warnings(Task.CLASSIFICATION, new SplitSpec.RandomSpec(3, 0, 1, true, 0), noise("x", 1), rare(1)))
                .contains("Class \"rare\" (1 row) has no row in the test part, which cannot score it");
        assertThat(warnings(Task.CLASSIFICATION, ALL_TRAIN, noise("x", 1), rare(1)))
                .noneMatch(warning -> warning.contains("score"));
    }

    @Test
    void classesThatAreNotLearntAreToldTogether() {
        String[] part = IntStream.range(0, ROWS)
                .mapToObj(row -> row < 20 ? "train" : "test")
                .toArray(String[]::new);
        String[] y = IntStream.range(0, ROWS)
                .mapToObj(row -> row < 10 ? "a" : row < 25 ? "b" : row < 30 ? "c" : "d")
                .toArray(String[]::new);
        assertThat(byColumn(noise("x", 1), levels("part", part), levels("y", y)))
                .containsExactly(
                        "Classes \"c\" (5 rows), \"d\" (10 rows) have no row in the training part, from which nothing can learn them",
                        "Class \"a\" (10 rows) has no row in the test part, which cannot score it");
    }

    @Test
    void lookingEndsAtAnyCancellationCheck() {
        PreparedData data = prepared(Task.REGRESSION, HALVES, noise("x", 1), levels("l", cells(4)), noise("y", 2));
        AtomicInteger checks = new AtomicInteger();
        DataWarnings.of(data, checks::incrementAndGet);

        assertThat(checks).as("for each column, and for the rows of each part").hasValue(2 + 3);
        for (int last = 1; last <= checks.get(); last++) {
            AtomicInteger left = new AtomicInteger(last);
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> DataWarnings.of(data, () -> {
                        if (left.decrementAndGet() == 0) {
                            throw new CancellationException();
                        }
                    }));
        }
    }

    private static Column.Levels halfAndHalf() {
        return levels(
                "y",
                IntStream.range(0, ROWS)
                        .mapToObj(row -> row % 2 == 0 ? "even" : "odd")
                        .toArray(String[]::new));
    }

    private static Column.Numbers noise(String name, long seed) {
        return numbers(name, random(seed));
    }

    private static double[] random(long seed) {
        return new SplittableRandom(seed).doubles(ROWS).toArray();
    }

    /** The last column is the target, all others are features. */
    private static List<String> warnings(Task task, SplitSpec split, Column... columns) {
        return DataWarnings.of(prepared(task, split, columns));
    }

    private static PreparedData prepared(Task task, SplitSpec split, Column... columns) {
        List<String> names = Arrays.stream(columns).map(Column::name).toList();
        LearningTask learning =
                LearningTask.of("y", task, names.subList(0, names.size() - 1), split, PreprocessingSpec.DEFAULT);
        return PreparedData.prepare(TestTables.table(columns), learning);
    }
}
