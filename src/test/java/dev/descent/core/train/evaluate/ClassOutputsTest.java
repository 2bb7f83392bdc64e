package dev.descent.core.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassOutputsTest {

    @ParameterizedTest
    @CsvSource({"-3, 0, 0.05", "-1e-9, 0, 0.5", "0, 0, 0.5", "1e-9, 1, 0.5", "3, 1, 0.95"})
    void oneLogitIsThatOfTheSecondClass(double logit, int mostProbable, double second) {
        try (Matrix logits = Matrix.of(Precision.FLOAT64, new double[] {99}, new double[] {logit})) {
            assertThat(ClassOutputs.mostProbable(logits, 1)).isEqualTo(mostProbable);
            assertThat(ClassOutputs.probabilities(logits, 1))
                    .containsExactly(new double[] {1 - second, second}, within(0.005));
        }
    }

    @Test
    void theProbabilitiesOfOneLogitAreThoseOfItsOdds() {
        try (Matrix logits = Matrix.of(Precision.FLOAT64, new double[] {Math.log(3)}, new double[] {-1_000})) {
            assertThat(ClassOutputs.probabilities(logits, 0)).containsExactly(new double[] {0.25, 0.75}, within(1e-12));
            assertThat(ClassOutputs.probabilities(logits, 1)).containsExactly(1, 0);
        }
    }

    @Test
    void ofSeveralLogitsTheFirstOfTheLargestIsTheClass() {
        try (Matrix logits = Matrix.of(
                Precision.FLOAT64, new double[] {1, 3, 3}, new double[] {-2, -3, -1}, new double[] {0, 0, 0})) {
            assertThat(ClassOutputs.mostProbable(logits, 0)).isEqualTo(1);
            assertThat(ClassOutputs.mostProbable(logits, 1)).isEqualTo(2);
            assertThat(ClassOutputs.mostProbable(logits, 2)).isZero();
        }
    }
}
