package dev.descent.core.train.evaluate;

import dev.descent.core.math.Matrix;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.train.examples.Examples;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The loss that is reached without looking at the inputs: that of the best constant output. */
public final class Baseline {

    public static final int BATCH = 1_024;

    private Baseline() {}

    /**
     * The mean loss of the examples for the constant output that has the least: the logarithms of the classes' frequencies, or the targets' means (the
     * medians for an absolute error), each example counting as much as it weighs.
     *
     * @param outputs of the network
     */
    public static double loss(LossSpec spec, Examples examples, int outputs) {
        Matrix constant = constant(spec, examples, outputs);
        Loss loss = spec.build();
        int batch = Math.min(BATCH, examples.count());
        try (Matrix repeated = Matrix.zeros(constant.precision(), batch, outputs);
                Matrix scratch = Matrix.zeros(constant.precision(), batch, outputs)) {
            for (int row = 0; row < batch; row++) {
                repeated.copyRow(constant, 0, row);
            }
            double sum = 0;
            double weightSum = 0;
            for (int from = 0; from < examples.count(); from += batch) {
                Examples some = examples.range(from, Math.min(from + batch, examples.count()));
                double weight = Loss.weightSum(some.weights(), some.count());
                sum += weight
                        * loss.evaluate(
                                repeated.top(some.count()), some.targets(), some.weights(), scratch.top(some.count()));
                weightSum += weight;
            }
            return weightSum == 0 ? 0 : sum / weightSum;
        } finally {
            constant.close();
        }
    }

    private static Matrix constant(LossSpec spec, Examples examples, int outputs) {
        double[] best = bestOutputs(spec, examples, outputs);
        Matrix constant = Matrix.zeros(examples.targets().precision(), 1, outputs);
        for (int output = 0; output < outputs; output++) {
            constant.set(output, best[output]);
        }
        return constant;
    }

    private static double[] bestOutputs(LossSpec spec, Examples examples, int outputs) {
        if (spec instanceof LossSpec.SoftmaxCrossEntropySpec) {
            return Arrays.stream(shares(examples, outputs))
                    .map(share -> Math.log(Math.max(1e-12, share)))
                    .toArray();
        }
        if (spec instanceof LossSpec.BinaryCrossEntropySpec) {
            double share = Math.max(1e-12, Math.min(1 - 1e-12, shares(examples, 2)[1]));
            return new double[] {Math.log(share / (1 - share))};
        }
        return IntStream.range(0, outputs)
                .mapToDouble(output -> best(spec, examples, output))
                .toArray();
    }

    private static double best(LossSpec spec, Examples examples, int output) {
        return spec instanceof LossSpec.MeanAbsoluteErrorSpec ? median(examples, output) : mean(examples, output);
    }

    private static double mean(Examples examples, int output) {
        double sum = 0;
        for (int row = 0; row < examples.count(); row++) {
            sum += weight(examples, row) * examples.targets().get(row, output);
        }
        return sum / Loss.weightSum(examples.weights(), examples.count());
    }

    /** The least target that, with all up to it, weighs more than half. */
    private static double median(Examples examples, int output) {
        double half = Loss.weightSum(examples.weights(), examples.count()) / 2;
        double[] ascending = new double[examples.count()];
        Arrays.setAll(ascending, row -> examples.targets().get(row, output));
        Arrays.sort(ascending);
        int from = 0;
        int to = ascending.length - 1;
        while (from < to) {
            int middle = (from + to) / 2;
            if (weightUpTo(ascending[middle], examples, output) > half) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return ascending[from];
    }

    private static double weightUpTo(double target, Examples examples, int output) {
        double sum = 0;
        for (int row = 0; row < examples.count(); row++) {
            if (examples.targets().get(row, output) <= target) {
                sum += weight(examples, row);
            }
        }
        return sum;
    }

    private static double weight(Examples examples, int row) {
        return examples.weights() == null ? 1 : examples.weights().get(row);
    }

    /** The share of each class, by weight. */
    private static double[] shares(Examples examples, int classes) {
        double[] shares = new double[classes];
        for (int row = 0; row < examples.count(); row++) {
            shares[(int) examples.targets().get(row)] += weight(examples, row);
        }
        double all = Loss.weightSum(examples.weights(), examples.count());
        return Arrays.stream(shares).map(sum -> sum / all).toArray();
    }
}
