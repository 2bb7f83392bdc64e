package dev.descent.core.train;

import static dev.descent.core.TestTraining.AMOUNT;
import static dev.descent.core.TestTraining.adam;
import static dev.descent.core.TestTraining.classes;
import static dev.descent.core.TestTraining.examples;
import static dev.descent.core.TestTraining.layers;
import static dev.descent.core.TestTraining.linear;
import static dev.descent.core.TestTraining.random;
import static dev.descent.core.TestTraining.sgd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.TestTables;
import dev.descent.core.TestTraining;
import dev.descent.core.TestTraining.Recorder;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Wiring;
import dev.descent.core.nn.layer.Initializer;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.GradientRules;
import dev.descent.core.nn.optimizer.ScheduleSpec;
import dev.descent.core.train.evaluate.Baseline;
import dev.descent.core.train.evaluate.Prediction;
import dev.descent.core.train.evaluate.TrainedModel;
import dev.descent.core.train.examples.ClassWeights;
import dev.descent.core.train.examples.DataViolation;
import dev.descent.core.train.examples.Examples;
import dev.descent.core.train.examples.InvalidDataException;
import dev.descent.core.train.examples.LearningTask;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.core.train.examples.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When training ends, how often it sees which examples, and how much each of them counts. */
class TrainingRulesTest {

    private static Hyperparameters rules(
            @Nullable Integer epochs,
            @Nullable Long steps,
            BatchSize batchSize,
            Sampling sampling,
            @Nullable EarlyStopping earlyStopping,
            ScheduleSpec schedule) {
        return new Hyperparameters(
                epochs,
                steps,
                batchSize,
                sampling,
                null,
                1,
                0,
                0,
                GradientRules.Regularized.WEIGHTS,
                null,
                null,
                earlyStopping,
                schedule,
                null);
    }

    private static TrainingPlan plan(Hyperparameters hyperparameters, TargetEncoder target, @Nullable Double seconds) {
        return new TrainingPlan(
                linear().withOutput(target.outputs()).wire(3),
                Task.of(target).defaultLoss(),
                sgd(0.05, 0),
                hyperparameters,
                target,
                1,
                seconds);
    }

    @Test
    void earlyStoppingEndsAfterSoManyEpochsWithoutAnImprovement() {
        // A loss of 0, reached in the first epoch, cannot be improved.
        Hyperparameters hyperparameters = rules(
                50, null, new BatchSize(4), Sampling.SHUFFLE, new EarlyStopping(3, 0), new ScheduleSpec.ConstantSpec());
        try (Examples train = examples(new double[8][3], new double[8]);
                TrainingSession trainer = new Trainer(plan(hyperparameters, AMOUNT, null), train, null)) {
            TrainingOutcome outcome = trainer.fit(new Recorder());

            assertThat(outcome.reason()).isEqualTo(TrainingOutcome.Reason.EARLY_STOPPING);
            assertThat(outcome.epoch()).isEqualTo(4);
            assertThat(outcome.bestEpoch()).isEqualTo(1);
        }
    }

    @Test
    void anImprovementBelowMinDeltaDoesNotCount() {
        Patience patience = new Patience(new EarlyStopping(2, 0.1));

        List<Boolean> exhausted = DoubleStream.of(1, 0.95, 0.85, 0.8, 0.76)
                .mapToObj(loss -> {
                    patience.observe(loss);
                    return patience.isExhausted();
                })
                .toList();

        assertThat(exhausted).containsExactly(false, false, false, false, true);
    }

    @Test
    void timeThatIsUpEndsTrainingWithTheBestWeightsSoFar() {
        Hyperparameters hyperparameters =
                rules(100_000, null, new BatchSize(4), Sampling.SHUFFLE, null, new ScheduleSpec.ConstantSpec());
        try (Examples train = random(40, 3, AMOUNT, 1);
                TrainingSession trainer = new Trainer(plan(hyperparameters, AMOUNT, 1e-9), train, null)) {
            TrainingOutcome outcome = trainer.fit(new Recorder());

            assertThat(outcome.reason()).isEqualTo(TrainingOutcome.Reason.MAX_RUNTIME);
            assertThat(outcome.epoch()).isOne();
            assertThat(outcome.step())
                    .as("a step at least, or there would be no weights")
                    .isOne();
            assertThat(outcome.bestEpoch()).isOne();
        }
    }

    @Test
    void stepsEndTrainingInTheMiddleOfAnEpoch() {
        Hyperparameters hyperparameters =
                rules(null, 7L, new BatchSize(4), Sampling.SHUFFLE, null, new ScheduleSpec.ConstantSpec());
        try (Examples train = random(10, 3, AMOUNT, 1);
                TrainingSession trainer = new Trainer(plan(hyperparameters, AMOUNT, null), train, null)) {
            Recorder recorder = new Recorder();
            TrainingOutcome outcome = trainer.fit(recorder);

            assertThat(outcome.reason()).isEqualTo(TrainingOutcome.Reason.COMPLETED);
            assertThat(recorder.reports.stream().map(EpochReport::step)).containsExactly(3L, 6L, 7L);
        }
    }

    @Test
    void allExamplesInOneBatchIsOneStepAnEpoch() {
        Hyperparameters hyperparameters =
                rules(5, null, BatchSize.ALL, Sampling.SHUFFLE, null, new ScheduleSpec.ConstantSpec());
        try (Examples train = random(300, 3, AMOUNT, 1);
                TrainingSession trainer = new Trainer(plan(hyperparameters, AMOUNT, null), train, null)) {
            assertThat(trainer.fit(new Recorder()).step()).isEqualTo(5);
        }
    }

    /** The output stays at 0, so the loss of an epoch is the mean of 4^i over the examples i that were drawn. */
    @Test
    void withReplacementSomeExamplesComeTwiceAndOthersNever() {
        int rows = 8;
        double[] targets =
                IntStream.range(0, rows).mapToDouble(row -> Math.pow(2, row)).toArray();
        double once =
                Arrays.stream(targets).map(target -> target * target).average().orElseThrow();
        for (Sampling sampling : Sampling.values()) {
            Hyperparameters hyperparameters =
                    rules(1, null, new BatchSize(1), sampling, null, new ScheduleSpec.ConstantSpec());
            TrainingPlan plan = new TrainingPlan(
                    NetworkSpec.sequence(List.of(
                                    new LayerSpec.DenseSpec(1, false, Initializer.HE_UNIFORM),
                                    new LayerSpec.ReluSpec()))
                            .withOutput(1)
                            .wire(1),
                    new LossSpec.MeanSquaredErrorSpec(),
                    sgd(1e-10, 0),
                    hyperparameters,
                    AMOUNT);
            try (Examples train = examples(new double[rows][1], targets);
                    TrainingSession trainer = new Trainer(plan, train, null)) {
                Recorder recorder = new Recorder();
                trainer.fit(recorder);
                double loss = recorder.reports.get(0).train().loss();
                if (sampling == Sampling.SHUFFLE) {
                    assertThat(loss).isCloseTo(once, within(0.01));
                } else {
                    assertThat(Math.abs(loss - once)).isGreaterThan(1);
                }
            }
        }
    }

    /**
     * The output stays near 0, so the total loss is Σ 16^i over the drawn examples i, which reveals how often each was
     * drawn.
     */
    @Test
    void withReplacementThereAreAsManyDrawsAsExamplesFromAllOfThem() {
        int rows = 6;
        double[] targets =
                IntStream.range(0, rows).mapToDouble(row -> Math.pow(4, row)).toArray();
        Hyperparameters hyperparameters =
                rules(30, null, new BatchSize(1), Sampling.WITH_REPLACEMENT, null, new ScheduleSpec.ConstantSpec());
        TrainingPlan plan = new TrainingPlan(
                linear().withOutput(1).wire(1),
                new LossSpec.MeanSquaredErrorSpec(),
                sgd(1e-10, 0),
                hyperparameters,
                AMOUNT);
        try (Examples train = examples(new double[rows][1], targets);
                TrainingSession trainer = new Trainer(plan, train, null)) {
            Recorder recorder = new Recorder();
            trainer.fit(recorder);
            int[] drawn = new int[rows];
            for (EpochReport report : recorder.reports) {
                long sum = Math.round(report.train().loss() * rows);
                int draws = 0;
                for (int row = 0; row < rows; row++) {
                    int times = (int) (sum >> 4 * row & 15);
                    drawn[row] += times;
                    draws += times;
                }
                assertThat(draws).isEqualTo(rows);
            }
            assertThat(drawn).doesNotContain(0);
        }
    }

    @Test
    void theScheduleSetsTheRateOfEachEpoch() {
        Hyperparameters hyperparameters =
                rules(4, null, new BatchSize(4), Sampling.SHUFFLE, null, new ScheduleSpec.ExponentialSpec(0.5));
        try (Examples train = random(10, 3, AMOUNT, 1);
                TrainingSession trainer = new Trainer(plan(hyperparameters, AMOUNT, null), train, null)) {
            Recorder recorder = new Recorder();
            trainer.fit(recorder);

            assertThat(recorder.reports.stream().map(EpochReport::learningRate))
                    .containsExactly(0.05, 0.025, 0.0125, 0.00625);
        }
    }

    /**
     * No epoch after the first improves a loss of 0: each halves the rate of the next, and the third of them is the
     * last.
     */
    @Test
    void aResumedRunRemembersHowLongTheLossDidNotImprove() {
        ScheduleSpec plateau = new ScheduleSpec.ReduceOnPlateauSpec(0.5, 0, 0, 0, 0);
        EarlyStopping stopping = new EarlyStopping(3, 0);
        try (Examples train = examples(new double[8][3], new double[8]);
                TrainingSession first = new Trainer(
                        plan(rules(2, null, new BatchSize(4), Sampling.SHUFFLE, stopping, plateau), AMOUNT, null),
                        train,
                        null);
                TrainingSession second = new Trainer(
                        plan(rules(50, null, new BatchSize(4), Sampling.SHUFFLE, stopping, plateau), AMOUNT, null),
                        train,
                        null)) {
            first.fit(new Recorder());
            second.resume(first.state());
            Recorder resumed = new Recorder();
            TrainingOutcome outcome = second.fit(resumed);

            assertThat(outcome.reason()).isEqualTo(TrainingOutcome.Reason.EARLY_STOPPING);
            assertThat(resumed.reports.stream().map(EpochReport::epoch)).containsExactly(3, 4);
            assertThat(resumed.reports.stream().map(EpochReport::learningRate)).containsExactly(0.025, 0.0125);
        }
    }

    @Test
    void theTimeBeforeAResumeCounts() {
        Hyperparameters hyperparameters =
                rules(5, null, new BatchSize(4), Sampling.SHUFFLE, null, new ScheduleSpec.ConstantSpec());
        try (Examples train = random(8, 3, AMOUNT, 1);
                TrainingSession trainer = new Trainer(plan(hyperparameters, AMOUNT, 1e6), train, null);
                TrainingSession resumed = new Trainer(plan(hyperparameters, AMOUNT, 1e6), train, null)) {
            TrainingState fresh = trainer.state();
            resumed.resume(new TrainingState(
                    fresh.epoch(),
                    fresh.step(),
                    fresh.weights(),
                    fresh.moments(),
                    fresh.bestEpoch(),
                    fresh.bestLoss(),
                    fresh.bestWeights(),
                    fresh.partialEpoch(),
                    new TrainingState.Memory(
                            fresh.memory().schedule(), fresh.memory().patience(), 1e6)));

            assertThat(resumed.fit(new Recorder()).reason()).isEqualTo(TrainingOutcome.Reason.MAX_RUNTIME);
            assertThat(trainer.fit(new Recorder()).reason()).isEqualTo(TrainingOutcome.Reason.COMPLETED);
        }
    }

    @Test
    void oneCycleRisesToTheRateAndEndsFarBelowItsStart() {
        var schedule = new ScheduleSpec.OneCycleSpec(0.3, 25, 1e4).build();
        double[] rates = IntStream.range(0, 100)
                .mapToDouble(epoch -> schedule.rate(1, epoch, 100))
                .toArray();

        assertThat(rates[0]).isCloseTo(1.0 / 25, within(1e-12));
        assertThat(rates[29]).isCloseTo(1, within(1e-12));
        assertThat(rates[99]).isCloseTo(1.0 / 25 / 1e4, within(1e-12));
        assertThat(rates[64]).isCloseTo((1 + rates[99]) / 2, within(1e-9));
        assertThat(schedule.rate(1, 0, 1)).isBetween(0.0, 1.0);
    }

    @Test
    void balancedWeightsMakeEveryClassCountTheSame() {
        assertThat(ClassWeights.BALANCED.weights(List.of("a", "b"), new long[] {90, 10}))
                .containsExactly(100 / 180.0, 5);
        assertThat(new ClassWeights(false, Map.of("b", 3.0)).weights(List.of("a", "b"), new long[] {90, 10}))
                .containsExactly(1, 3);
    }

    @Test
    void rowsOfWeightNoughtTeachNothing() {
        double[] x = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        double[] y = {0, 2, 4, 6, 8, 999, 999, 999, 999, 999};
        double[] weights = {1, 1, 1, 1, 1, 0, 0, 0, 0, 0};
        Table table = TestTables.table(
                TestTables.numbers("x", x), TestTables.numbers("y", y), TestTables.numbers("w", weights));
        LearningTask task = new LearningTask(
                List.of("y"),
                Task.REGRESSION,
                List.of("x"),
                new SplitSpec.RandomSpec(1, 0, 0, false, 0),
                PreprocessingSpec.DEFAULT,
                Set.of(),
                "w",
                null);

        List<Prediction> predictions = fit(table, task, linear(), 2_000);

        for (int row = 0; row < 5; row++) {
            assertThat(((Prediction.Regression) predictions.get(row)).values()[0])
                    .isCloseTo(2 * x[row], within(1.0));
        }
    }

    @Test
    void aWeightBelowNoughtIsRefused() {
        Table table = TestTables.table(
                TestTables.numbers("x", 1, 2, 3), TestTables.numbers("y", 1, 2, 3), TestTables.numbers("w", 1, -1, 1));
        LearningTask task = new LearningTask(
                List.of("y"),
                Task.REGRESSION,
                List.of("x"),
                new SplitSpec.RandomSpec(1, 0, 0, false, 0),
                PreprocessingSpec.DEFAULT,
                Set.of(),
                "w",
                null);

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> PreparedData.prepare(table, task))
                .satisfies(
                        invalid -> assertThat(invalid.violations())
                                .containsExactly(
                                        new DataViolation(
                                                "weight_column",
                                                "\"w\" goes down to -1.0; accepted: a number from 0 to 1e+12 in every row, above 0 in some")));
    }

    @Test
    void severalTargetsComeBackInTheirOwnUnits() {
        double[] x = IntStream.range(0, 30).asDoubleStream().toArray();
        Table table = TestTables.table(
                TestTables.numbers("x", x),
                TestTables.numbers(
                        "large", Arrays.stream(x).map(v -> 1e6 + 1_000 * v).toArray()),
                TestTables.numbers(
                        "small", Arrays.stream(x).map(v -> -0.001 * v).toArray()));
        LearningTask task = new LearningTask(
                List.of("large", "small"),
                Task.REGRESSION,
                List.of("x"),
                new SplitSpec.RandomSpec(1, 0, 0, false, 0),
                PreprocessingSpec.DEFAULT,
                Set.of(),
                null,
                null);

        List<Prediction> predictions = fit(table, task, linear(), 500);

        for (int row = 0; row < 30; row++) {
            Prediction.Regression amounts = (Prediction.Regression) predictions.get(row);
            assertThat(amounts.names()).containsExactly("large", "small");
            assertThat(amounts.values()[0]).isCloseTo(1e6 + 1_000 * x[row], within(20.0));
            assertThat(amounts.values()[1]).isCloseTo(-0.001 * x[row], within(2e-5));
        }
    }

    @Test
    void anAutoencoderGivesWhatItKnowsBackAndFlagsWhatItDoesNot() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] columns = new double[4][200];
        for (int row = 0; row < 200; row++) {
            double hidden = random.nextDouble(-1, 1);
            for (int column = 0; column < 4; column++) {
                columns[column][row] = (column + 1) * hidden + random.nextDouble(-0.01, 0.01);
            }
        }
        // The last row breaks the rule that all columns follow one latent number.
        columns[0][199] = -columns[0][199] + 1;
        Table table = TestTables.table(
                TestTables.numbers("a", columns[0]),
                TestTables.numbers("b", columns[1]),
                TestTables.numbers("c", columns[2]),
                TestTables.numbers("d", columns[3]));
        LearningTask task = new LearningTask(
                List.of(),
                Task.AUTOENCODER,
                List.of("a", "b", "c", "d"),
                new SplitSpec.RandomSpec(1, 0, 0, false, 0),
                PreprocessingSpec.DEFAULT,
                Set.of(),
                null,
                null);

        List<Prediction> predictions =
                fit(table, task, layers(new LayerSpec.DenseSpec(1), new LayerSpec.TanhSpec()), 400);

        Prediction.Reconstruction odd = (Prediction.Reconstruction) predictions.get(199);
        assertThat(odd.anomaly()).isTrue();
        assertThat(odd.embedding()).hasSize(1);
        long anomalies = predictions.stream()
                .filter(prediction -> ((Prediction.Reconstruction) prediction).anomaly())
                .count();
        assertThat(anomalies).isBetween(1L, 3L);
        assertThat(predictions.subList(0, 199))
                .allSatisfy(prediction -> assertThat(((Prediction.Reconstruction) prediction).error())
                        .isLessThan(odd.error()));
    }

    @Test
    void theBaselineIsTheLossOfTheBestConstant() {
        TargetEncoder target = classes(2);
        try (Examples some = examples(new double[10][1], new double[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 1});
                Examples amounts = examples(new double[4][1], new double[] {0, 0, 0, 4})) {
            double entropy = -0.8 * Math.log(0.8) - 0.2 * Math.log(0.2);
            assertThat(Baseline.loss(LossSpec.SoftmaxCrossEntropySpec.DEFAULT, some, target.outputs()))
                    .isCloseTo(entropy, within(1e-6));
            assertThat(Baseline.loss(new LossSpec.BinaryCrossEntropySpec(), some, 1))
                    .isCloseTo(entropy, within(1e-6));
            assertThat(Baseline.loss(new LossSpec.MeanSquaredErrorSpec(), amounts, 1))
                    .isCloseTo(3, within(1e-6));
            assertThat(Baseline.loss(new LossSpec.MeanAbsoluteErrorSpec(), amounts, 1))
                    .isCloseTo(1, within(1e-6));
        }
    }

    private static List<Prediction> fit(Table table, LearningTask task, NetworkSpec network, int epochs) {
        PreparedData data = PreparedData.prepare(table, task);
        Wiring wiring = network.withOutput(data.target().outputs()).wire(data.columns());
        TrainingPlan plan = new TrainingPlan(
                wiring, task.task().defaultLoss(), adam(0.02), Hyperparameters.of(epochs, 16, 1), data.target());
        try (Examples train = data.encode(data.split().train(), Precision.FLOAT32);
                TrainingSession trainer = new Trainer(plan, train, null)) {
            trainer.fit(new Recorder());
            return new TrainedModel(wiring, trainer.state().bestWeights(), data.preprocessor(), data.target())
                    .withThreshold(train, TestTraining.NEVER_CANCELLED)
                    .predict(table, Preprocessor.FindingListener.NONE);
        }
    }
}
