package dev.descent.core.train.evaluate;

import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.train.examples.Examples;
import org.jspecify.annotations.Nullable;

/** Runs examples through a network without learning from them. */
public final class Evaluator {

    private final ThreadTeam team;
    private final Network network;
    private final Loss loss;
    private final TargetEncoder target;
    private final Matrix scratch;

    /** @param scratch for gradients that nobody reads: {@link Network#maxRows} × outputs */
    public Evaluator(ThreadTeam team, Network network, Loss loss, TargetEncoder target, Matrix scratch) {
        this.team = team;
        this.network = network;
        this.loss = loss;
        this.target = target;
        this.scratch = scratch;
    }

    /** @param cancellationCheck as in {@link #forEachBatch} */
    public Score score(Examples examples, Runnable cancellationCheck) {
        ScoreKeeper keeper = ScoreKeeper.of(team, target);
        forEachBatch(examples, cancellationCheck, keeper::add);
        return keeper.score();
    }

    /** @param cancellationCheck runs before each batch, and may throw to end it all */
    void forEachBatch(Examples examples, Runnable cancellationCheck, BatchConsumer consumer) {
        for (int from = 0; from < examples.count(); from += network.maxRows()) {
            cancellationCheck.run();
            Examples batch = examples.range(from, Math.min(from + network.maxRows(), examples.count()));
            Matrix outputs = network.forward(batch.inputs());
            double meanLoss =
                    loss.evaluate(team, outputs, batch.targets(), batch.weights(), scratch.top(outputs.rows()));
            consumer.accept(outputs, batch.targets(), batch.weights(), meanLoss);
        }
    }

    /** Takes the outputs, targets and weights of a batch, and the mean loss. */
    @FunctionalInterface
    interface BatchConsumer {
        void accept(Matrix outputs, Matrix targets, @Nullable Matrix weights, double meanLoss);
    }
}
