package dev.descent.core.train.evaluate;

import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.train.examples.Examples;

/** What the outputs of a network mean: all that differs from task to task once they are computed. */
public interface TaskOutputs {

    /** The only place that asks for the kind of a target. */
    static TaskOutputs of(TargetEncoder target) {
        return target.match(ClassificationOutputs::new, RegressionOutputs::new, ReconstructionOutputs::new);
    }

    /** Adds up a score batch by batch. */
    ScoreKeeper scores(ThreadTeam team);

    /** Reads predictions from what a network computes. */
    OutputReader reader(Network network);

    /** The loss by which a model is measured, however it was trained. */
    LossSpec plainLoss(int outputWidth);

    /** Measures a model. */
    Evaluation evaluate(Measurement measurement);

    /** The target with what is learnt of it by the trained model; most learn nothing. */
    TargetEncoder learn(Measurement trainingPart);

    /** Whether {@link #learn} needs the training part. */
    boolean learns();

    /**
     * The most heap that a training run needs to evaluate its model.
     *
     * @param trainRows of the training part
     * @param measuredParts the number of other parts
     */
    long evaluationHeap(int trainRows, int measuredParts);

    /**
     * One pass of a model over some examples. Every example counts the same, whatever weight it had in training.
     *
     * @param cancellationCheck runs before each batch, and may throw to end it all
     */
    record Measurement(TrainedModel model, Examples examples, Runnable cancellationCheck) {

        void forEachBatch(Evaluator.BatchConsumer consumer) {
            Evaluator.measure(model, new Examples(examples.inputs(), examples.targets()), cancellationCheck, consumer);
        }
    }
}
