package dev.descent.core.train.evaluate;

import dev.descent.core.data.ReconstructionTarget;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Wiring;
import dev.descent.core.nn.loss.LossSpec;
import java.util.Arrays;

/** The reconstructed inputs. A large reconstruction error is an anomaly. */
record ReconstructionOutputs(ReconstructionTarget target) implements TaskOutputs {

    /** The share of training rows with errors below the threshold. */
    private static final double NORMAL = 0.99;

    @Override
    public ScoreKeeper scores(ThreadTeam team) {
        return new ScoreKeeper();
    }

    @Override
    public OutputReader reader(Network network) {
        int bottleneck = bottleneck(network.wiring());
        return (examples, outputs, row) -> {
            double error = squaredDifference(examples, outputs, row);
            double[] embedding = bottleneck < 0 ? new double[0] : OutputReader.row(network.outputOf(bottleneck), row);
            return new Prediction.Reconstruction(error, embedding, error >= target.threshold());
        };
    }

    /** The error, and whether it is an anomaly: 1 or 0. */
    @Override
    public int keptNumbers(int outputWidth) {
        return 2;
    }

    @Override
    public void keep(Matrix targets, Matrix outputs, int row, NumberSink sink) {
        double error = squaredDifference(targets, outputs, row);
        sink.put((float) error);
        sink.put(error >= target.threshold() ? 1 : 0);
    }

    @Override
    public Prediction kept(Matrix numbers) {
        return new Prediction.Reconstruction(numbers.get(0), new double[0], numbers.get(1) == 1);
    }

    @Override
    public LossSpec plainLoss(int outputWidth) {
        return new LossSpec.MeanSquaredErrorSpec();
    }

    @Override
    public Evaluation evaluate(Measurement measurement) {
        double[] errors = errors(measurement);
        long anomalies = Arrays.stream(errors)
                .filter(error -> error >= target.threshold())
                .count();
        return new Evaluation.Reconstruction(
                errors.length,
                Arrays.stream(errors).average().orElse(Double.NaN),
                new Evaluation.Quantiles(
                        quantile(errors, 0.05),
                        quantile(errors, 0.25),
                        quantile(errors, 0.5),
                        quantile(errors, 0.75),
                        quantile(errors, 0.95),
                        quantile(errors, 0.99)),
                target.threshold(),
                (double) anomalies / errors.length);
    }

    @Override
    public TargetEncoder learn(Measurement trainingPart) {
        return target.withThreshold(quantile(errors(trainingPart), NORMAL));
    }

    @Override
    public boolean learns() {
        return true;
    }

    @Override
    public long evaluationHeap(int trainRows, int measuredParts) {
        return (long) Double.BYTES * trainRows;
    }

    /** The mean squared difference between each example's inputs and their reconstruction, in ascending order. */
    private static double[] errors(Measurement measurement) {
        double[] errors = new double[measurement.examples().count()];
        int[] done = new int[1];
        measurement.forEachBatch((outputs, targets, weights, meanLoss) -> {
            for (int row = 0; row < outputs.rows(); row++) {
                errors[done[0]++] = squaredDifference(targets, outputs, row);
            }
        });
        Arrays.sort(errors);
        return errors;
    }

    /** The mean over the columns. */
    static double squaredDifference(Matrix a, Matrix b, int row) {
        double sum = 0;
        for (int column = 0; column < a.columns(); column++) {
            double difference = a.get(row, column) - b.get(row, column);
            sum += difference * difference;
        }
        return sum / a.columns();
    }

    /** The quantile of sorted values, linearly interpolated. */
    static double quantile(double[] sorted, double share) {
        double index = share * (sorted.length - 1);
        int below = (int) index;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (index - below) * (sorted[above] - sorted[below]);
    }

    /** The last of the narrowest nodes before the output; −1 if there is none. */
    private static int bottleneck(Wiring wiring) {
        int narrowest = -1;
        for (int node = 0; node < wiring.nodes().size(); node++) {
            boolean isCandidate = node != wiring.output();
            if (isCandidate
                    && (narrowest < 0
                            || wiring.nodes().get(node).width()
                                    <= wiring.nodes().get(narrowest).width())) {
                narrowest = node;
            }
        }
        return narrowest;
    }
}
