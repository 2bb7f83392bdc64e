package dev.descent.core.train.examples;

import static dev.descent.core.TestTables.levels;
import static dev.descent.core.TestTables.numbers;
import static dev.descent.core.TestTables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.data.Column;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.Table;
import dev.descent.core.data.split.Split;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.math.Precision;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables with a feature {@code x}, a target {@code y} and possibly weights {@code w}. */
class PreparedDataTest {

    private static final SplitSpec ALL_TRAIN = new SplitSpec.RandomSpec(1, 0, 0, false, 0);
    private static final double NAN = Double.NaN;

    @Test
    void aTargetWithoutAnyValueIsRefused() {
        assertThat(violations(table(numbers("x", 1, 2), levels("y", "", "")), classification(ALL_TRAIN)))
                .containsExactly(new DataViolation(
                        "target", "\"y\" has no value in any row; a target needs at least 2 classes"));
    }

    @Test
    void aTargetWithOneClassIsRefused() {
        assertThat(violations(table(numbers("x", 1, 2, 3), levels("y", "a", "", "a")), classification(ALL_TRAIN)))
                .containsExactly(new DataViolation(
                        "target", "\"y\" has one class only, \"a\", in 2 rows; a target needs at least 2 classes"));
    }

    @Test
    void aTargetWithOneNumberIsRefused() {
        assertThat(violations(amounts(7.25, NAN, 7.25, 7.25), regression(ALL_TRAIN, null)))
                .containsExactly(
                        new DataViolation(
                                "target",
                                "\"y\" is 7.25 in all 3 rows that have a value; a target of a regression needs at least 2 values"));
    }

    @Test
    void aTargetThatIsOneNumberInTheTrainingPartIsRefused() {
        SplitSpec.RandomSpec half = new SplitSpec.RandomSpec(0.5, 0, 0.5, false, 3);
        double[] values = new double[10];
        int test =
                Split.deal(IntStream.range(0, 10).toArray(), new int[10], half).test()[0];
        values[test] = 1;

        assertThat(violations(amounts(values), regression(half, null)))
                .containsExactly(
                        new DataViolation(
                                "target",
                                "\"y\" is 0 in all 5 rows of the training part; a target of a regression needs at least 2 values"));
    }

    @Test
    void aTargetMayHaveTenThousandClassesAndNotOneMore() {
        assertThat(PreparedData.prepare(everyRowAClass(10_000), classification(ALL_TRAIN))
                        .target()
                        .outputs())
                .isEqualTo(10_000);
        assertThat(violations(everyRowAClass(10_001), classification(ALL_TRAIN)))
                .containsExactly(new DataViolation("target", "\"y\" has 10001 classes; at most 10000 are accepted"));
    }

    private static Table everyRowAClass(int rows) {
        return table(
                numbers("x", new double[rows]),
                numbers("y", IntStream.range(0, rows).asDoubleStream().toArray()));
    }

    @Test
    void everyPartThatTheRowsDoNotReachForIsNamed() {
        assertThat(violations(amounts(1, 2), regression(new SplitSpec.RandomSpec(6, 1, 1, false, 0), null)))
                .containsExactly(
                        new DataViolation(
                                "split/validation",
                                "2 rows leave none for the validation part at a share of 0.125; at least 6 rows are needed"),
                        new DataViolation(
                                "split/test",
                                "2 rows leave none for the test part at a share of 0.125; at least 6 rows are needed"));
        assertThat(violations(amounts(1, 2), regression(new SplitSpec.RandomSpec(7, 0, 1, false, 0), null)))
                .extracting(DataViolation::field)
                .containsExactly("split/test");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 2", "1, 1, 1, 3", "6, 1, 1, 6", "9, 1, 0, 6", "7, 2, 1, 6", "0.001, 1, 1, 3"})
    void asManyRowsAsAreAskedForAreEnoughAndOneFewerIsNot(double train, double validation, double test, int least) {
        LearningTask task = regression(new SplitSpec.RandomSpec(train, validation, test, false, 0), null);

        for (int rows = 1; rows < least; rows++) {
            assertThat(violations(different(rows), task))
                    .isNotEmpty()
                    .allSatisfy(violation ->
                            assertThat(violation.detail()).endsWith("; at least " + least + " rows are needed"));
        }
        PreparedData data = PreparedData.prepare(different(least), task);
        assertThat(data.split().train()).isNotEmpty();
        assertThat(data.split().validation().length > 0).isEqualTo(validation > 0);
        assertThat(data.split().test().length > 0).isEqualTo(test > 0);
    }

    @Test
    void aShareOfNextToNothingNeedsMoreThanAMillionRows() {
        assertThat(violations(amounts(1, 2), regression(new SplitSpec.RandomSpec(1e6, 1e-6, 0, false, 0), null)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.detail()).endsWith("; at least 1000002 rows are needed"));
    }

    @Test
    void enoughRowsInClassesTooSmallToDealOutAreNotEnough() {
        assertThat(violations(everyRowAClass(6), classification(new SplitSpec.RandomSpec(4, 0, 2, true, 0))))
                .containsExactly(
                        new DataViolation(
                                "split/test",
                                "6 rows leave none for the test part at a share of 0.3333333333333333; more rows of a class are needed, since the last of each is trained on"));
    }

    @Test
    void amountsThatAreAllMissingLeaveNothingToTrainOn() {
        assertThat(violations(amounts(NAN, NAN), regression(ALL_TRAIN, null)))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.field()).isEqualTo("split/train");
                    assertThat(violation.detail())
                            .isEqualTo(
                                    "0 rows leave none for the train part at a share of 1.0; at least 1 row is needed");
                });
    }

    /** The first row has no target, so that positions and row indexes differ. */
    @Test
    void stratifiedPartsHaveEachClassAsOftenAsTheWholeHas() {
        for (int seed = 0; seed < 10; seed++) {
            assertThat(ofClassA(seed, true)).containsExactly(4, 2, 2);
        }
    }

    @Test
    void otherPartsHaveTheClassesAsChanceWillHaveIt() {
        assertThat(IntStream.range(0, 10).mapToObj(seed -> Arrays.toString(ofClassA(seed, false))))
                .contains("[4, 2, 2]")
                .anyMatch(counts -> !counts.equals("[4, 2, 2]"));
    }

    @Test
    void aStratifiedRegressionHasEveryTenthOfItsTargetInEachPart() {
        double[] y =
                IntStream.range(0, 100).mapToDouble(row -> (row * 37) % 100).toArray();
        for (int seed = 0; seed < 10; seed++) {
            Split split = PreparedData.prepare(
                            amounts(y), regression(new SplitSpec.RandomSpec(8, 1, 1, true, seed), null))
                    .split();

            assertThat(Arrays.stream(split.test()).map(row -> (int) y[row] / 10).sorted())
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void aColumnSaysWhichRowIsInWhichPart() {
        Table table = table(
                numbers("x", 1, 2, 3, 4, 5),
                numbers("y", 1, 2, NAN, 4, 5),
                levels("part", "test", "train", "nonsense", "train", "validation"));

        Split split = PreparedData.prepare(table, regression(new SplitSpec.ColumnSpec("part"), null))
                .split();

        assertThat(split.train()).containsExactly(1, 3);
        assertThat(split.validation()).containsExactly(4);
        assertThat(split.test()).containsExactly(0);
    }

    @Test
    void whateverNamesNoPartIsRefusedWithItsFirstRow() {
        Table table = table(
                numbers("x", new double[10]),
                numbers("y", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
                levels("part", "train", "Train", "", "a", "b", "c", "d", "e", "", "Train"));

        assertThat(violations(table, regression(new SplitSpec.ColumnSpec("part"), null)))
                .containsExactly(
                        new DataViolation(
                                "split/column",
                                "\"part\" is missing in 2 rows (the first is row 3); accepted: a value in every row"),
                        new DataViolation(
                                "split/column",
                                "\"part\" is \"Train\" in 2 rows (the first is row 2), \"a\" in 1 row (the first is row 4), \"b\" in 1 row (the first is row 5), \"c\" in 1 row (the first is row 6), \"d\" in 1 row (the first is row 7) and 1 other value in 1 row; accepted: train, validation, test"));
    }

    @Test
    void aColumnWithoutTrainLeavesNothingToTrainOn() {
        Table table = table(numbers("x", 1, 2), numbers("y", 1, 2), levels("part", "test", "validation"));

        assertThat(violations(table, regression(new SplitSpec.ColumnSpec("part"), null)))
                .containsExactly(new DataViolation(
                        "split/column", "\"part\" is train in none of 2 rows; accepted: train in some of them"));
    }

    @Test
    void aRowWithoutATimeHasNoPlaceInTheirOrder() {
        SplitSpec byTime = new SplitSpec.TimeSpec("t", 1, 1, 1);
        Table table = table(numbers("x", 1, 2, 3), numbers("y", 1, 2, 3), numbers("t", 5, NAN, NAN));

        assertThat(violations(table, regression(byTime, null)))
                .containsExactly(new DataViolation(
                        "split/time",
                        "\"t\" is missing in 2 rows (the first is row 2); accepted: a value in every row"));
    }

    @Test
    void tooFewTimesOrGroupsForThePartsAreRefused() {
        Table table = table(numbers("x", 1, 2, 3, 4), numbers("y", 1, 2, 3, 4), numbers("t", 7, 8, 8, 7));

        assertThat(violations(table, regression(new SplitSpec.TimeSpec("t", 8, 1, 1), null)))
                .containsExactly(
                        new DataViolation(
                                "split/time",
                                "\"t\" leaves no row for the test part at a share of 0.1, since rows of the same time stay together; at least 3 different times are needed"));
        assertThat(violations(table, regression(new SplitSpec.GroupSpec("t", 8, 1, 1, 0), null)))
                .extracting(DataViolation::field)
                .containsExactly("split/group");
    }

    /** A wrong column hides nothing else. */
    @Test
    void theFaultsOfTheSplitAreToldBesideTheOthers() {
        Table table =
                table(numbers("x", 1, 2), numbers("y", 1, 2), numbers("w", -1, 2), levels("part", "train", "holdout"));

        assertThat(violations(table, regression(new SplitSpec.ColumnSpec("part"), "w")))
                .extracting(DataViolation::field)
                .containsExactly("weight_column", "split/column");
    }

    /** How many of 8 rows of class a, alongside 4 of class b, end up in each part. */
    private static int[] ofClassA(int seed, boolean stratify) {
        Column.Levels y = levels("y", "", "a", "a", "b", "a", "a", "b", "a", "a", "b", "a", "a", "b");
        Table table = table(numbers("x", new double[13]), y);
        Split split = PreparedData.prepare(table, classification(new SplitSpec.RandomSpec(2, 1, 1, stratify, seed)))
                .split();
        assertThat(new int[] {split.train().length, split.validation().length, split.test().length})
                .containsExactly(6, 3, 3);
        return IntStream.of(0, 1, 2)
                .map(part -> (int) Arrays.stream(List.of(split.train(), split.validation(), split.test())
                                .get(part))
                        .filter(row -> y.levels().get(y.codes()[row]).equals("a"))
                        .count())
                .toArray();
    }

    @Test
    void weightsOfUnknownClassesAreRefusedOneByOne() {
        Map<String, Double> weights = new LinkedHashMap<>();
        weights.put("c", 1.0);
        weights.put("a", 2.0);
        weights.put("A", 3.0);

        assertThat(violations(
                        table(numbers("x", 1, 2), levels("y", "b", "a")),
                        task(Task.CLASSIFICATION, ALL_TRAIN, null, new ClassWeights(false, weights))))
                .containsExactly(
                        new DataViolation("hyperparameters/class_weights", "class_weights names \"c\"; accepted: a, b"),
                        new DataViolation(
                                "hyperparameters/class_weights", "class_weights names \"A\"; accepted: a, b"));
    }

    @ParameterizedTest
    @CsvSource({"20, ''", "21, ' … (21 classes)'", "30, ' … (30 classes)'"})
    void ofManyClassesTwentyAreListed(int classes, String rest) {
        assertThat(violations(
                        everyRowAClass(classes),
                        task(Task.CLASSIFICATION, ALL_TRAIN, null, new ClassWeights(false, Map.of("a", 1.0)))))
                .containsExactly(new DataViolation(
                        "hyperparameters/class_weights",
                        "class_weights names \"a\"; accepted: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19"
                                + rest));
    }

    @Test
    void preparingEndsAtAnyCancellationCheck() {
        LearningTask task = regression(ALL_TRAIN, null);
        AtomicInteger checks = new AtomicInteger();
        PreparedData.prepare(amounts(1, 2), task, checks::incrementAndGet);

        assertThat(checks).as("for the split and the one column").hasValue(2);
        for (int last = 1; last <= checks.get(); last++) {
            AtomicInteger left = new AtomicInteger(last);
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> PreparedData.prepare(amounts(1, 2), task, () -> {
                        if (left.decrementAndGet() == 0) {
                            throw new CancellationException();
                        }
                    }));
        }
    }

    @Test
    void whereNothingIsWeightedThereAreNoWeights() {
        PreparedData data = PreparedData.prepare(amounts(1, 2), regression(ALL_TRAIN, null));

        try (Examples examples = data.encode(new int[] {0, 1}, Precision.FLOAT64)) {
            assertThat(examples.weights()).isNull();
        }
    }

    @Test
    void balancedWeightsAreCountedInTheTrainingPartAlone() {
        Table table = table(numbers("x", 1, 2, 3, 4, 5, 6), levels("y", "a", "a", "a", "b", "b", "b"));
        PreparedData prepared =
                PreparedData.prepare(table, task(Task.CLASSIFICATION, ALL_TRAIN, null, ClassWeights.BALANCED));
        assertThat(weights(prepared, 0, 5)).containsExactly(1, 1);

        Split split = new Split(new int[] {0, 1, 2, 3}, new int[] {4}, new int[] {5});
        PreparedData data =
                new PreparedData(table, prepared.task(), split, prepared.preprocessor(), prepared.target(), 0);

        // 4 rows of 2 classes: 3 of a and 1 of b.
        assertThat(weights(data, 0, 3, 5)).containsExactly(new double[] {4 / 6.0, 2, 2}, within(1e-12));
    }

    @Test
    void theWeightOfARowIsMultipliedByThatOfItsClass() {
        Table table = table(numbers("x", 1, 2, 3), levels("y", "a", "b", "b"), numbers("w", 0.5, 2, 0));
        ClassWeights ofClasses = new ClassWeights(false, Map.of("b", 3.0));

        assertThat(weights(PreparedData.prepare(table, task(Task.CLASSIFICATION, ALL_TRAIN, "w", ofClasses)), 1, 0, 2))
                .containsExactly(6, 0.5, 0);
        assertThat(weights(PreparedData.prepare(table, task(Task.CLASSIFICATION, ALL_TRAIN, "w", null)), 1, 0, 2))
                .containsExactly(2, 0.5, 0);
        assertThat(weights(PreparedData.prepare(table, task(Task.CLASSIFICATION, ALL_TRAIN, null, ofClasses)), 1, 0, 2))
                .containsExactly(3, 1, 3);
    }

    private static double[] weights(PreparedData data, int... rows) {
        try (Examples examples = data.encode(rows, Precision.FLOAT64)) {
            assertThat(examples.weights()).isNotNull();
            assertThat(examples.weights().columns()).isEqualTo(1);
            return examples.weights().toArray();
        }
    }

    @Test
    void aMissingWeightIsRefusedWhereTheRowHasATarget() {
        Column.Numbers x = numbers("x", 1, 2, 3);
        Column.Numbers w = numbers("w", 1, NAN, 0);

        assertThat(violations(table(x, numbers("y", 1, 2, 3), w), regression(ALL_TRAIN, "w")))
                .containsExactly(new DataViolation(
                        "weight_column",
                        "\"w\" is missing in 1 row; accepted: a number from 0 to 1e+12 in every row, above 0 in some"));
        assertThat(PreparedData.prepare(table(x, numbers("y", 1, NAN, 3), w), regression(ALL_TRAIN, "w"))
                        .withoutTarget())
                .isEqualTo(1);
    }

    @Test
    void theTargetsOfAnAutoencoderAreItsInputs() {
        LearningTask task = new LearningTask(
                List.of(),
                Task.AUTOENCODER,
                List.of("x", "y"),
                ALL_TRAIN,
                PreprocessingSpec.DEFAULT,
                Set.of(),
                null,
                null);
        PreparedData data = PreparedData.prepare(table(numbers("x", 1, 3), numbers("y", 4, 8)), task);

        assertThat(data.target().outputs()).isEqualTo(2);
        assertThat(data.withoutTarget()).isZero();
        try (Examples examples = data.encode(new int[] {1, 0}, Precision.FLOAT64)) {
            assertThat(examples.targets()).isSameAs(examples.inputs());
            assertThat(examples.inputs().toArray()).containsExactly(1, 1, -1, -1);
        }
    }

    private static Table different(int rows) {
        return amounts(IntStream.range(0, rows).asDoubleStream().toArray());
    }

    private static Table amounts(double... y) {
        return table(numbers("x", new double[y.length]), numbers("y", y));
    }

    private static LearningTask classification(SplitSpec split) {
        return task(Task.CLASSIFICATION, split, null, null);
    }

    static LearningTask regression(SplitSpec split, @Nullable String weightColumn) {
        return task(Task.REGRESSION, split, weightColumn, null);
    }

    private static LearningTask task(
            Task task, SplitSpec split, @Nullable String weightColumn, @Nullable ClassWeights classWeights) {
        return new LearningTask(
                List.of("y"),
                task,
                List.of("x"),
                split,
                PreprocessingSpec.DEFAULT,
                Set.of(),
                weightColumn,
                classWeights);
    }

    private static List<DataViolation> violations(Table table, LearningTask task) {
        return assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> PreparedData.prepare(table, task))
                .satisfies(invalid -> assertThat(invalid.getMessage())
                        .startsWith(invalid.violations().get(0).detail()))
                .actual()
                .violations();
    }
}
