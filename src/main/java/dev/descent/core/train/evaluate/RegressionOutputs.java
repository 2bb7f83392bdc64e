package dev.descent.core.train.evaluate;

import dev.descent.core.data.RegressionTarget;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.loss.LossSpec;
import java.util.Map;

/** Standardized numbers, one per target. */
record RegressionOutputs(RegressionTarget target) implements TaskOutputs {

    @Override
    public ScoreKeeper scores(ThreadTeam team) {
        return new Scores(target);
    }

    @Override
    public OutputReader reader(Network network) {
        return (examples, outputs, row) -> decode(outputs, row);
    }

    private Prediction decode(Matrix outputs, int row) {
        double[] values = OutputReader.row(outputs, row);
        for (int column = 0; column < values.length; column++) {
            values[column] = target.scales().get(column).decode(values[column]);
        }
        return new Prediction.Regression(target.names(), values);
    }

    @Override
    public int keptNumbers(int outputWidth) {
        return outputWidth;
    }

    @Override
    public void keep(Matrix targets, Matrix outputs, int row, NumberSink sink) {
        sink.putRow(outputs, row);
    }

    @Override
    public Prediction kept(Matrix numbers) {
        return decode(numbers, 0);
    }

    @Override
    public LossSpec plainLoss(int outputWidth) {
        return new LossSpec.MeanSquaredErrorSpec();
    }

    @Override
    public Evaluation evaluate(Measurement measurement) {
        RegressionMetrics metrics = new RegressionMetrics(target);
        measurement.forEachBatch((outputs, targets, weights, meanLoss) -> metrics.add(outputs, targets));
        return new Evaluation.Regression(
                measurement.examples().count(), metrics.rmse(), metrics.mae(), metrics.r2(), metrics.byTarget());
    }

    @Override
    public TargetEncoder learn(Measurement trainingPart) {
        return target;
    }

    @Override
    public boolean learns() {
        return false;
    }

    @Override
    public long evaluationHeap(int trainRows, int measuredParts) {
        return 0;
    }

    private static final class Scores extends ScoreKeeper {

        private final RegressionMetrics metrics;

        Scores(RegressionTarget target) {
            this.metrics = new RegressionMetrics(target);
        }

        @Override
        void add(Matrix outputs, Matrix targets) {
            metrics.add(outputs, targets);
        }

        @Override
        double[] sums() {
            return metrics.sums();
        }

        @Override
        void rememberSums(double[] sums) {
            metrics.remember(sums);
        }

        @Override
        Map<Score.Measure, Double> measures(long examples) {
            return metrics.measures();
        }
    }
}
