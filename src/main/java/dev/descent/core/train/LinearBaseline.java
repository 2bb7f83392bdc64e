package dev.descent.core.train;

import dev.descent.core.data.RandomStream;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Wiring;
import dev.descent.core.nn.optimizer.GradientRules;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.nn.optimizer.ScheduleSpec;
import dev.descent.core.train.evaluate.TrainedModel;
import dev.descent.core.train.examples.Examples;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.core.train.examples.Task;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The model that a network has to beat: linear in the same inputs, trained on the same rows. It is a network of one dense
 * layer, trained by Adam with a falling learning rate and a small penalty (λ₂ = 10⁻⁴) until it hardly moves. The same data
 * gives the same model, to the bit.
 */
public final class LinearBaseline {

    private static final double LEARNING_RATE = 0.02;
    private static final double L2 = 1e-4;
    private static final int STEPS = 1_500;
    private static final int MOST_EPOCHS = 500;
    private static final int LEAST_EPOCHS = 5;
    private static final int SMALL_BATCH = 32;
    private static final int BATCH = 256;
    private static final int MANY_ROWS = 10_000;

    /** Encoded numbers in memory. */
    private static final long MOST_NUMBERS = 20_000_000;

    /** Products in all passes forward. */
    private static final long MOST_PRODUCTS = 5_000_000_000L;

    private LinearBaseline() {}

    /**
     * A trained model while it is in memory.
     *
     * @param rows that it was trained on: all of the training part, or as many as are bearable, drawn at random
     */
    public record Trained(TrainedModel model, int rows, int epochs) {}

    /**
     * Trains on the training part and uses the result.
     *
     * @param data without level numbers among its inputs
     * @param cancellationCheck called before each batch; may throw to stop
     * @return null if so few rows are bearable that the result would say nothing
     */
    public static <T> @Nullable T use(PreparedData data, Runnable cancellationCheck, Function<Trained, T> use) {
        int[] train = data.split().train();
        Wiring wiring = NetworkSpec.sequence(List.of())
                .withOutput(data.target().outputs())
                .wire(data.columns());
        long products = (long) wiring.inputWidth() * wiring.outputWidth();
        int rows = (int) Math.min(
                train.length, Math.min(MOST_NUMBERS / wiring.inputWidth(), MOST_PRODUCTS / (LEAST_EPOCHS * products)));
        if (rows < Math.min(train.length, 10L * data.target().outputs())) {
            return null;
        }
        int batch = rows > MANY_ROWS ? BATCH : SMALL_BATCH;
        int stepsOfAnEpoch = (rows + batch - 1) / batch;
        int epochs = (int) Math.max(
                LEAST_EPOCHS,
                Math.min(Math.min(MOST_EPOCHS, STEPS / stepsOfAnEpoch), MOST_PRODUCTS / (products * rows)));
        Task task = Task.of(data.target());
        TrainingPlan plan = new TrainingPlan(
                wiring,
                task.defaultLoss(),
                new OptimizerSpec.AdamSpec(LEARNING_RATE, 0.9, 0.999, 1e-8),
                rules(epochs, batch),
                data.target());
        try (Examples examples = examples(data, train, rows, cancellationCheck);
                TrainingSession session = Engine.local().start(plan, examples, null)) {
            session.fit(new Listener(cancellationCheck));
            TrainedModel model =
                    new TrainedModel(wiring, session.state().bestWeights(), data.preprocessor(), data.target());
            return use.apply(new Trained(model, rows, epochs));
        }
    }

    private static Examples examples(PreparedData data, int[] train, int rows, Runnable cancellationCheck) {
        if (rows == train.length) {
            return data.encodeTraining(Precision.FLOAT32, cancellationCheck);
        }
        int[] drawn = train.clone();
        RandomStream.shuffle(drawn, RandomStream.SAMPLE.of(0));
        int[] some = Arrays.copyOf(drawn, rows);
        Arrays.sort(some);
        return data.encode(some, Precision.FLOAT32, cancellationCheck);
    }

    private static Hyperparameters rules(int epochs, int batch) {
        Hyperparameters plain = Hyperparameters.of(epochs, batch, 0);
        return new Hyperparameters(
                plain.epochs(),
                plain.steps(),
                plain.batchSize(),
                plain.sampling(),
                Shuffle.WHOLE,
                plain.seed(),
                0,
                L2,
                GradientRules.Regularized.WEIGHTS,
                null,
                null,
                null,
                ScheduleSpec.CosineSpec.DEFAULT,
                null);
    }

    private record Listener(Runnable check) implements TrainingListener {

        @Override
        public boolean beforeBatch(TrainingSession session) {
            check.run();
            return true;
        }

        @Override
        public void cancellationCheck() {
            check.run();
        }

        @Override
        public void onEpoch(EpochReport report, TrainingSession session) {
            // Nobody watches.
        }
    }
}
