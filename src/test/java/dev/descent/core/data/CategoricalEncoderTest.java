package dev.descent.core.data;

import static dev.descent.core.TestTables.levels;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.ColumnEncoder.Finding;
import java.util.List;
import java.util.stream.IntStream;
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

        CategoricalEncoder encoder = CategoricalEncoder.fit(column, new int[] {0, 1}, true);

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
                new CategoricalEncoder("x", ColumnType.CATEGORICAL, List.of("a", "b"), 0, true, null);

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
        return CategoricalEncoder.fit(column, IntStream.range(0, column.rows()).toArray(), true);
    }

    private static double[] encode(CategoricalEncoder encoder, String cell, Finding finding) {
        double[] inputs = new double[encoder.width()];
        assertThat(encoder.bind(levels("x", cell)).encode(0, inputs, 0)).isEqualTo(finding);
        return inputs;
    }
}
