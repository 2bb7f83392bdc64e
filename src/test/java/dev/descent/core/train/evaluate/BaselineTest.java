package dev.descent.core.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.descent.core.TestTraining;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.train.examples.Examples;
import dev.descent.core.train.examples.Task;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BaselineTest {

    /** The median of 4, 0, 7, 5, 6 is 5, and the differences from it are 1, 5, 2, 0, 1. */
    @Test
    void theBestConstantForAnAbsoluteErrorIsTheMedianInWhateverOrder() {
        try (Examples some = TestTraining.examples(new double[5][1], new double[] {4, 0, 7, 5, 6})) {
            assertThat(Baseline.loss(new LossSpec.MeanAbsoluteErrorSpec(), some, 1))
                    .isCloseTo(9 / 5.0, within(1e-6));
        }
    }

    /** 1,024 zeros and 476 ones: the variance of a biased coin, whatever the size of the batches. */
    @Test
    void moreExamplesThanABatchHoldsCountTheSame() {
        double[] targets = IntStream.range(0, 1_500)
                .mapToDouble(row -> row < 1_024 ? 0 : 1)
                .toArray();
        try (Examples some = TestTraining.examples(new double[1_500][1], targets)) {
            assertThat(Baseline.loss(new LossSpec.MeanSquaredErrorSpec(), some, 1))
                    .isCloseTo(476 / 1_500.0 * (1_024 / 1_500.0), within(1e-6));
        }
    }

    /** With the weights, two classes of two examples each become a coin of 3 to 1. */
    @Test
    void classesAreAsFrequentAsTheirExamplesWeigh() {
        double entropy = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
        try (Examples plain = TestTraining.examples(new double[4][1], new double[] {0, 1, 0, 1});
                Matrix weights = Matrix.of(
                        Precision.FLOAT32, new double[] {5}, new double[] {2}, new double[] {1}, new double[] {0})) {
            Examples some = new Examples(plain.inputs(), plain.targets(), weights);
            assertThat(Baseline.loss(LossSpec.SoftmaxCrossEntropySpec.DEFAULT, some, 2))
                    .isCloseTo(entropy, within(1e-6));
            assertThat(Baseline.loss(new LossSpec.BinaryCrossEntropySpec(), some, 1))
                    .isCloseTo(entropy, within(1e-6));
        }
    }

    @ParameterizedTest
    @MethodSource("amounts")
    void amountsCountAsMuchAsTheirExamplesWeigh(LossSpec spec, double[] targets, double[] weighed, double expected) {
        try (Examples plain = TestTraining.examples(new double[targets.length][1], targets);
                Matrix weights = Matrix.zeros(Precision.FLOAT32, targets.length, 1)) {
            for (int row = 0; row < weighed.length; row++) {
                weights.set(row, weighed[row]);
            }
            Examples some = new Examples(plain.inputs(), plain.targets(), weights);
            assertThat(Baseline.loss(spec, some, 1)).isCloseTo(expected, within(1e-6));
        }
    }

    static List<Arguments> amounts() {
        double[] targets = {0, 0, 0, 4};
        double[] onlyTheLast = {0, 0, 0, 1};
        return List.of(
                arguments(new LossSpec.MeanSquaredErrorSpec(), targets, onlyTheLast, 0),
                arguments(new LossSpec.MeanAbsoluteErrorSpec(), targets, onlyTheLast, 0),
                arguments(new LossSpec.HuberSpec(1), targets, onlyTheLast, 0),
                // The mean is 1.
                arguments(new LossSpec.MeanSquaredErrorSpec(), new double[] {0, 4}, new double[] {3, 1}, 3),
                // The median is 10.
                arguments(
                        new LossSpec.MeanAbsoluteErrorSpec(),
                        new double[] {10, 0, 1},
                        new double[] {5, 1, 1},
                        19 / 7.0));
    }

    static List<LossSpec> losses() {
        return List.of(
                new LossSpec.MeanSquaredErrorSpec(),
                new LossSpec.MeanAbsoluteErrorSpec(),
                new LossSpec.HuberSpec(0.3),
                new LossSpec.BinaryCrossEntropySpec(),
                LossSpec.SoftmaxCrossEntropySpec.DEFAULT,
                new LossSpec.SoftmaxCrossEntropySpec(0.2));
    }

    @Test
    void everyLossIsTried() {
        assertThat(losses()).<Class<?>>extracting(Object::getClass).contains(LossSpec.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void noOtherConstantDoesBetter(LossSpec spec) {
        SplittableRandom random = new SplittableRandom(8);
        boolean isOfClasses = Task.CLASSIFICATION.losses().contains(spec.getClass());
        int outputs = spec.outputs(2);
        double[][] targets = new double[200][isOfClasses ? 1 : 2];
        double[][] weights = new double[200][1];
        for (int row = 0; row < targets.length; row++) {
            weights[row][0] = random.nextDouble();
            for (int column = 0; column < targets[row].length; column++) {
                // Skewed, so that the mean, the median and everything between them differ.
                double skewed = Math.pow(random.nextDouble(), 3);
                targets[row][column] = isOfClasses ? Math.round(skewed) : 10 * skewed;
            }
        }
        Loss loss = spec.build();
        try (Matrix asked = Matrix.of(Precision.FLOAT64, targets);
                Matrix weighed = Matrix.of(Precision.FLOAT64, weights);
                Matrix constant = Matrix.zeros(Precision.FLOAT64, 200, outputs);
                Matrix gradient = Matrix.zeros(Precision.FLOAT64, 200, outputs)) {
            double[] best = loss.bestConstant(asked, weighed, outputs);
            double least = loss(loss, best, asked, weighed, constant, gradient);
            for (int trial = 0; trial < 100; trial++) {
                double[] other = Arrays.stream(best)
                        .map(output -> output + random.nextDouble(-0.3, 0.3))
                        .toArray();
                assertThat(loss(loss, other, asked, weighed, constant, gradient))
                        .isGreaterThanOrEqualTo(least - 1e-9);
            }
        }
    }

    private static double loss(
            Loss loss, double[] outputs, Matrix targets, Matrix weights, Matrix constant, Matrix gradient) {
        for (int row = 0; row < constant.rows(); row++) {
            constant.setRow(row, outputs);
        }
        return loss.evaluate(constant, targets, weights, gradient);
    }

    @Test
    void examplesThatWeighNothingHaveNoLoss() {
        try (Examples plain = TestTraining.examples(new double[2][1], new double[] {0, 1});
                Matrix weights = Matrix.zeros(Precision.FLOAT32, 2, 1)) {
            Examples some = new Examples(plain.inputs(), plain.targets(), weights);
            assertThat(Baseline.loss(new LossSpec.MeanSquaredErrorSpec(), some, 1))
                    .isZero();
            assertThat(Baseline.loss(new LossSpec.MeanAbsoluteErrorSpec(), some, 1))
                    .isZero();
        }
    }
}
