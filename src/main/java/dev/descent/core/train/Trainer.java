package dev.descent.core.train;

import dev.descent.core.Count;
import dev.descent.core.data.RandomStream;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.layer.Pass;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.nn.optimizer.Optimizer;
import dev.descent.core.nn.optimizer.Schedule;
import dev.descent.core.train.evaluate.Evaluator;
import dev.descent.core.train.evaluate.NamedWeights;
import dev.descent.core.train.evaluate.ScoreKeeper;
import dev.descent.core.train.evaluate.TaskOutputs;
import dev.descent.core.train.examples.ExampleSource;
import dev.descent.core.train.examples.Examples;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mini-batch gradient descent: each epoch visits every training example once, in its own random order, and takes one
 * optimizer step per batch; the last batch may be smaller. The weights of the epoch with the lowest validation loss are
 * the result.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), algorithm 8.1 and section 7.8.
 */
final class Trainer implements TrainingSession {

    /** Examples per forward pass without learning: enough for fast products, with little memory. */
    private static final int EVALUATION_BATCH = 256;

    /** The minimum amount of numbers that is worth a separate thread to gather. */
    private static final int GATHERED_NUMBERS = 4_096;

    private final TrainingPlan plan;
    private final Hyperparameters hyperparameters;
    private final ExampleSource train;
    private final @Nullable ExampleSource validation;
    private final ThreadTeam team;
    private final Network network;
    private final Optimizer optimizer;
    private final Loss loss;
    private final Schedule schedule;
    private final Patience patience;
    private final TaskOutputs task;
    private final Evaluator evaluator;
    private final Examples batch;
    private final int[] visited;
    private final Matrix outputGradient;
    private final Matrix bestWeights;
    private double learningRate;
    private int epochs;
    private long totalSteps;
    private int epoch;
    private int examplesDone;
    private boolean fitting;
    private ScoreKeeper score;
    private int bestEpoch;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private double gradientNorm;
    private double secondsBefore;
    private long started = System.nanoTime();

    Trainer(TrainingPlan plan, ExampleSource train, @Nullable ExampleSource validation) {
        this.plan = plan;
        this.hyperparameters = plan.hyperparameters();
        this.train = train;
        this.validation = validation;
        Precision precision = train.precision();
        int maxRows = maxRows(plan, train.count(), validation == null ? 0 : validation.count());
        this.team = new ThreadTeam(plan.threads(), precision);
        this.network = new Network(team, plan.wiring(), precision, maxRows, Network.Purpose.TRAINING);
        this.optimizer = plan.optimizer().build(network.parameters(), hyperparameters.gradientRules());
        this.loss = plan.loss().build();
        this.schedule = hyperparameters.learningRateSchedule().build();
        this.patience = new Patience(hyperparameters.earlyStopping());
        this.batch = train.roomFor(hyperparameters.batchSize().within(train.count()));
        this.visited = new int[batch.count()];
        this.outputGradient = Matrix.zeros(precision, maxRows, plan.wiring().outputWidth());
        this.task = TaskOutputs.of(plan.target());
        this.evaluator = new Evaluator(team, network, loss, task, outputGradient);
        this.bestWeights = Matrix.zeros(precision, 1, network.parameters().all().size());
        this.score = task.scores(team);
        this.learningRate = plan.optimizer().learningRate();
        this.epochs = hyperparameters.totalEpochs(train.count());
        this.totalSteps = hyperparameters.totalSteps(train.count());
        network.initialise(RandomStream.WEIGHTS.of(hyperparameters.seed(), 0));
        zeroWeightsOfConstantInputs();
    }

    @Override
    public TrainingPlan plan() {
        return plan;
    }

    /** The maximum number of rows that a network for the given plan computes at once. */
    static int maxRows(TrainingPlan plan, int trainRows, int validationRows) {
        int batchSize = plan.hyperparameters().batchSize().within(trainRows);
        return Math.max(batchSize, Math.min(plan.wiring().rowsWithin(EVALUATION_BATCH), validationRows));
    }

    private void zeroWeightsOfConstantInputs() {
        boolean[] used = train.usedInputs();
        for (int column = 0; column < used.length; column++) {
            if (!used[column]) {
                network.zeroInputWeights(column);
            }
        }
    }

    @Override
    public void resume(TrainingState state) {
        if (state.moments().size() != optimizer.moments().size()) {
            throw new IllegalArgumentException("A state with %s for an optimizer with %d"
                    .formatted(
                            Count.of(state.moments().size(), "moment"),
                            optimizer.moments().size()));
        }
        epoch = state.epoch();
        optimizer.resumeAt(state.step());
        network.parameters().all().copy(state.weights());
        for (int i = 0; i < optimizer.moments().size(); i++) {
            optimizer.moments().get(i).copy(state.moments().get(i));
        }
        bestEpoch = state.bestEpoch();
        bestLoss = state.bestLoss();
        bestWeights.copy(state.bestWeights());
        examplesDone = state.partialEpoch().examples();
        gradientNorm = state.partialEpoch().gradientNorm();
        if (examplesDone > 0) {
            score.remember(state.partialEpoch().score());
        }
        schedule.remember(state.memory().schedule());
        patience.remember(state.memory().patience());
        secondsBefore = state.memory().seconds();
    }

    @Override
    public Adjustment adjust(Adjustment adjustment) {
        if (adjustment.learningRate() != null) {
            learningRate = adjustment.learningRate();
        }
        if (adjustment.epochs() != null) {
            epochs = Math.max(adjustment.epochs(), fitting ? epoch + 1 : epoch);
            totalSteps = (long) epochs * hyperparameters.stepsOfAnEpoch(train.count());
        }
        if (adjustment.patience() != null) {
            patience.become(adjustment.patience());
        }
        return new Adjustment(
                adjustment.learningRate(), adjustment.epochs() == null ? null : epochs, adjustment.patience());
    }

    @Override
    public long steps() {
        return optimizer.steps();
    }

    @Override
    public long totalSteps() {
        return totalSteps;
    }

    @Override
    public TrainingState state() {
        return new TrainingState(
                epoch,
                optimizer.steps(),
                network.parameters().all(),
                optimizer.moments(),
                bestEpoch,
                bestLoss,
                bestWeights,
                examplesDone == 0
                        ? TrainingState.PartialEpoch.NOTHING
                        : new TrainingState.PartialEpoch(examplesDone, score.memory(), gradientNorm),
                new TrainingState.Memory(schedule.memory(), patience.memory(), seconds()));
    }

    @Override
    public TrainingOutcome fit(TrainingListener listener) {
        started = System.nanoTime();
        fitting = true;
        team.start();
        boolean betweenEpochs = epoch > 0 && examplesDone == 0;
        TrainingOutcome.@Nullable Reason alreadyOver = betweenEpochs ? endBeforeTime() : null;
        if (alreadyOver != null) {
            return outcome(alreadyOver, epoch);
        }
        while (epoch < epochs) {
            TrainingOutcome.@Nullable Reason end = trainEpoch(listener);
            if (end != null) {
                boolean epochIsDone =
                        end == TrainingOutcome.Reason.EARLY_STOPPING || end == TrainingOutcome.Reason.MAX_RUNTIME;
                return outcome(end, epochIsDone ? epoch : epoch + 1);
            }
        }
        return outcome(TrainingOutcome.Reason.COMPLETED, epochs);
    }

    private TrainingOutcome.@Nullable Reason trainEpoch(TrainingListener listener) {
        long start = System.nanoTime();
        EpochOrder order = EpochOrder.of(hyperparameters, epoch, train.count(), train.inputWidth(), train::expect);
        int begunAt = examplesDone;
        double rate = schedule.rate(learningRate, epoch, epochs);
        while (isEpochUnderWay()) {
            if (!listener.beforeBatch(this)) {
                return TrainingOutcome.Reason.STOPPED;
            }
            rate = schedule.rate(learningRate, epoch, epochs);
            int end = Math.min(examplesDone + batch.count(), train.count());
            if (!Double.isFinite(step(order, examplesDone, end, rate))) {
                return TrainingOutcome.Reason.DIVERGED;
            }
            examplesDone = end;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        EpochReport report = new EpochReport(
                epoch + 1,
                optimizer.steps(),
                score.score(),
                validation == null ? null : evaluator.score(validation, listener::cancellationCheck),
                rate,
                gradientNorm,
                (examplesDone - begunAt) / seconds);
        // The losses of an epoch do not reflect what its last step did to the weights.
        if (!report.isFinite() || !Double.isFinite(network.parameters().all().norm())) {
            return TrainingOutcome.Reason.DIVERGED;
        }
        epoch++;
        examplesDone = 0;
        score = task.scores(team);
        keepIfBest(report);
        schedule.observe(report.decisiveLoss());
        patience.observe(report.decisiveLoss());
        listener.onEpoch(report, this);
        return endBeforeTime();
    }

    /** Why training ends early after this epoch; null if it continues. */
    private TrainingOutcome.@Nullable Reason endBeforeTime() {
        if (epoch == epochs) {
            return null;
        }
        if (patience.isExhausted()) {
            return TrainingOutcome.Reason.EARLY_STOPPING;
        }
        return isTimeUp() ? TrainingOutcome.Reason.MAX_RUNTIME : null;
    }

    private boolean isEpochUnderWay() {
        return examplesDone < train.count() && optimizer.steps() < totalSteps && (examplesDone == 0 || !isTimeUp());
    }

    private double seconds() {
        return secondsBefore + (System.nanoTime() - started) / 1e9;
    }

    private boolean isTimeUp() {
        Double limit = plan.maxRuntimeSeconds();
        return limit != null && seconds() >= limit;
    }

    private double step(EpochOrder order, int from, int to, double rate) {
        gather(order, from, to);
        boolean isFirst = from == 0;
        Examples examples = batch.top(to - from);
        Matrix gradient = outputGradient.top(to - from);
        Matrix outputs = network.forward(pass(), examples.inputs());
        double batchLoss = loss.evaluate(team, outputs, examples.targets(), examples.weights(), gradient);
        if (Double.isFinite(batchLoss)) {
            score.add(outputs, examples.targets(), examples.weights(), batchLoss);
            optimizer.prepare(rate, isFirst);
            network.backward(gradient);
            optimizer.step(rate);
            if (isFirst) {
                gradientNorm = optimizer.gradientNorm();
            }
        }
        return batchLoss;
    }

    private void gather(EpochOrder order, int from, int to) {
        order.copy(from, to - from, visited);
        int grain = Math.max(1, GATHERED_NUMBERS / (train.inputWidth() + 1));
        team.each(to - from, grain, (kernels, first, last) -> {
            for (int row = first; row < last; row++) {
                train.copyTo(visited[row], batch, row);
            }
        });
    }

    private Pass pass() {
        long step = optimizer.steps();
        return Pass.training(node -> RandomStream.DROPOUT.of(hyperparameters.seed(), step, node));
    }

    private void keepIfBest(EpochReport report) {
        if (report.decisiveLoss() < bestLoss) {
            bestLoss = report.decisiveLoss();
            bestEpoch = epoch;
            bestWeights.copy(network.parameters().all());
        }
    }

    private TrainingOutcome outcome(TrainingOutcome.Reason reason, int lastEpoch) {
        fitting = false;
        secondsBefore = seconds();
        started = System.nanoTime();
        return new TrainingOutcome(reason, lastEpoch, optimizer.steps(), learningRate, bestEpoch, bestLoss);
    }

    @Override
    public List<NamedWeights> bestWeights() {
        return NamedWeights.of(plan.wiring(), bestWeights);
    }

    @Override
    public void close() {
        team.close();
        network.parameters().close();
        network.close();
        optimizer.close();
        batch.close();
        outputGradient.close();
        bestWeights.close();
    }
}
