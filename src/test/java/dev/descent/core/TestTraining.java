package dev.descent.core;

import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.data.RegressionTarget;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.NodeSpec;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.EpochReport;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.TrainingListener;
import dev.descent.core.train.TrainingPlan;
import dev.descent.core.train.TrainingSession;
import dev.descent.core.train.TrainingState;
import dev.descent.core.train.examples.Examples;
import dev.descent.core.train.examples.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Shared by tests of training: small plans, small examples and a recording listener. */
public final class TestTraining {

    public static final TargetEncoder AMOUNT = amount(0, 1);

    /** For evaluations that run to completion. */
    public static final Runnable NEVER_CANCELLED = () -> {};

    private TestTraining() {}

    public static TargetEncoder amount(double mean, double deviation) {
        return new RegressionTarget(List.of("y"), List.of(new RegressionTarget.Scale(mean, deviation)));
    }

    public static TargetEncoder classes(int count) {
        return new ClassificationTarget(
                IntStream.range(0, count).mapToObj(label -> "c" + label).toList());
    }

    public static OptimizerSpec sgd(double learningRate, double momentum) {
        return new OptimizerSpec.SgdSpec(learningRate, momentum, false);
    }

    public static OptimizerSpec adam(double learningRate) {
        return new OptimizerSpec.AdamSpec(learningRate, 0.9, 0.999, 1e-8);
    }

    /** Only the output layer: a linear model. */
    public static NetworkSpec linear() {
        return NetworkSpec.sequence(List.of());
    }

    public static NetworkSpec layers(LayerSpec... layers) {
        return NetworkSpec.sequence(List.of(layers));
    }

    public static NodeSpec node(String name, LayerSpec layer, String... inputs) {
        return new NodeSpec(name, layer, List.of(inputs));
    }

    public static TrainingPlan plan(
            NetworkSpec network,
            int inputs,
            OptimizerSpec optimizer,
            int epochs,
            int batchSize,
            long seed,
            TargetEncoder target) {
        Task task = Task.of(target);
        LossSpec loss = task.defaultLoss();
        return new TrainingPlan(
                network.withOutput(target.outputs()).wire(inputs),
                loss,
                optimizer,
                Hyperparameters.of(epochs, batchSize, seed),
                target);
    }

    public static Examples examples(double[][] inputs, double[] targets) {
        Matrix column = Matrix.zeros(Precision.FLOAT32, targets.length, 1);
        for (int row = 0; row < targets.length; row++) {
            column.set(row, targets[row]);
        }
        return new Examples(Matrix.of(Precision.FLOAT32, inputs), column);
    }

    /** Random inputs from −1 to 1, with unrelated classes or target numbers. */
    public static Examples random(int rows, int features, TargetEncoder target, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] inputs = new double[rows][features];
        double[] targets = new double[rows];
        for (int row = 0; row < rows; row++) {
            Arrays.setAll(inputs[row], column -> random.nextDouble(-1, 1));
            targets[row] = target instanceof ClassificationTarget ? row % target.outputs() : random.nextDouble(-2, 2);
        }
        return examples(inputs, targets);
    }

    /**
     * Records every report, and the weights after every epoch; requests a stop before batch {@code batches}, 0-based.
     */
    public static class Recorder implements TrainingListener {

        public final List<EpochReport> reports = new ArrayList<>();
        public final List<double[]> weights = new ArrayList<>();
        private int batches;

        public Recorder() {
            this(Integer.MAX_VALUE);
        }

        public Recorder(int batches) {
            this.batches = batches;
        }

        @Override
        public boolean beforeBatch(TrainingSession trainer) {
            return batches-- > 0;
        }

        @Override
        public void onEpoch(EpochReport report, TrainingSession trainer) {
            reports.add(report);
            weights.add(trainer.state().weights().toArray());
        }
    }

    /** A copy that the trainer no longer changes. */
    public static TrainingState copy(TrainingState state) {
        return new TrainingState(
                state.epoch(),
                state.step(),
                copy(state.weights()),
                state.moments().stream().map(TestTraining::copy).toList(),
                state.bestEpoch(),
                state.bestLoss(),
                copy(state.bestWeights()),
                state.partialEpoch(),
                state.memory());
    }

    private static Matrix copy(Matrix matrix) {
        Matrix copy = Matrix.zeros(matrix.precision(), matrix.rows(), matrix.columns());
        copy.copy(matrix);
        return copy;
    }
}
