package dev.descent.core.train.evaluate;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.train.examples.ExampleSource;
import dev.descent.core.train.examples.Examples;
import org.jspecify.annotations.Nullable;

/** Runs examples through a network without learning. */
public final class Evaluator {

    private final ThreadTeam team;
    private final Network network;
    private final Loss loss;
    private final TaskOutputs task;
    private final Matrix scratch;

    /** @param scratch for gradients that are discarded: {@link Network#maxRows} × outputs */
    public Evaluator(ThreadTeam team, Network network, Loss loss, TaskOutputs task, Matrix scratch) {
        this.team = team;
        this.network = network;
        this.loss = loss;
        this.task = task;
        this.scratch = scratch;
    }

    /** @param cancellationCheck as in {@link #forEachBatch} */
    public Score score(ExampleSource examples, Runnable cancellationCheck) {
        ScoreKeeper keeper = task.scores(team);
        forEachBatch(examples, cancellationCheck, keeper::add);
        return keeper.score();
    }

    /** Runs examples through a trained model and measures its plain loss. */
    static void measure(
            TrainedModel model, ExampleSource examples, Runnable cancellationCheck, BatchConsumer consumer) {
        int batchSize = Math.max(1, Math.min(model.wiring().rowsWithin(Predictor.MAX_BATCH), examples.count()));
        int outputs = model.wiring().outputWidth();
        Matrix weights = model.weights();
        TaskOutputs task = TaskOutputs.of(model.target());
        Loss loss = task.plainLoss(outputs).build();
        try (Network network = new Network(model.wiring(), weights, batchSize, Network.Purpose.TRAINING);
                Matrix scratch = Matrix.zeros(weights.precision(), batchSize, outputs)) {
            new Evaluator(ThreadTeam.alone(weights.precision()), network, loss, task, scratch)
                    .forEachBatch(examples, cancellationCheck, consumer);
        }
    }

    /** @param cancellationCheck called before each batch; may throw to stop */
    private void forEachBatch(ExampleSource examples, Runnable cancellationCheck, BatchConsumer consumer) {
        try (ExampleSource.Reader reader = examples.reader(network.maxRows())) {
            for (int from = 0; from < examples.count(); from += network.maxRows()) {
                cancellationCheck.run();
                Examples batch = reader.range(from, Math.min(from + network.maxRows(), examples.count()));
                Matrix outputs = network.forward(batch.inputs());
                double meanLoss =
                        loss.evaluate(team, outputs, batch.targets(), batch.weights(), scratch.top(outputs.rows()));
                consumer.accept(outputs, batch.targets(), batch.weights(), meanLoss);
            }
        }
    }

    /** Receives the outputs, targets and weights of a batch, and its mean loss. */
    @FunctionalInterface
    interface BatchConsumer {
        void accept(Matrix outputs, Matrix targets, @Nullable Matrix weights, double meanLoss);
    }
}
