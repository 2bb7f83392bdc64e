package dev.descent.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class MatrixTest {

    @ParameterizedTest
    @EnumSource(Precision.class)
    void productsAreThoseOfNd4jForEachWayOfTransposing(Precision precision) {
        SplittableRandom random = new SplittableRandom(1);
        for (int flags = 0; flags < 4; flags++) {
            boolean transposeA = (flags & 1) != 0;
            boolean transposeB = (flags & 2) != 0;
            Matrix a = random(precision, transposeA ? 7 : 5, transposeA ? 5 : 7, random);
            Matrix b = random(precision, transposeB ? 3 : 7, transposeB ? 7 : 3, random);
            Matrix c = random(precision, 5, 3, random);
            INDArray product = (transposeA ? a.array().transpose() : a.array())
                    .mmul(transposeB ? b.array().transpose() : b.array());
            INDArray expected = product.mul(2).add(c.array().mul(0.5));

            ThreadTeam.alone(precision).multiply(2, a, transposeA, b, transposeB, 0.5, c);

            assertThat(c.array().equalsWithEps(expected, 1e-5)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void slicesAndTopsShareTheMemoryOfTheirMatrix(Precision precision) {
        Matrix matrix = Matrix.of(precision, new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});

        matrix.slice(2, 2, 2).set(0, 1, 40);
        matrix.top(1).set(0, 10);

        assertThat(matrix.toArray()).containsExactly(10, 2, 3, 40, 5, 6);
        assertThat(matrix.slice(2, 2, 2).array().getDouble(0, 1)).isEqualTo(40);
        assertThat(matrix.slice(2, 1, 2).slice(1, 1, 1).get(0)).isEqualTo(40);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void whatDoesNotFitIsRefusedBeforeNativeCodeSeesIt(Precision precision) {
        Matrix a = Matrix.zeros(precision, 2, 3);

        assertThatThrownBy(() ->
                        ThreadTeam.alone(precision).multiply(1, a, false, a, false, 0, Matrix.zeros(precision, 2, 2)))
                .hasMessage("(2 × 3) (2 × 3) does not give 2 × 2");
        assertThatThrownBy(() -> a.slice(4, 1, 3)).hasMessage("1 × 3 elements from index 4 on, of 6");
        assertThatThrownBy(() -> a.get(6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Matrix.zeros(precision, 1 << 20, 1 << 20)).hasMessageContaining("1048576 × 1048576");
    }

    private static Matrix random(Precision precision, int rows, int columns, SplittableRandom random) {
        Matrix matrix = Matrix.zeros(precision, rows, columns);
        for (int i = 0; i < matrix.size(); i++) {
            matrix.set(i, random.nextDouble(-1, 1));
        }
        return matrix;
    }
}
