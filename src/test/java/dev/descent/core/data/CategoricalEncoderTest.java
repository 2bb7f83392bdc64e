package dev.descent.core.data;

import static dev.descent.core.TestTables.levels;
import static dev.descent.core.TestTables.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.ColumnEncoder.Finding;
import dev.descent.core.data.encode.Encoding;
import dev.descent.core.data.encode.Impute;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CategoricalEncoderTest {

    @Test
    void aLevelBecomesA1InItsPlaceByTheAlphabet() {
        CategoricalEncoder encoder = fit(levels("x", "c", "a", "b", "a"));

        assertThat(encoder.levels()).containsExactly("a", "b", "c");
        assertThat(encode(encoder, "a", Finding.NOTHING)).containsExactly(1, 0, 0, 0);
        assertThat(encode(encoder, "c", Finding.NOTHING)).containsExactly(0, 0, 1, 0);
    }

    @Test
    void aLevelThatTheTrainingPartLacksBecomesA1InTheLastPlace() {
        Column.Levels column = levels("x", "a", "b", "only in the test part");

        CategoricalEncoder encoder = fit(column, new int[] {0, 1}, ColumnPreprocessing.DEFAULT);

        assertThat(encode(encoder, "only in the test part", Finding.UNSEEN)).containsExactly(0, 0, 1);
    }

    @Test
    void anEmptyCellBecomesTheMostFrequentLevel() {
        CategoricalEncoder encoder = fit(levels("x", "a", "b", "", "b", "c"));

        assertThat(encode(encoder, "", Finding.IMPUTED)).containsExactly(0, 1, 0, 0);
    }

    @Test
    void ofEquallyFrequentLevelsTheAlphabetDecides() {
        CategoricalEncoder encoder = fit(levels("x", "b", "a", "b", "a"));

        assertThat(encode(encoder, "", Finding.IMPUTED)).containsExactly(1, 0, 0);
    }

    @Test
    void aColumnThatIsMissingEverywhereBecomesZeros() {
        CategoricalEncoder encoder = fit(levels("x", "", ""));

        assertThat(encode(encoder, "", Finding.IMPUTED)).containsExactly(0);
        assertThat(encode(encoder, "new", Finding.UNSEEN)).containsExactly(1);
    }

    @Test
    void beyondAThousandLevelsOnlyTheMostFrequentGetAPlace() {
        String[] cells = IntStream.range(0, 1_500)
                .flatMap(level -> IntStream.range(0, level >= 500 ? 2 : 1).map(time -> level))
                .mapToObj(level -> "%04d".formatted(level))
                .toArray(String[]::new);

        CategoricalEncoder encoder = fit(levels("x", cells));

        assertThat(encoder.width()).isEqualTo(1_001);
        assertThat(encoder.levels()).startsWith("0500").endsWith("1499").hasSize(1_000);
        assertThat(encoder.rarerLevels()).startsWith("0000").endsWith("0499").hasSize(500);
        assertThat(encode(encoder, "0499", Finding.RARE)).endsWith(1);
        assertThat(encode(encoder, "1500", Finding.UNSEEN)).endsWith(1);
    }

    @Test
    void rarerLevelsThatAreNotKeptByNameMayBeUnseen() {
        String[] cells = IntStream.range(0, 101_001)
                .mapToObj(level -> "%06d".formatted(level))
                .toArray(String[]::new);

        CategoricalEncoder encoder = fit(levels("x", cells));

        assertThat(encoder.rarerLevels()).isNull();
        assertThat(encode(encoder, "000999", Finding.NOTHING)).endsWith(0);
        assertThat(encode(encoder, "101000", Finding.RARE_OR_UNSEEN)).endsWith(1);
        assertThat(encode(encoder, "101001", Finding.RARE_OR_UNSEEN)).endsWith(1);
    }

    @Test
    void aModelOfAnEarlierVersionWithRoomForMoreLevelsHasNoneThatIsTooRare() {
        CategoricalEncoder encoder =
                new CategoricalEncoder("x", ColumnType.CATEGORICAL, List.of("a", "b"), 0, true, null, null, null);

        assertThat(encode(encoder, "c", Finding.UNSEEN)).containsExactly(0, 0, 1);
    }

    @Test
    void whatFollowedInTheInputsIsWrittenOver() {
        double[] inputs = {9, 9, 9, 9, 9};

        fit(levels("x", "a", "b")).bind(levels("x", "b")).encode(0, inputs, 1);

        assertThat(inputs).containsExactly(9, 0, 1, 0, 9);
    }

    @Test
    void booleansAreTwoLevels() {
        CategoricalEncoder encoder = fit(levels("x", ColumnType.BOOLEAN, "true", "false"));

        assertThat(encoder.columnType()).isEqualTo(ColumnType.BOOLEAN);
        assertThat(encode(encoder, "true", Finding.NOTHING)).containsExactly(0, 1, 0);
    }

    private static CategoricalEncoder fit(Column.Levels column) {
        return fit(column, ColumnPreprocessing.DEFAULT);
    }

    private static CategoricalEncoder fit(Column.Levels column, ColumnPreprocessing settings) {
        return fit(column, IntStream.range(0, column.rows()).toArray(), settings);
    }

    private static CategoricalEncoder fit(Column.Levels column, int[] rows, ColumnPreprocessing settings) {
        TrainingPart part = new TrainingPart(table(column), rows, TrainingPart.TargetValues.NONE);
        PreprocessingSpec spec = new PreprocessingSpec(
                PreprocessingSpec.Numeric.STANDARDIZE,
                PreprocessingSpec.Categorical.ONE_HOT,
                PreprocessingSpec.Missing.IMPUTE,
                null,
                Map.of(column.name(), settings));
        return CategoricalEncoder.fit(column, part, spec, false);
    }

    private static ColumnPreprocessing encode(Encoding encoding) {
        return new ColumnPreprocessing(null, null, null, null, encoding);
    }

    private static ColumnPreprocessing impute(Impute impute, @Nullable String value) {
        return new ColumnPreprocessing(
                impute, value == null ? null : new ColumnPreprocessing.FillValue(value), null, null, null);
    }

    @Test
    void rareLevelsShareTheLastInput() {
        CategoricalEncoder encoder = fit(levels("x", "a", "b", "a", "c", "b"), encode(new Encoding.OneHotSpec(2)));

        assertThat(encoder.levels()).containsExactly("a", "b");
        assertThat(encode(encoder, "c", Finding.RARE)).containsExactly(0, 0, 1);
        assertThat(encode(encoder, "d", Finding.UNSEEN)).containsExactly(0, 0, 1);
    }

    @Test
    void emptyCellsAreALevelOfTheirOwnOnRequest() {
        CategoricalEncoder encoder = fit(levels("x", "a", "", "b"), impute(Impute.OWN_LEVEL, null));

        assertThat(encode(encoder, "", Finding.IMPUTED)).containsExactly(0, 0, 1, 0);
        assertThat(encode(encoder, "c", Finding.UNSEEN)).containsExactly(0, 0, 0, 1);
    }

    @Test
    void aConstantIsALevelIfTheTrainingPartHasEmptyCells() {
        CategoricalEncoder encoder = fit(levels("x", "b", "", "b"), impute(Impute.CONSTANT, "a"));

        assertThat(encoder.levels()).containsExactly("a", "b");
        assertThat(encode(encoder, "", Finding.IMPUTED)).containsExactly(1, 0, 0);
        CategoricalEncoder withoutAny = fit(levels("x", "b", "b"), impute(Impute.CONSTANT, "a"));
        assertThat(encode(withoutAny, "", Finding.IMPUTED)).containsExactly(0, 1);
    }

    @Test
    void ordinalIsTheStandardizedRankInNumericOrder() {
        CategoricalEncoder encoder = fit(levels("x", "10", "2", "9", "2"), encode(new Encoding.OrdinalSpec()));

        assertThat(encoder.levels()).containsExactly("2", "9", "10");
        double deviation = Math.sqrt((2 * 0.75 * 0.75 + 0.25 * 0.25 + 1.25 * 1.25) / 4);
        assertThat(encode(encoder, "10", Finding.NOTHING)).containsExactly(1.25 / deviation);
        assertThat(encode(encoder, "2", Finding.NOTHING)).containsExactly(-0.75 / deviation);
        assertThat(encode(encoder, "11", Finding.UNSEEN)).containsExactly(0);
    }

    @Test
    void binaryIsTheBitsOfTheNumberOfTheLevel() {
        CategoricalEncoder encoder = fit(levels("x", "a", "b", "c", "d"), encode(new Encoding.BinarySpec()));

        assertThat(encode(encoder, "a", Finding.NOTHING)).containsExactly(1, 0, 0);
        assertThat(encode(encoder, "c", Finding.NOTHING)).containsExactly(1, 1, 0);
        assertThat(encode(encoder, "d", Finding.NOTHING)).containsExactly(0, 0, 1);
        assertThat(encode(encoder, "e", Finding.UNSEEN)).containsExactly(0, 0, 0);
    }

    /** As scikit-learn's TargetEncoder(smooth=2), of the whole and of the other folds. */
    @Test
    void aTargetMeanIsSmoothedAndThatOfATrainingRowKnowsNothingOfItsOwnTarget() {
        Column.Levels column = levels("x", "a", "a", "a", "b", "b", "c", "a", "b");
        double[] y = {1, 0, 1, 0, 0, 1, 1, 1};
        int[] rows = IntStream.range(0, y.length).toArray();
        PreprocessingSpec spec = new PreprocessingSpec(
                PreprocessingSpec.Numeric.STANDARDIZE,
                PreprocessingSpec.Categorical.TARGET_MEAN,
                PreprocessingSpec.Missing.IMPUTE,
                null,
                Map.of("x", encode(new Encoding.TargetMeanSpec(2, 4, 0))));
        TrainingPart part = new TrainingPart(table(column), rows, targets(y));

        CategoricalEncoder encoder = CategoricalEncoder.fit(column, part, spec, false);

        assertThat(encode(encoder, "a", Finding.NOTHING)).containsExactly((3 + 2 * 5 / 8.0) / (4 + 2));
        assertThat(encode(encoder, "new", Finding.UNSEEN)).containsExactly(5 / 8.0);
        ColumnEncoder.CellEncoder training = encoder.bindTraining(part);
        double[] before = inputs(training, y.length);
        for (int row : rows) {
            double[] other = y.clone();
            other[row] = 1 - y[row];
            TrainingPart changed = new TrainingPart(table(column), rows, targets(other));
            double[] after =
                    inputs(CategoricalEncoder.fit(column, changed, spec, false).bindTraining(changed), y.length);
            assertThat(after[row]).as("row %d", row).isEqualTo(before[row]);
            assertThat(after).isNotEqualTo(before);
        }
    }

    private static double[] inputs(ColumnEncoder.CellEncoder cells, int rows) {
        double[] inputs = new double[rows];
        IntStream.range(0, rows).forEach(row -> cells.encode(row, inputs, row));
        return inputs;
    }

    private static TrainingPart.TargetValues targets(double... values) {
        return new TrainingPart.TargetValues() {
            @Override
            public int count() {
                return 1;
            }

            @Override
            public double of(int row, int target) {
                return values[row];
            }
        };
    }

    private static double[] encode(CategoricalEncoder encoder, String cell, Finding finding) {
        double[] inputs = new double[encoder.width()];
        assertThat(encoder.bind(levels("x", cell)).encode(0, inputs, 0)).isEqualTo(finding);
        return inputs;
    }
}
