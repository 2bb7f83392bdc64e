package dev.descent.core.train.evaluate;

import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.train.examples.ExampleSource;

/** The meaning of a network's outputs: everything that depends on the task once they are computed. */
public interface TaskOutputs {

    /** The only place that dispatches on the kind of a target. */
    static TaskOutputs of(TargetEncoder target) {
        return target.match(ClassificationOutputs::new, RegressionOutputs::new, ReconstructionOutputs::new);
    }

    /** Accumulates a score batch by batch. */
    ScoreKeeper scores(ThreadTeam team);

    /** Decodes predictions from what a network computes. */
    OutputReader reader(Network network);

    /** How many numbers {@link #keep} keeps of a prediction. */
    int keptNumbers(int outputWidth);

    /**
     * Keeps what a prediction is decoded from.
     *
     * @param targets of the batch that the outputs belong to
     */
    void keep(Matrix targets, Matrix outputs, int row, NumberSink sink);

    /** The prediction that was kept, without an embedding; the numbers are a single row. */
    Prediction kept(Matrix numbers);

    /** Takes one number after another. */
    @FunctionalInterface
    interface NumberSink {
        void put(float number);

        /** Puts a row of a matrix. */
        default void putRow(Matrix matrix, int row) {
            for (int column = 0; column < matrix.columns(); column++) {
                put((float) matrix.get(row, column));
            }
        }
    }

    /** The loss that a model is measured by, however it was trained. */
    LossSpec plainLoss(int outputWidth);

    /** Measures a model. */
    Evaluation evaluate(Measurement measurement);

    /** The target including what is learnt from the trained model, usually nothing. */
    TargetEncoder learn(Measurement trainingPart);

    /** Whether {@link #learn} needs the training part. */
    boolean learns();

    /**
     * The peak heap that a training run needs to evaluate its model.
     *
     * @param trainRows of the training part
     * @param measuredParts the number of other parts
     */
    long evaluationHeap(int trainRows, int measuredParts);

    /**
     * One pass of a model over some examples. Every example counts equally, whatever its weight in training.
     *
     * @param cancellationCheck called before each batch; may throw to stop
     */
    record Measurement(TrainedModel model, ExampleSource examples, Runnable cancellationCheck) {

        void forEachBatch(Evaluator.BatchConsumer consumer) {
            Evaluator.measure(model, examples.unweighted(), cancellationCheck, consumer);
        }
    }
}
