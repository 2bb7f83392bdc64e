package dev.descent.dataset.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.dataset.statistics.Association.Measure;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against values computed by hand, and of SciPy where they are named. */
class AssociationMeasuresTest {

    private static Sample.Values numbers(double... cells) {
        return new Sample.Values(false, cells);
    }

    private static Sample.Values levels(double... codes) {
        return new Sample.Values(true, codes);
    }

    private static Association between(Sample.Values values, Sample.Values target) {
        return AssociationMeasures.between("x", values, target);
    }

    @Test
    void numbersAreCorrelated() {
        // y = x² of 1 … 4: Sxy = 25, Sxx = 5, Syy = 129.
        Association found = between(numbers(1, 2, 3, 4, Double.NaN, 9), numbers(1, 4, 9, 16, 5, Double.NaN));

        assertThat(found.measure()).isEqualTo(Measure.PEARSON);
        assertThat(found.rows()).isEqualTo(4);
        assertThat(found.value()).isCloseTo(25 / Math.sqrt(5 * 129), within(1e-12));
        assertThat(found.spearman()).isCloseTo(1, within(1e-12));
        assertThat(found.strength()).isCloseTo(1, within(1e-12));
        assertThat(between(numbers(1, 2, 3), numbers(3, 2, 1)).value()).isCloseTo(-1, within(1e-12));
    }

    /** scipy.stats.spearmanr([1, 2, 2, 3], [1, 3, 2, 4]) = 0.9486832980505138. */
    @Test
    void tiesShareTheirMeanRank() {
        assertThat(between(numbers(1, 2, 2, 3), numbers(1, 3, 2, 4)).spearman())
                .isCloseTo(0.9486832980505138, within(1e-12));
    }

    @Test
    void aConstantGoesWithNothing() {
        for (Association found : new Association[] {
            between(numbers(0.1, 0.1, 0.1), numbers(1, 2, 3)),
            between(levels(0, 0, 0), numbers(1, 2, 3)),
            between(levels(0, 1, 0), numbers(0.1, 0.1, 0.1)),
            between(levels(0, 0, 0), levels(0, 1, 2)),
            between(numbers(Double.NaN), numbers(1))
        }) {
            assertThat(found.value()).isNull();
            assertThat(found.strength()).isZero();
        }
    }

    @Test
    void hugeNumbersAreCorrelatedToo() {
        assertThat(between(numbers(1e308, -1e308, 0), numbers(1, -1, 0)).value())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void levelsExplainPartOfTheVarianceOfNumbers() {
        // Means 2 and 5 around 3.5: 13.5 of 17.5.
        for (Association found : new Association[] {
            between(levels(0, 0, 0, 1, 1, 1), numbers(1, 2, 3, 4, 5, 6)),
            between(numbers(1, 2, 3, 4, 5, 6), levels(7, 7, 7, 3, 3, 3))
        }) {
            assertThat(found.measure()).isEqualTo(Measure.CORRELATION_RATIO);
            assertThat(found.value()).isCloseTo(Math.sqrt(13.5 / 17.5), within(1e-12));
            assertThat(found.strength()).isCloseTo(Math.sqrt(1 - 4 / 17.5 * 5 / 4), within(1e-12));
        }
    }

    @Test
    void levelsGoWithLevels() {
        // [[10, 0], [0, 10]] is perfect; [[8, 2], [2, 8]] has χ² = 7.2 of 20.
        Sample.Values x = levels(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(between(x, x).value()).isCloseTo(1, within(1e-12));
        Association found = between(x, levels(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0));
        assertThat(found.measure()).isEqualTo(Measure.CRAMERS_V);
        assertThat(found.value()).isCloseTo(Math.sqrt(7.2 / 20), within(1e-12));
        assertThat(found.strength()).isCloseTo(Math.sqrt((0.36 - 1 / 19.0) / (1 - 1 / 19.0)), within(1e-12));
    }

    @Test
    void manyLevelsHaveNoStrengthByChance() {
        SplittableRandom random = new SplittableRandom(3);
        double[] codes = random.ints(1_000, 0, 300).asDoubleStream().toArray();
        double[] classes = random.ints(1_000, 0, 3).asDoubleStream().toArray();
        double[] amounts = random.doubles(1_000).toArray();

        Association withClasses = between(levels(codes), levels(classes));
        Association withAmounts = between(levels(codes), numbers(amounts));

        assertThat(withClasses.value()).isGreaterThan(0.4);
        assertThat(withAmounts.value()).isGreaterThan(0.4);
        assertThat(Arrays.asList(withClasses.strength(), withAmounts.strength()))
                .allSatisfy(strength -> assertThat(strength).isLessThan(0.2));
    }
}
