package dev.descent.core.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows are divided by what a column has in them. */
class PartSlicesTest {

    @Test
    void equalNumbersAreInOneRange() {
        Column column = new Column.Numbers("x", ColumnType.NUMERIC, new double[] {9, 1, 1, 1, 1, 2, 3, Double.NaN});

        List<PartSlices.Slice> slices =
                PartSlices.of(column, IntStream.range(1, 8).toArray());

        assertThat(slices).extracting(PartSlices.Slice::from).containsExactly(1.0, 2.0, 3.0, null);
        assertThat(slices.get(0).indexes()).containsExactly(0, 1, 2, 3);
        assertThat(slices.get(3).kind()).isEqualTo(PartSlices.Kind.MISSING);
        assertThat(slices.get(3).indexes()).containsExactly(6);
    }

    @Test
    void rareLevelsAreTogether() {
        List<String> levels = IntStream.range(0, 25).mapToObj(i -> "l" + i).toList();
        int[] codes =
                IntStream.concat(IntStream.range(0, 25), IntStream.of(7, 7, -1)).toArray();
        Column column = new Column.Levels("x", ColumnType.CATEGORICAL, levels, codes);

        List<PartSlices.Slice> slices =
                PartSlices.of(column, IntStream.range(0, codes.length).toArray());

        assertThat(slices).hasSize(22);
        assertThat(slices.get(0).level()).isEqualTo("l7");
        assertThat(slices.get(20).kind()).isEqualTo(PartSlices.Kind.OTHER_LEVELS);
        assertThat(slices.get(20).indexes()).hasSize(5);
        assertThat(slices.stream().mapToInt(slice -> slice.indexes().length).sum())
                .isEqualTo(codes.length);
    }
}
