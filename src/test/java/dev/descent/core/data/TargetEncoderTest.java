package dev.descent.core.data;

import static dev.descent.core.TestTables.levels;
import static dev.descent.core.TestTables.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetEncoderTest {

    @Test
    void labelsAreInAlphabeticalOrder() {
        Column.Levels column = levels("y", "setosa", "virginica", "", "setosa", "iris");

        ClassificationTarget classes = ClassificationTarget.of(column);

        assertThat(classes.labels()).containsExactly("iris", "setosa", "virginica");
        assertThat(classes.outputs()).isEqualTo(3);
        assertThat(classes.encode(column)).containsExactly(1, 2, Double.NaN, 1, 0);
    }

    @Test
    void numbersAsClassesAreInTheirOwnOrder() {
        Column.Numbers column = numbers("y", 10, 9, 0, 10, -2.5, Double.NaN);

        ClassificationTarget classes = ClassificationTarget.of(column);

        assertThat(classes.labels()).containsExactly("-2.5", "0", "9", "10");
        assertThat(classes.encode(column)).containsExactly(3, 2, 1, 3, 0, Double.NaN);
    }

    @Test
    void numbersAsTheyAreWrittenAreInTheirOwnOrderToo() {
        Column.Levels column = levels("y", ColumnType.NUMERIC, "10", "9.0", "1.10", "", "1.1", "10");

        ClassificationTarget classes = ClassificationTarget.of(column);

        assertThat(classes.labels()).containsExactly("1.1", "1.10", "9.0", "10");
        assertThat(classes.encode(column)).containsExactly(3, 2, 1, Double.NaN, 0, 3);
    }

    @Test
    void digitsAreNamedWithoutAFraction() {
        double[] digits = IntStream.range(0, 10).asDoubleStream().toArray();

        assertThat(ClassificationTarget.of(numbers("y", digits)).labels())
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void zeroAndMinusZeroAreOneClass() {
        Column.Numbers column = numbers("y", 0.0, -0.0, 1);

        ClassificationTarget classes = ClassificationTarget.of(column);

        assertThat(classes.labels()).containsExactly("0", "1");
        assertThat(classes.encode(column)).containsExactly(0, 0, 1);
    }

    @Test
    void aLevelThatNoRowHasIsNoClass() {
        Column.Levels column = levels("y", "a", "b", "a");
        Column.Levels onlyA = new Column.Levels("y", ColumnType.CATEGORICAL, column.levels(), new int[] {0, -1, 0});

        assertThat(ClassificationTarget.of(onlyA).labels()).containsExactly("a");
    }

    @Test
    void anAmountComesBackFromTheStandardizedTarget() {
        double[] values = {1e6, 3e6, 2.5, -7e5, Double.NaN};
        RegressionTarget.Scale amount = RegressionTarget.Scale.fit(
                numbers("y", values), new int[] {0, 1, 2, 3}, PreprocessingSpec.Target.STANDARDIZE);

        double[] targets = amount.encode(numbers("y", values));

        assertThat(targets[4]).isNaN();
        for (int row = 0; row < 4; row++) {
            assertThat(targets[row]).isBetween(-2.0, 2.0);
            assertThat(amount.decode(targets[row])).isCloseTo(values[row], within(1e-9));
        }
    }

    @Test
    void amountsAreFittedToTheTrainingPartAlone() {
        int[] train = {1, 2};

        RegressionTarget.Scale amount =
                RegressionTarget.Scale.fit(numbers("y", 1e9, 4, 8, -1e9), train, PreprocessingSpec.Target.STANDARDIZE);

        assertThat(amount).isEqualTo(new RegressionTarget.Scale(6, 2));
    }

    @Test
    void aConstantAmountHasDeviation1() {
        double[] values = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};

        assertThat(RegressionTarget.Scale.fit(
                        numbers("y", values), IntStream.range(0, 11).toArray(), PreprocessingSpec.Target.STANDARDIZE))
                .isEqualTo(new RegressionTarget.Scale(0.1, 1));
    }

    @ParameterizedTest
    @EnumSource(PreprocessingSpec.Target.class)
    void everyTransformIsInvertedEvenOutsideTheTrainingPart(PreprocessingSpec.Target target) {
        double[] values = {-3, 0, 0, 2, 1_000, 1e6};
        Column.Numbers column = numbers("y", -3, 0, 0, 2, 1_000, 1e6, 5e6, -77);

        RegressionTarget.Scale scale = RegressionTarget.Scale.fit(
                column, IntStream.range(0, values.length).toArray(), target);

        double[] encoded = scale.encode(column);
        for (int row = 0; row < column.rows(); row++) {
            double value = column.value(row);
            assertThat(scale.decode(encoded[row])).isCloseTo(value, within(1e-5 + Math.abs(value) * 1e-9));
            assertThat(scale.standardized(encoded[row]))
                    .isCloseTo((value - scale.mean()) / scale.deviation(), within(1e-6));
        }
    }
}
