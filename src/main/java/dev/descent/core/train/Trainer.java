package dev.descent.core.train;

import dev.descent.core.data.RandomStream;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Matrix;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Optimizer;
import dev.descent.core.nn.Precision;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mini-batch gradient descent: each epoch visits every training example once, in a random order of its own, and takes one step of the optimizer
 * per batch; the last batch may be smaller. The weights of the epoch with the least validation loss are the result.
 *
 * <p>The same plan, examples and number of BLAS threads on the same machine give the same weights, to the bit.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), algorithm 8.1 and section 7.8.
 */
public final class Trainer implements AutoCloseable {

    /** Examples per forward pass when nothing is learnt from them: enough for fast products, little memory. */
    private static final int EVALUATION_BATCH = 256;

    private final TrainingPlan plan;
    private final Examples train;
    private final @Nullable Examples validation;
    private final Network network;
    private final Optimizer optimizer;
    private final Loss loss;
    private final Evaluator evaluator;
    private final Examples batch;
    private final Matrix outputGradient;
    private final Matrix bestWeights;
    private int epoch;
    private int bestEpoch;
    private double bestLoss = Double.POSITIVE_INFINITY;

    /** @param validation the part by which the best epoch is chosen; without one, the training loss decides */
    public Trainer(TrainingPlan plan, Examples train, @Nullable Examples validation) {
        this.plan = plan;
        this.train = train;
        this.validation = validation;
        Precision precision = train.inputs().precision();
        int batchSize = Math.min(plan.hyperparameters().batchSize(), train.count());
        int maxRows = maxRows(plan.hyperparameters(), train.count(), validation == null ? 0 : validation.count());
        this.network = new Network(plan.wiring(), precision, maxRows, Network.Purpose.TRAINING);
        this.optimizer = plan.optimizer().build(network.parameters());
        this.loss = plan.loss().build();
        this.batch = new Examples(
                Matrix.zeros(precision, batchSize, train.inputs().columns()), Matrix.zeros(precision, batchSize, 1));
        this.outputGradient = Matrix.zeros(precision, maxRows, plan.wiring().outputWidth());
        this.evaluator = new Evaluator(network, loss, plan.target(), outputGradient);
        this.bestWeights = Matrix.zeros(precision, 1, network.parameters().count());
        network.initialise(RandomStream.WEIGHTS.of(plan.hyperparameters().seed(), 0));
        silenceConstantZeros();
    }

    /** The most rows that a network for the given plan computes at once. */
    static int maxRows(Hyperparameters hyperparameters, int trainRows, int validationRows) {
        int batchSize = Math.min(hyperparameters.batchSize(), trainRows);
        return Math.max(batchSize, Math.min(EVALUATION_BATCH, validationRows));
    }

    private void silenceConstantZeros() {
        Matrix inputs = train.inputs();
        boolean[] used = new boolean[inputs.columns()];
        for (int i = 0; i < inputs.size(); i++) {
            used[i % used.length] |= inputs.get(i) != 0;
        }
        for (int column = 0; column < used.length; column++) {
            if (!used[column]) {
                network.silence(column);
            }
        }
    }

    /** Goes on from where another trainer of the same plan and examples stood after an epoch. */
    public void resume(TrainingState state) {
        if (state.moments().size() != optimizer.moments().size()) {
            throw new IllegalArgumentException("A state with %d moments for an optimizer with %d"
                    .formatted(state.moments().size(), optimizer.moments().size()));
        }
        epoch = state.epoch();
        optimizer.resumeAt(state.step());
        network.parameters().values().copy(state.weights());
        for (int i = 0; i < optimizer.moments().size(); i++) {
            optimizer.moments().get(i).copy(state.moments().get(i));
        }
        bestEpoch = state.bestEpoch();
        bestLoss = state.bestLoss();
        bestWeights.copy(state.bestWeights());
    }

    /** Where training stands after the last whole epoch. The matrices are this trainer's own: read them before it goes on. */
    public TrainingState state() {
        return new TrainingState(
                epoch,
                optimizer.steps(),
                network.parameters().values(),
                optimizer.moments(),
                bestEpoch,
                bestLoss,
                bestWeights);
    }

    /** Trains until all epochs are done, the listener says stop, or the loss is no longer finite. */
    public TrainingOutcome fit(TrainingListener listener) {
        int epochs = plan.hyperparameters().epochs();
        while (epoch < epochs) {
            TrainingOutcome.@Nullable Reason end = trainEpoch(listener);
            if (end != null) {
                return outcome(end, epoch + 1);
            }
        }
        return outcome(TrainingOutcome.Reason.COMPLETED, epochs);
    }

    private TrainingOutcome.@Nullable Reason trainEpoch(TrainingListener listener) {
        long start = System.nanoTime();
        int[] order = new int[train.count()];
        Arrays.setAll(order, row -> row);
        RandomStream.shuffle(
                order, RandomStream.SHUFFLE.of(plan.hyperparameters().seed(), epoch));
        ScoreKeeper score = ScoreKeeper.of(plan.target());
        for (int from = 0; from < order.length; from += batch.count()) {
            if (listener.isStopRequested()) {
                return TrainingOutcome.Reason.STOPPED;
            }
            double batchLoss = step(order, from, Math.min(from + batch.count(), order.length), score);
            if (!Double.isFinite(batchLoss)) {
                return TrainingOutcome.Reason.DIVERGED;
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        EpochReport report = new EpochReport(
                epoch + 1,
                optimizer.steps(),
                score.score(),
                validation == null ? null : evaluator.score(validation),
                plan.optimizer().learningRate(),
                norm(network.parameters().gradients()),
                order.length / seconds);
        // The losses of the epoch say nothing of what its last step did to the weights.
        if (!report.isFinite() || !Double.isFinite(norm(network.parameters().values()))) {
            return TrainingOutcome.Reason.DIVERGED;
        }
        epoch++;
        keepIfBest(report);
        listener.onEpoch(report, this);
        return null;
    }

    private double step(int[] order, int from, int to, ScoreKeeper score) {
        int rows = to - from;
        for (int row = 0; row < rows; row++) {
            batch.inputs().copyRow(train.inputs(), order[from + row], row);
            batch.targets().copyRow(train.targets(), order[from + row], row);
        }
        Matrix targets = batch.targets().top(rows);
        Matrix gradient = outputGradient.top(rows);
        Matrix outputs = network.forward(batch.inputs().top(rows));
        double batchLoss = loss.evaluate(outputs, targets, gradient);
        if (Double.isFinite(batchLoss)) {
            score.add(outputs, targets, batchLoss);
            network.backward(gradient);
            optimizer.step();
        }
        return batchLoss;
    }

    private void keepIfBest(EpochReport report) {
        if (report.decisiveLoss() < bestLoss) {
            bestLoss = report.decisiveLoss();
            bestEpoch = epoch;
            bestWeights.copy(network.parameters().values());
        }
    }

    private static double norm(Matrix elements) {
        double sum = 0;
        for (int i = 0; i < elements.size(); i++) {
            sum += elements.get(i) * elements.get(i);
        }
        return Math.sqrt(sum);
    }

    private TrainingOutcome outcome(TrainingOutcome.Reason reason, int lastEpoch) {
        return new TrainingOutcome(reason, lastEpoch, optimizer.steps(), bestEpoch, bestLoss);
    }

    /** The parameters by name with the values of the best epoch; their memory is this trainer's. */
    public List<NamedWeights> bestWeights() {
        return NamedWeights.of(network.parameters(), bestWeights);
    }

    @Override
    public void close() {
        network.parameters().close();
        network.close();
        optimizer.close();
        batch.close();
        outputGradient.close();
        bestWeights.close();
    }
}
