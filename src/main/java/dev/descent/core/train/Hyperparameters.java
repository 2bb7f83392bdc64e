package dev.descent.core.train;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.data.RandomStream;
import dev.descent.core.nn.optimizer.GradientRules;
import dev.descent.core.nn.optimizer.ScheduleSpec;
import dev.descent.core.train.examples.ClassWeights;
import org.jspecify.annotations.Nullable;

/**
 * How long training lasts, in which batches and by which rules.
 *
 * @param epochs passes over the training part; null if {@code steps} is set
 * @param steps of the optimizer, instead of epochs
 * @param sampling how the examples of a batch are drawn
 * @param shuffle of the examples; null in jobs of versions that had no choice, and until the memory is known: whole
 * @param seed determines initial weights, example order and dropout
 * @param l1 λ₁ of the penalty λ₁ Σ |p|
 * @param l2 λ₂ of the penalty ½ λ₂ Σ p²
 * @param regularized what l1, l2 and weight decay apply to
 * @param gradientClipNorm the maximum norm over all gradients
 * @param gradientClipValue the maximum absolute value of a single gradient
 */
public record Hyperparameters(
        @Name("epochs") @Nullable @Bounds(min = 1, max = MAX_EPOCHS)
        Integer epochs,

        @Name("steps") @Nullable @Bounds(min = 1, max = 1e9) Long steps,
        @Name("batch_size") BatchSize batchSize,
        @Name("sampling") Sampling sampling,
        @Name("shuffle") @Nullable Shuffle shuffle,

        @Name("seed") @Bounds(min = -RandomStream.MAX_SEED, max = RandomStream.MAX_SEED)
        long seed,

        @Name("l1") @Bounds(min = 0, max = 1e3) double l1,
        @Name("l2") @Bounds(min = 0, max = 1e3) double l2,
        @Name("regularized") GradientRules.Regularized regularized,

        @Name("gradient_clip_norm") @Nullable @Bounds(min = 1e-9, max = 1e9)
        Double gradientClipNorm,

        @Name("gradient_clip_value") @Nullable @Bounds(min = 1e-9, max = 1e9)
        Double gradientClipValue,

        @Name("early_stopping") @Nullable EarlyStopping earlyStopping,
        @Name("learning_rate_schedule") ScheduleSpec learningRateSchedule,
        @Name("class_weights") @Nullable ClassWeights classWeights) {

    /** The number of epochs if neither epochs nor steps are set. */
    public static final int DEFAULT_EPOCHS = 100;

    public static final int MAX_EPOCHS = 100_000;

    public static final Hyperparameters DEFAULT = new Hyperparameters(
            null,
            null,
            new BatchSize(32),
            Sampling.SHUFFLE,
            null,
            0,
            0,
            0,
            GradientRules.Regularized.WEIGHTS,
            null,
            null,
            null,
            new ScheduleSpec.ConstantSpec(),
            null);

    /** The defaults except for these. */
    public static Hyperparameters of(int epochs, int batchSize, long seed) {
        return new Hyperparameters(
                epochs,
                null,
                new BatchSize(batchSize),
                DEFAULT.sampling,
                DEFAULT.shuffle,
                seed,
                DEFAULT.l1,
                DEFAULT.l2,
                DEFAULT.regularized,
                null,
                null,
                null,
                DEFAULT.learningRateSchedule,
                null);
    }

    /** The same with the default number of epochs filled in if neither epochs nor steps are set. */
    public Hyperparameters resolved() {
        return epochs != null || steps != null ? this : with(DEFAULT_EPOCHS, shuffle);
    }

    /** The same with another way to shuffle. */
    public Hyperparameters with(Shuffle other) {
        return with(epochs, other);
    }

    private Hyperparameters with(@Nullable Integer otherEpochs, @Nullable Shuffle otherShuffle) {
        return new Hyperparameters(
                otherEpochs,
                steps,
                batchSize,
                sampling,
                otherShuffle,
                seed,
                l1,
                l2,
                regularized,
                gradientClipNorm,
                gradientClipValue,
                earlyStopping,
                learningRateSchedule,
                classWeights);
    }

    /** The same for exactly so many epochs. */
    public Hyperparameters forEpochs(int exactly) {
        return new Hyperparameters(
                exactly,
                null,
                batchSize,
                sampling,
                shuffle,
                seed,
                l1,
                l2,
                regularized,
                gradientClipNorm,
                gradientClipValue,
                null,
                learningRateSchedule,
                classWeights);
    }

    public GradientRules gradientRules() {
        return new GradientRules(l1, l2, regularized, gradientClipNorm, gradientClipValue);
    }

    /** The number of steps in one pass over the training part; the last batch may be smaller. */
    public int stepsOfAnEpoch(int trainRows) {
        int batch = batchSize.within(trainRows);
        return (trainRows + batch - 1) / batch;
    }

    /** The number of rows in the last batch of an epoch; 0 if training ends before any such batch. */
    public int rowsOfLastBatch(int trainRows) {
        boolean isReached = steps == null || steps >= stepsOfAnEpoch(trainRows);
        int batch = batchSize.within(trainRows);
        return isReached ? trainRows - (stepsOfAnEpoch(trainRows) - 1) * batch : 0;
    }

    /** The number of steps in the whole training. */
    public long totalSteps(int trainRows) {
        return steps != null ? steps : (long) totalEpochs(trainRows) * stepsOfAnEpoch(trainRows);
    }

    /** The number of epochs started by the time all steps are done. */
    public int totalEpochs(int trainRows) {
        if (steps == null) {
            return epochs == null ? DEFAULT_EPOCHS : epochs;
        }
        long perEpoch = stepsOfAnEpoch(trainRows);
        return (int) Math.min(Integer.MAX_VALUE, (steps + perEpoch - 1) / perEpoch);
    }
}
