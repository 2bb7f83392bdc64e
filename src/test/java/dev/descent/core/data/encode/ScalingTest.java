package dev.descent.core.data.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingTest {

    static Stream<Scaling> ofAll(KnownNumbers numbers) {
        return Stream.of(
                Scaling.Standardize.fit(numbers, numbers.median()),
                Scaling.MinMax.fit(numbers),
                Scaling.Robust.fit(numbers),
                Scaling.Log1p.fit(numbers, numbers.median()),
                Scaling.Quantile.fit(numbers, true, true),
                Scaling.Quantile.fit(numbers, false, true),
                Scaling.Quantile.fit(numbers, true, false),
                new Scaling.None());
    }

    static Stream<Scaling> fitted() {
        return ofAll(numbers(new SplittableRandom(5).doubles(500, -2, 9).toArray()));
    }

    private static KnownNumbers numbers(double... values) {
        return new KnownNumbers(Arrays.stream(values).sorted().toArray(), 0);
    }

    @ParameterizedTest
    @MethodSource("fitted")
    void aLargerNumberNeverBecomesASmallerOne(Scaling scaling) {
        double[] scaled = DoubleStream.iterate(-40, x -> x < 40, x -> x + 0.01)
                .map(scaling::apply)
                .toArray();

        assertThat(scaled).isSorted().doesNotContain(Double.NaN);
    }

    @ParameterizedTest
    @MethodSource("fitted")
    void anInvertedNumberIsTheOneThatWasScaled(Scaling scaling) {
        for (double x : new SplittableRandom(6).doubles(100, -1.9, 8.9).toArray()) {
            assertThat(scaling.invert(scaling.apply(x))).as(scaling.toString()).isCloseTo(x, within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 7, -1e300, 1e-300})
    void aConstantColumnStaysFinite(double constant) {
        ofAll(numbers(constant, constant, constant)).forEach(scaling -> {
            assertThat(scaling.apply(constant)).as(scaling.toString()).isFinite();
            assertThat(scaling.apply(5)).as(scaling.toString()).isFinite();
        });
    }

    @Test
    void aColumnWithoutNumbersStaysFinite() {
        ofAll(numbers())
                .forEach(scaling ->
                        assertThat(scaling.apply(0)).as(scaling.toString()).isFinite());
    }

    @Test
    void noNumberBecomesNone() {
        ofAll(numbers(-Double.MAX_VALUE, -1e300, 0, 3, Double.MAX_VALUE)).forEach(scaling -> {
            for (double x : new double[] {-Double.MAX_VALUE, -1e300, 0, 1, Double.MAX_VALUE}) {
                assertThat(scaling.apply(x)).as(scaling.toString()).isNotNaN();
            }
        });
    }

    @Test
    void robustStaysWithinThreeAndFallsBackToTheRangeIfTheQuartilesAreEqual() {
        Scaling.Robust robust = Scaling.Robust.fit(numbers(0, 0, 0, 0, 0, 0, 0, 10));

        assertThat(robust).isEqualTo(new Scaling.Robust(0, 5));
        assertThat(robust.apply(5)).isCloseTo(1 / Math.sqrt(1 + 1.0 / 9), within(1e-15));
        assertThat(robust.apply(1e300)).isCloseTo(3, within(1e-12));
        assertThat(robust.apply(-1e300)).isCloseTo(-3, within(1e-12));
    }

    @Test
    void aValueThatOccursOftenHasTheMiddleOfItsShares() {
        Scaling.Quantile uniform = Scaling.Quantile.fit(numbers(0, 1, 1, 1, 5), false, true);

        assertThat(uniform.apply(1)).isEqualTo(0.5);
        assertThat(uniform.apply(3)).isEqualTo(0.875);
        assertThat(uniform.apply(7)).isEqualTo(1);
    }

    @Test
    void withoutClippingNothingOutsideTheRangeIsLost() {
        Scaling.Quantile target = Scaling.Quantile.fit(numbers(0, 1, 2, 3, 4), true, false);

        for (double x : new double[] {-9, -0.5, 0, 2.2, 4, 4.5, 100}) {
            assertThat(target.invert(target.apply(x))).isCloseTo(x, within(1e-6));
        }
    }

    @Test
    void theMomentsCountWhatIsImputed() {
        KnownNumbers.Moments moments = new KnownNumbers(new double[] {1, 2, 9}, 1).moments(4);

        assertThat(moments.mean()).isEqualTo(4);
        assertThat(moments.deviation()).isCloseTo(Math.sqrt((9 + 4 + 25 + 0) / 4.0), within(1e-12));
    }

    @Test
    void theMostFrequentNumberIsTheSmallestOfSeveral() {
        assertThat(numbers(3, 1, 3, 1, 2).mostFrequent()).isEqualTo(1);
        assertThat(numbers(1, 2, 2).mostFrequent()).isEqualTo(2);
    }
}
