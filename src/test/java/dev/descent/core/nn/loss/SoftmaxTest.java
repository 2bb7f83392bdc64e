package dev.descent.core.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.math.Precision;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoftmaxTest {

    @ParameterizedTest
    @EnumSource(Precision.class)
    void powersAreThoseOfTheStandardLibrary(Precision precision) {
        double[] powers = new double[6_401];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = -i / 100.0;
        }
        Softmax.exp(precision, powers, powers.length);
        for (int i = 0; i < powers.length; i++) {
            assertThat(powers[i]).isCloseTo(Math.exp(-i / 100.0), Percentage.withPercentage(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void powersOfVeryLittleVanishAndThoseOfNoNumberAreNone(Precision precision) {
        double[] powers = {-1_000, Double.NEGATIVE_INFINITY, Double.NaN, -3};
        Softmax.exp(precision, powers, 3);
        assertThat(powers[0]).isBetween(0.0, 1e-27);
        assertThat(powers[1]).isBetween(0.0, 1e-27);
        assertThat(powers[2]).isNaN();
        assertThat(powers[3]).isEqualTo(-3);
    }
}
