package dev.descent.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Single-precision kernels give the same results as the plain ones on the same matrices, except for rounding. */
class KernelsTest {

    private static final Kernels.AdamFactors ADAM = new Kernels.AdamFactors(0.9, 0.99, 0.1, 1.5, 1e-4);

    private static final Operation NOTHING = (kernels, rows, columns, row, matrices) -> {};

    /** Operates on matrices of one shape and a row of the same width. */
    @FunctionalInterface
    private interface Operation {
        void run(Kernels kernels, int rows, int columns, Matrix row, List<Matrix> matrices);
    }

    /** Everything except the first row and the last two elements, so that a pass starts and ends within a block. */
    static Stream<Arguments> operations() {
        return Stream.of(
                Arguments.of("addScaled", (Operation) (kernels, rows, columns, row, m) ->
                        kernels.addScaled(columns, rows * columns - 2, -0.3, m.get(0), m.get(1))),
                Arguments.of("addToRows", (Operation)
                        (kernels, rows, columns, row, m) -> kernels.addToRows(1, rows, row, m.get(0))),
                Arguments.of("sumColumns", (Operation)
                        (kernels, rows, columns, row, m) -> kernels.sumColumns(m.get(0), row)),
                Arguments.of("sumOfSquares", (Operation) (kernels, rows, columns, row, m) ->
                        row.set(0, kernels.sumOfSquares(columns, rows * columns - 2, m.get(0)))),
                Arguments.of("rectify", (Operation) (kernels, rows, columns, row, m) ->
                        kernels.rectify(columns, rows * columns - 2, m.get(0), m.get(1))),
                Arguments.of("rectifyGradient", (Operation) (kernels, rows, columns, row, m) ->
                        kernels.rectifyGradient(columns, rows * columns - 2, m.get(0), m.get(1), m.get(2))),
                Arguments.of("momentumStep", (Operation) (kernels, rows, columns, row, m) -> kernels.momentumStep(
                        columns, rows * columns - 2, m.get(0), m.get(1), m.get(2), 0.1, 0.9, false)),
                Arguments.of("momentumStep by Nesterov's rule", (Operation)
                        (kernels, rows, columns, row, m) -> kernels.momentumStep(
                                columns, rows * columns - 2, m.get(0), m.get(1), m.get(2), 0.1, 0.9, true)),
                Arguments.of("adamStep", (Operation) (kernels, rows, columns, row, m) ->
                        kernels.adamStep(columns, rows * columns - 2, m.get(0), m.get(1), m.get(3), m.get(2), ADAM)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void singlePrecisionComputesTheSame(String name, Operation operation) {
        for (int[] shape :
                List.of(new int[] {41, 53}, new int[] {3, 1_024}, new int[] {5, 2_500}, new int[] {700, 1})) {
            double[] expected = results(new Kernels(), operation, shape);
            double[] actual = results(new FloatKernels(), operation, shape);

            for (int i = 0; i < actual.length; i++) {
                assertThat(actual[i]).isCloseTo(expected[i], within(1e-5 * Math.max(1, Math.abs(expected[i]))));
            }
            assertThat(actual).as("something is computed").isNotEqualTo(results(new Kernels(), NOTHING, shape));
        }
    }

    private static double[] results(Kernels kernels, Operation operation, int[] shape) {
        SplittableRandom random = new SplittableRandom(11);
        Matrix row = random(random, 1, shape[1]);
        List<Matrix> matrices = Stream.generate(() -> random(random, shape[0], shape[1]))
                .limit(4)
                .toList();
        // Running means of squares are never negative.
        Matrix squares = matrices.get(3);
        for (int i = 0; i < squares.size(); i++) {
            squares.set(i, Math.abs(squares.get(i)));
        }
        operation.run(kernels, shape[0], shape[1], row, matrices);
        return Stream.concat(Stream.of(row), matrices.stream())
                .map(Matrix::toArray)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private static Matrix random(SplittableRandom random, int rows, int columns) {
        Matrix matrix = Matrix.zeros(Precision.FLOAT32, rows, columns);
        for (int i = 0; i < matrix.size(); i++) {
            matrix.set(i, random.nextDouble(-1, 1));
        }
        return matrix;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void powersAreThoseOfTheStandardLibrary(Precision precision) {
        double[] powers = new double[6_401];
        Arrays.setAll(powers, i -> -i / 100.0);
        Kernels.of(precision).exp(powers, powers.length);
        for (int i = 0; i < powers.length; i++) {
            assertThat(powers[i]).isCloseTo(Math.exp(-i / 100.0), Percentage.withPercentage(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void powersOfVeryLittleVanishAndThoseOfNoNumberAreNone(Precision precision) {
        double[] powers = {-1_000, Double.NEGATIVE_INFINITY, Double.NaN, -3};
        Kernels.of(precision).exp(powers, 3);
        assertThat(powers[0]).isBetween(0.0, 1e-27);
        assertThat(powers[1]).isBetween(0.0, 1e-27);
        assertThat(powers[2]).isNaN();
        assertThat(powers[3]).isEqualTo(-3);
    }
}
