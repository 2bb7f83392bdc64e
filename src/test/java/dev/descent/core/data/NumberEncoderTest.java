package dev.descent.core.data;

import static dev.descent.core.TestTables.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.data.ColumnEncoder.Finding;
import dev.descent.core.data.encode.Impute;
import dev.descent.core.data.encode.NumberImputation;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberEncoderTest {

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-300, 1e300, 3e307})
    void theTrainingPartHasMean0AndDeviation1WhateverItsUnit(double unit) {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = random.doubles(101, -1, 5).map(x -> x * unit).toArray();

        double[] inputs = encoded(fit(values), values);

        assertThat(Arrays.stream(inputs).average().orElseThrow()).isCloseTo(0, within(1e-12));
        assertThat(Arrays.stream(inputs).map(x -> x * x).average().orElseThrow())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void asmallSpreadAroundALargeMeanIsNotLost() {
        NumberEncoder encoder = fit(1e9 + 1, 1e9 + 2, 1e9 + 3);

        assertThat(encoder.mean()).isEqualTo(1e9 + 2);
        assertThat(encoder.deviation()).isCloseTo(Math.sqrt(2.0 / 3), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"11, 0.1", "17, 1000000000.1", "19, 0.1", "22, 0.1", "3, 0", "5, -1e300", "1, 7"})
    void aConstantColumnBecomesZeros(int rows, double value) {
        double[] values = new double[rows];
        Arrays.fill(values, value);

        NumberEncoder encoder = fit(values);

        assertThat(encoder.mean()).isEqualTo(value);
        assertThat(encoder.deviation()).isEqualTo(1);
        assertThat(encoded(encoder, values)).containsOnly(0);
    }

    @Test
    void anEmptyCellBecomesTheMedianAndIsPointedOut() {
        NumberEncoder encoder = fit(1, Double.NaN, 2, 9);
        double[] inputs = new double[2];

        Finding known = encoder.bind(numbers("x", 9)).encode(0, inputs, 0);
        assertThat(known).isEqualTo(Finding.NOTHING);
        assertThat(inputs[1]).isZero();
        Finding missing = encoder.bind(numbers("x", Double.NaN)).encode(0, inputs, 0);

        assertThat(missing).isEqualTo(Finding.IMPUTED);
        assertThat(encoder.median()).isEqualTo(2);
        assertThat(encoder.mean()).isEqualTo((1 + 2 + 2 + 9) / 4.0);
        assertThat(inputs).containsExactly((2 - 3.5) / encoder.deviation(), 1);
        assertThat(encoder.deviation()).isCloseTo(Math.sqrt((6.25 + 2.25 + 2.25 + 30.25) / 4), within(1e-12));
    }

    @Test
    void theMedianOfAnEvenCountLiesBetweenTheMiddleTwo() {
        assertThat(fit(4, 1, 3, 100).median()).isEqualTo(3.5);
    }

    @Test
    void withoutMissingCellsInTheTrainingPartThereIsNoIndicator() {
        NumberEncoder encoder = fit(1, 2, 3);
        double[] inputs = new double[1];

        Finding finding = encoder.bind(numbers("x", Double.NaN)).encode(0, inputs, 0);

        assertThat(encoder.width()).isEqualTo(1);
        assertThat(finding).isEqualTo(Finding.IMPUTED);
        assertThat(inputs).containsExactly(0);
    }

    @Test
    void aColumnThatIsMissingEverywhereBecomes0AndAnIndicatorOf1() {
        double[] values = {Double.NaN, Double.NaN};
        double[] inputs = new double[2];

        Finding finding = fit(values).bind(numbers("x", values)).encode(0, inputs, 0);

        assertThat(finding).isEqualTo(Finding.IMPUTED);
        assertThat(inputs).containsExactly(0, 1);
    }

    @Test
    void onlyValuesOutsideTheTrainingPartsAreOutOfRange() {
        ColumnEncoder.CellEncoder cells = fit(-1, 0, 5).bind(numbers("x", -1, 5, -1.001, 5.001));

        assertThat(IntStream.range(0, 4).mapToObj(row -> cells.encode(row, new double[1], 0)))
                .containsExactly(Finding.NOTHING, Finding.NOTHING, Finding.OUT_OF_RANGE, Finding.OUT_OF_RANGE);
    }

    @Test
    void anAbsurdValueStaysFiniteInSinglePrecision() {
        assertThat(encoded(fit(1, 2), 1e300, -1e308)).containsExactly(1e15, -1e15);
        assertThat(encoded(fit(1.7e308, -1.7e308), 1.7e308, -1.7e308)).containsExactly(1, -1);
    }

    @Test
    void withoutStandardizingAValueStaysAsItIs() {
        Column.Numbers column = numbers("x", 3, 5, 40);

        NumberEncoder encoder = NumberEncoder.fit(column, new int[] {0, 1, 2}, spec(PreprocessingSpec.Numeric.NONE));

        assertThat(encoded(encoder, 3, 5, 40)).containsExactly(3, 5, 40);
    }

    @Test
    void anEmptyCellBecomesWhatIsAskedFor() {
        Column.Numbers column = numbers("x", 1, Double.NaN, 1, 7);

        assertThat(fit(column, Impute.MEAN, null).imputed()).isEqualTo(new NumberImputation(Impute.MEAN, 3));
        assertThat(fit(column, Impute.MOST_FREQUENT, null).imputed().value()).isEqualTo(1);
        NumberEncoder constant = fit(column, Impute.CONSTANT, new ColumnPreprocessing.FillValue(-5L));
        assertThat(constant.imputed().value()).isEqualTo(-5);
        assertThat(constant.mean()).as("counts what is imputed").isEqualTo(1);
    }

    @Test
    void theIndicatorIsThereOnRequestOnly() {
        Column.Numbers complete = numbers("x", 1, 2);

        assertThat(fit(complete, indicator(true)).width()).isEqualTo(2);
        assertThat(fit(numbers("x", 1, Double.NaN), indicator(false)).width()).isEqualTo(1);
    }

    @Test
    void whatTheDefaultsFitIsStoredAsBefore() {
        NumberEncoder encoder = fit(1, Double.NaN, 2);

        assertThat(encoder.imputation()).isNull();
        assertThat(encoder.scaling()).isNull();
    }

    private static ColumnPreprocessing indicator(boolean indicator) {
        return new ColumnPreprocessing(null, null, indicator, null, null);
    }

    private static NumberEncoder fit(
            Column.Numbers column, Impute impute, ColumnPreprocessing.@Nullable FillValue value) {
        return fit(column, new ColumnPreprocessing(impute, value, null, null, null));
    }

    private static NumberEncoder fit(Column.Numbers column, ColumnPreprocessing settings) {
        int[] rows = IntStream.range(0, column.rows()).toArray();
        PreprocessingSpec spec = new PreprocessingSpec(
                PreprocessingSpec.Numeric.STANDARDIZE,
                PreprocessingSpec.Categorical.ONE_HOT,
                PreprocessingSpec.Missing.IMPUTE,
                null,
                Map.of(column.name(), settings));
        return NumberEncoder.fit(column, rows, spec);
    }

    private static NumberEncoder fit(double... values) {
        int[] rows = IntStream.range(0, values.length).toArray();
        return NumberEncoder.fit(numbers("x", values), rows, PreprocessingSpec.DEFAULT);
    }

    private static PreprocessingSpec spec(PreprocessingSpec.Numeric numeric) {
        return new PreprocessingSpec(
                numeric, PreprocessingSpec.Categorical.ONE_HOT, PreprocessingSpec.Missing.IMPUTE, null, null);
    }

    private static double[] encoded(NumberEncoder encoder, double... values) {
        ColumnEncoder.CellEncoder cells = encoder.bind(numbers("x", values));
        double[] inputs = new double[values.length];
        IntStream.range(0, values.length).forEach(row -> cells.encode(row, inputs, row));
        return inputs;
    }
}
