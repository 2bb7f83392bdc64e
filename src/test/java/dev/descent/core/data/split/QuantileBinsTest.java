package dev.descent.core.data.split;

import static dev.descent.core.TestTables.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantileBinsTest {

    @Test
    void aHundredDifferentValuesMakeTenBinsOfTen() {
        double[] values =
                IntStream.range(0, 100).mapToDouble(i -> (i * 37) % 100).toArray();

        int[] bins = bins(values);

        for (int row = 0; row < 100; row++) {
            assertThat(bins[row]).isEqualTo((int) values[row] / 10);
        }
    }

    @Test
    void equalValuesShareABin() {
        double[] values =
                IntStream.range(0, 100).mapToDouble(i -> i < 75 ? 0 : i).toArray();

        assertThat(Arrays.stream(bins(values)).limit(75)).containsOnly(0);
        assertThat(Arrays.stream(bins(values)).skip(75).distinct()).containsExactly(7, 8, 9);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "9, 1", "10, 2", "26, 5", "50, 10", "1000, 10"})
    void fewRowsMakeFewBins(int rows, int bins) {
        assertThat(Arrays.stream(bins(IntStream.range(0, rows).asDoubleStream().toArray()))
                        .distinct())
                .hasSize(bins);
    }

    @Test
    void noRowsHaveNoBins() {
        assertThat(bins()).isEmpty();
    }

    @Test
    void stratifiedPartsHaveNearlyTheSameMean() {
        for (int seed = 0; seed < 20; seed++) {
            double[] values = new SplittableRandom(seed)
                    .doubles(200)
                    .map(share -> -Math.log(share))
                    .toArray();
            SplitSpec.RandomSpec spec = new SplitSpec.RandomSpec(6, 2, 2, true, seed);

            Split split = Split.deal(IntStream.range(0, 200).toArray(), bins(values), spec);

            assertThat(split.sizes()).isEqualTo(new PartSizes(120, 40, 40));
            // Within a bin a value is off by a tenth of all at most; by chance alone the mean of 40 is off by 0.16.
            assertThat(mean(split.test(), values)).isCloseTo(mean(split.train(), values), within(0.3));
        }
    }

    private static double mean(int[] rows, double[] values) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).average().orElseThrow();
    }

    private static int[] bins(double... values) {
        return QuantileBins.of(
                numbers("y", values), IntStream.range(0, values.length).toArray());
    }
}
