package dev.descent.core.data.split;

import static dev.descent.core.TestTables.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeSplitTest {

    @Test
    void theOldestRowsAreTrainedOnAndTheNewestAreTested() {
        Split split = deal(spec(0.6, 0.2, 0.2), 50, 10, 40, 20, 30);

        assertThat(split.train()).containsExactly(1, 3, 4);
        assertThat(split.validation()).containsExactly(2);
        assertThat(split.test()).containsExactly(0);
    }

    @Test
    void rowsOfTheSameTimeStayTogether() {
        // By shares alone, the boundary would be in the middle of the sevens.
        Split split = deal(spec(1, 0, 1), 7, 1, 7, 2, 7, 9, 7, 3);

        assertThat(split.train()).containsExactly(1, 3, 7);
        assertThat(split.test()).containsExactly(0, 2, 4, 5, 6);
    }

    @ParameterizedTest
    @CsvSource({
        "8, 1, 1, 10, 8, 1, 1",
        "8, 1, 1, 5, 3, 1, 1",
        "8, 1, 1, 3, 1, 1, 1",
        "8, 1, 1, 2, 1, 1, 0",
        "8, 1, 1, 1, 1, 0, 0",
        "8, 1, 1, 0, 0, 0, 0",
        "1, 0, 0, 4, 4, 0, 0",
        "3, 0, 1, 8, 6, 0, 2",
        "3, 1, 0, 8, 6, 2, 0",
        "0.001, 1, 1, 10, 1, 4, 5",
        "1, 1, 1, 1000, 333, 334, 333"
    })
    void eachPartGetsItsShareOfDifferentTimesAndOneAtLeast(
            double train, double validation, double test, int rows, int forTrain, int forValidation, int forTest) {
        double[] times = IntStream.range(0, rows).asDoubleStream().toArray();

        assertThat(deal(spec(train, validation, test), times).sizes())
                .isEqualTo(new PartSizes(forTrain, forValidation, forTest));
    }

    @Test
    void noTimeIsInTwoPartsAndNoneIsBeforeAnEarlierPart() {
        for (int seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] times = random.ints(random.nextInt(1, 60), 0, random.nextInt(1, 40))
                    .asDoubleStream()
                    .toArray();
            SplitSpec.TimeSpec spec = spec(random.nextInt(1, 9), random.nextInt(3), random.nextInt(3));

            Split split = deal(spec, times);

            assertThat(last(split.train(), times)).isLessThan(first(split.validation(), times));
            assertThat(last(split.validation(), times)).isLessThan(first(split.test(), times));
            assertThat(last(split.train(), times)).isLessThan(first(split.test(), times));
            assertThat(IntStream.of(split.train().length, split.validation().length, split.test().length)
                            .sum())
                    .isEqualTo(times.length);
            long different = Arrays.stream(times).distinct().count();
            long filled = IntStream.of(split.train().length, split.validation().length, split.test().length)
                    .filter(rows -> rows > 0)
                    .count();
            assertThat(filled).isEqualTo(Math.min(different, spec.shares().parts()));
        }
    }

    @Test
    void noPartExceedsItsShareByMoreThanAFewTimes() {
        for (int seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] times = random.ints(random.nextInt(1, 80), 0, random.nextInt(1, 60))
                    .asDoubleStream()
                    .toArray();
            SplitSpec.TimeSpec spec = spec(random.nextInt(1, 9), random.nextInt(3), random.nextInt(3));
            long different = Arrays.stream(times).distinct().count();
            long mostOfOne = times.length - different + 1;

            PartSizes sizes = deal(spec, times).sizes();

            PartSizes most = Split.mostSizes(times.length, Split.TIMES_BEYOND_SHARE * mostOfOne, spec.shares());
            assertThat(sizes.train()).isLessThanOrEqualTo(most.train());
            assertThat(sizes.validation()).isLessThanOrEqualTo(most.validation());
            assertThat(sizes.test()).isLessThanOrEqualTo(most.test());
        }
    }

    private static double first(int[] rows, double[] times) {
        return Arrays.stream(rows).mapToDouble(row -> times[row]).min().orElse(Double.POSITIVE_INFINITY);
    }

    private static double last(int[] rows, double[] times) {
        return Arrays.stream(rows).mapToDouble(row -> times[row]).max().orElse(Double.NEGATIVE_INFINITY);
    }

    private static SplitSpec.TimeSpec spec(double train, double validation, double test) {
        return new SplitSpec.TimeSpec("t", train, validation, test);
    }

    private static Split deal(SplitSpec.TimeSpec spec, double... times) {
        return Split.byTime(IntStream.range(0, times.length).toArray(), numbers("t", times), spec);
    }
}
