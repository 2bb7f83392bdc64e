package dev.descent.core.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {

    @ParameterizedTest
    @CsvSource({
        "8, 1, 1, 150, 120, 15, 15",
        "6, 2, 2, 150, 90, 30, 30",
        "0.5, 0.25, 0.25, 100, 50, 25, 25",
        "1, 1, 1, 9, 3, 3, 3",
        "70, 0, 30, 10, 7, 0, 3",
        "1, 0, 0, 10, 10, 0, 0"
    })
    void partsHaveTheirShares(
            double train, double validation, double test, int rows, int forTrain, int forValidation, int forTest) {
        Split split = deal(new int[rows], new SplitSpec.RandomSpec(train, validation, test, true, 1));

        assertThat(split.train()).hasSize(forTrain);
        assertThat(split.validation()).hasSize(forValidation);
        assertThat(split.test()).hasSize(forTest);
    }

    @Test
    void everyRowGoesToExactlyOnePart() {
        int[] rows = {3, 4, 8, 15, 16, 23, 42, 99, 100, 101, 102};

        for (int seed = 0; seed < 50; seed++) {
            Split split = Split.deal(rows, new int[rows.length], spec(7, 2.3, 1.7, seed));

            assertThat(all(split)).containsExactlyInAnyOrder(rows);
        }
    }

    @Test
    void onlyTheRatioOfTheSharesMatters() {
        int[] strata = randomStrata(new SplittableRandom(5), 10, 40);

        Split expected = deal(strata, spec(0.8, 0.1, 0.1, 3));

        assertThat(deal(strata, spec(8, 1, 1, 3))).usingRecursiveComparison().isEqualTo(expected);
        assertThat(deal(strata, spec(8e5, 1e5, 1e5, 3)))
                .usingRecursiveComparison()
                .isEqualTo(expected);
    }

    @Test
    void threeClassesOfFiftyRowsGive40And5And5Each() {
        int[] strata = IntStream.range(0, 150).map(row -> row / 50).toArray();

        for (int seed = 0; seed < 20; seed++) {
            Split split = deal(strata, spec(8, 1, 1, seed));

            assertThat(countsOf(split.train(), strata)).containsExactly(40, 40, 40);
            assertThat(countsOf(split.validation(), strata)).containsExactly(5, 5, 5);
            assertThat(countsOf(split.test(), strata)).containsExactly(5, 5, 5);
        }
    }

    @Test
    void wholePartsAndTheirClassesAreWithinOneRowOfTheirShares() {
        for (int seed = 0; seed < 1_000; seed++) {
            int[] strata = randomStrata(new SplittableRandom(seed), 8, 60);
            SplitSpec.RandomSpec shares = seed % 2 == 0 ? spec(8, 1, 1, seed) : spec(6, 2, 2, seed);

            Split split = deal(strata, shares);

            double share = shares.shares().normalized().validation();
            double trainShare = shares.shares().normalized().train();
            assertThat((double) split.train().length).isCloseTo(strata.length * trainShare, within(1.0));
            assertThat((double) split.validation().length).isCloseTo(strata.length * share, within(1.0));
            assertThat((double) split.test().length).isCloseTo(strata.length * share, within(1.0));
            int[] sizes = countsOf(IntStream.range(0, strata.length).toArray(), strata);
            int[] train = countsOf(split.train(), strata);
            int[] validation = countsOf(split.validation(), strata);
            int[] test = countsOf(split.test(), strata);
            for (int stratum = 0; stratum < sizes.length; stratum++) {
                assertThat((double) train[stratum]).isCloseTo(sizes[stratum] * trainShare, within(1.0));
                assertThat((double) validation[stratum]).isCloseTo(sizes[stratum] * share, within(1.0));
                assertThat((double) test[stratum]).isCloseTo(sizes[stratum] * share, within(1.0));
            }
        }
    }

    @Test
    void classesOfOneRowDoNotDistortTheSharesOfALargeClass() {
        int[] strata = IntStream.range(0, 150).map(row -> Math.min(row, 50)).toArray();

        Split split = deal(strata, spec(8, 1, 1, 4));

        assertThat(split.train()).hasSize(130).contains(IntStream.range(0, 50).toArray());
        assertThat(split.validation()).hasSize(10);
        assertThat(split.test()).hasSize(10);
    }

    @Test
    void theLastRowOfAClassStaysInTheTrainingPart() {
        for (int seed = 0; seed < 200; seed++) {
            int[] strata = randomStrata(new SplittableRandom(seed), 1, 4);

            Split split = deal(strata, spec(1, 5, 5, seed));

            assertThat(countsOf(split.train(), strata)).doesNotContain(0);
        }
    }

    @Test
    void howManyRowsEachPartGetsIsKnownWithoutDealingThemOut() {
        for (int seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int[] strata = randomStrata(random, 1, 40);
            SplitSpec.RandomSpec shares = spec(random.nextInt(1, 9), random.nextInt(3), random.nextInt(3), seed);
            int[] sizes = countsOf(IntStream.range(0, strata.length).toArray(), strata);
            PartSizes dealt = deal(strata, shares).sizes();
            PartSizes most = Split.mostSizes(strata.length, sizes.length, shares.shares());

            assertThat(Split.sizes(sizes, shares)).isEqualTo(dealt);
            assertThat(most.train()).isBetween(dealt.train(), strata.length);
            assertThat(most.validation()).isBetween(dealt.validation(), strata.length);
            assertThat(most.test()).isBetween(dealt.test(), strata.length);
            assertThat(most.validation() == 0).isEqualTo(shares.validation() == 0);
        }
    }

    @Test
    void theSameSeedGivesTheSameSplitAndAnotherSeedAnother() {
        int[] strata = new int[40];

        assertThat(deal(strata, spec(8, 1, 1, 7)))
                .usingRecursiveComparison()
                .isEqualTo(deal(strata, spec(8, 1, 1, 7)))
                .isNotEqualTo(deal(strata, spec(8, 1, 1, 8)));
    }

    @Test
    void theNumberingOfTheClassesMakesNoDifference() {
        for (int seed = 0; seed < 100; seed++) {
            int[] strata = randomStrata(new SplittableRandom(seed), 1, 30);
            int last = Arrays.stream(strata).max().orElseThrow();
            IntUnaryOperator reverse = stratum -> last - stratum;

            Split split = deal(Arrays.stream(strata).map(reverse).toArray(), spec(8, 1, 1, seed));

            assertThat(split).usingRecursiveComparison().isEqualTo(deal(strata, spec(8, 1, 1, seed)));
        }
    }

    @Test
    void everyRowHasTheSameChanceToBeTested() {
        int[] tested = new int[20];

        for (int seed = 0; seed < 2_000; seed++) {
            for (int row : deal(new int[20], spec(8, 1, 1, seed)).test()) {
                tested[row]++;
            }
        }

        // The mean is 200; 5 standard deviations are 67.
        assertThat(Arrays.stream(tested)).allSatisfy(count -> assertThat(count).isBetween(133, 267));
    }

    @Test
    void noRowsMakeEmptyParts() {
        assertThat(all(deal(new int[0], SplitSpec.RandomSpec.DEFAULT))).isEmpty();
    }

    private static Split deal(int[] strata, SplitSpec.RandomSpec spec) {
        return Split.deal(IntStream.range(0, strata.length).toArray(), strata, spec);
    }

    private static SplitSpec.RandomSpec spec(double train, double validation, double test, long seed) {
        return new SplitSpec.RandomSpec(train, validation, test, true, seed);
    }

    /** Two to twelve strata with random sizes within the given bounds. */
    private static int[] randomStrata(SplittableRandom random, int minSize, int maxSize) {
        return IntStream.range(0, random.nextInt(2, 13))
                .flatMap(stratum ->
                        IntStream.range(0, random.nextInt(minSize, maxSize + 1)).map(row -> stratum))
                .toArray();
    }

    private static int[] countsOf(int[] rows, int[] strata) {
        int[] counts = new int[Arrays.stream(strata).max().orElseThrow() + 1];
        Arrays.stream(rows).forEach(row -> counts[strata[row]]++);
        return counts;
    }

    private static int[] all(Split split) {
        return Stream.of(split.train(), split.validation(), split.test())
                .flatMapToInt(Arrays::stream)
                .toArray();
    }
}
