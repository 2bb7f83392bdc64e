package dev.descent.core.train;

import static dev.descent.core.TestTraining.AMOUNT;
import static dev.descent.core.TestTraining.adam;
import static dev.descent.core.TestTraining.classes;
import static dev.descent.core.TestTraining.examples;
import static dev.descent.core.TestTraining.layers;
import static dev.descent.core.TestTraining.linear;
import static dev.descent.core.TestTraining.node;
import static dev.descent.core.TestTraining.plan;
import static dev.descent.core.TestTraining.random;
import static dev.descent.core.TestTraining.sgd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.evaluate.Evaluation;
import dev.descent.core.train.evaluate.NamedWeights;
import dev.descent.core.train.evaluate.Prediction;
import dev.descent.core.train.evaluate.Score;
import dev.descent.core.train.evaluate.TrainedModel;
import dev.descent.core.train.examples.Examples;
import dev.descent.core.train.examples.LearningTask;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.core.train.examples.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

    private static final LayerSpec DENSE = new LayerSpec.DenseSpec(16);
    private static final NetworkSpec NETWORK = layers(DENSE, new LayerSpec.TanhSpec());

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of("linear", linear()),
                Arguments.of("dense", layers(DENSE)),
                Arguments.of("relu", layers(DENSE, new LayerSpec.ReluSpec())),
                Arguments.of("sigmoid", layers(DENSE, new LayerSpec.SigmoidSpec())),
                Arguments.of("tanh", layers(DENSE, new LayerSpec.TanhSpec())),
                Arguments.of("leaky_relu", layers(DENSE, LayerSpec.LeakyReluSpec.DEFAULT)),
                Arguments.of("elu", layers(DENSE, LayerSpec.EluSpec.DEFAULT)),
                Arguments.of("gelu", layers(DENSE, new LayerSpec.GeluSpec())),
                Arguments.of("softplus", layers(DENSE, new LayerSpec.SoftplusSpec())),
                Arguments.of("swish", layers(DENSE, new LayerSpec.SwishSpec())),
                Arguments.of("batch_normalization", layers(DENSE, LayerSpec.BatchNormalizationSpec.DEFAULT)),
                Arguments.of("layer_normalization", layers(DENSE, LayerSpec.LayerNormalizationSpec.DEFAULT)),
                Arguments.of("dropout", layers(DENSE, new LayerSpec.DropoutSpec(0.05))),
                Arguments.of(
                        "concatenate and columns",
                        new NetworkSpec(
                                List.of(
                                        node("first", new LayerSpec.ColumnsSpec(List.of("0", "1")), "input"),
                                        node("stem", DENSE, "first"),
                                        node("all", new LayerSpec.ConcatenateSpec(), "stem", "input")),
                                "all")),
                Arguments.of(
                        "add",
                        new NetworkSpec(
                                List.of(
                                        node("stem", DENSE, "input"),
                                        node("bent", new LayerSpec.TanhSpec(), "stem"),
                                        node("sum", new LayerSpec.AddSpec(), "bent", "stem")),
                                "sum")),
                Arguments.of(
                        "multiply",
                        new NetworkSpec(
                                List.of(
                                        node("stem", DENSE, "input"),
                                        node("gate", new LayerSpec.SigmoidSpec(), "stem"),
                                        node("gated", new LayerSpec.MultiplySpec(), "stem", "gate")),
                                "gated")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void everyKindOfLayerLearnsAFewExamplesByHeart(String name, NetworkSpec network) {
        for (TargetEncoder target : List.of(classes(3), AMOUNT)) {
            // No more examples than a linear model with three inputs has parameters.
            try (Examples train = random(4, 3, target, 1);
                    TrainingSession trainer =
                            new Trainer(plan(network, 3, adam(0.05), 1_000, 4, 0, target), train, null)) {
                Recorder recorder = new Recorder();
                trainer.fit(recorder);
                Score last = recorder.reports.get(999).train();
                assertThat(recorder.reports.get(0).train().loss()).isGreaterThan(0.1);
                assertThat(last.loss()).isLessThan(0.01);
                if (target == AMOUNT) {
                    assertThat(last.value("r2")).isGreaterThan(0.99);
                } else {
                    assertThat(last.value("accuracy")).isEqualTo(1);
                }
            }
        }
    }

    /**
     * The categorical column is the only informative one; level indexes mistaken for numbers would fit neither target.
     */
    @ParameterizedTest
    @EnumSource(
            value = Task.class,
            names = {"CLASSIFICATION", "REGRESSION"})
    void anEmbeddingAloneLearnsAFewLevelsByHeart(Task task) {
        Table table = TestTables.table(
                TestTables.levels("kind", "a", "b", "c", "d", "e", "f"),
                task == Task.CLASSIFICATION
                        ? TestTables.levels("y", "u", "v", "w", "u", "w", "v")
                        : TestTables.numbers("y", 3, -1, 4, -1, 5, -9));
        LearningTask learning = new LearningTask(
                List.of("y"),
                task,
                List.of("kind"),
                new SplitSpec.RandomSpec(1, 0, 0, false, 0),
                PreprocessingSpec.DEFAULT,
                Set.of("kind"),
                null,
                null);
        PreparedData data = PreparedData.prepare(table, learning);
        Wiring wiring = layers(new LayerSpec.EmbeddingSpec(4, null))
                .withOutput(data.target().outputs())
                .wire(data.columns());
        TrainingPlan plan =
                new TrainingPlan(wiring, task.defaultLoss(), adam(0.05), Hyperparameters.of(500, 6, 0), data.target());
        try (Examples train = data.encode(data.split().train(), Precision.FLOAT32);
                TrainingSession trainer = new Trainer(plan, train, null)) {
            Recorder recorder = new Recorder();
            trainer.fit(recorder);

            assertThat(recorder.reports.get(0).train().loss()).isGreaterThan(0.9);
            assertThat(recorder.reports.get(499).train().loss()).isLessThan(0.002);
            // 6 levels have a row of 4 numbers each; the seventh is for levels that training did not see.
            assertThat(Arrays.copyOfRange(recorder.weights.get(499), 24, 28)).containsOnly(0);
        }
    }

    @Test
    void aColumnThatIsAlwaysNoughtStartsWithoutAWeight() {
        try (Examples train = examples(new double[][] {{1, 0, 0}, {2, 0, 3}}, new double[] {1, 2});
                TrainingSession trainer = new Trainer(plan(linear(), 3, adam(0.01), 1, 2, 0, AMOUNT), train, null)) {
            double[] weights = trainer.state().weights().toArray();
            assertThat(weights[0]).isNotZero();
            assertThat(weights[1]).isZero();
            assertThat(weights[2]).isNotZero();
        }
    }

    /**
     * The output stays at 0, so the losses are the squares of the targets: 1, 2, 4 … 2048. Twelve of them add up to
     * 4095 only if each occurs once. The mean over the batches of 5, 5 and 2 would depend on the order.
     */
    @Test
    void theLossOfAnEpochIsTheMeanOverTheExamplesEachOfThemOnce() {
        int rows = 12;
        double[] targets =
                IntStream.range(0, rows).mapToDouble(row -> Math.sqrt(1 << row)).toArray();
        try (Examples train = examples(new double[rows][1], targets);
                TrainingSession trainer = new Trainer(
                        plan(linear(), 1, sgd(OptimizerSpec.MIN_LEARNING_RATE, 0), 10, 5, 0, AMOUNT), train, train)) {
            Recorder recorder = new Recorder();
            trainer.fit(recorder);
            assertThat(recorder.reports)
                    .extracting(EpochReport::step)
                    .containsExactly(3L, 6L, 9L, 12L, 15L, 18L, 21L, 24L, 27L, 30L);
            for (EpochReport report : recorder.reports) {
                for (Score score : List.of(report.train(), report.validation())) {
                    assertThat(score.loss()).isCloseTo(4095.0 / rows, within(1e-3));
                    assertThat(score.value("rmse")).isCloseTo(Math.sqrt(4095.0 / rows), within(1e-3));
                    assertThat(score.value("accuracy")).isNull();
                }
            }
        }
    }

    /** Only the bias learns. Its final value reveals in which order it saw the targets. */
    @Test
    void everyEpochVisitsAllExamplesInAnOrderOfItsOwn() {
        List<List<Integer>> orders = orders(0, 1);
        assertThat(orders).hasSize(6);
        assertThat(new HashSet<>(orders)).hasSizeGreaterThan(3);
        assertThat(orders(0, 1)).isEqualTo(orders);
        assertThat(orders(1, 1)).isNotEqualTo(orders);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void theLastBatchOfAnEpochMayBeSmaller(int batchSize) {
        orders(3, batchSize);
    }

    private static final double[] TARGETS = {1.013, -0.377, 2.921, 0.053, -1.619};

    /** For each of six epochs, the only order of the examples that explains the resulting bias. */
    private static List<List<Integer>> orders(long seed, int batchSize) {
        double learningRate = 0.25;
        try (Examples train = examples(new double[TARGETS.length][1], TARGETS);
                TrainingSession trainer =
                        new Trainer(plan(linear(), 1, sgd(learningRate, 0), 6, batchSize, seed, AMOUNT), train, null)) {
            Recorder recorder = new Recorder();
            trainer.fit(recorder);
            double bias = 0;
            List<List<Integer>> orders = new ArrayList<>();
            for (double[] weights : recorder.weights) {
                double before = bias;
                double after = weights[weights.length - 1];
                List<List<Integer>> explanations = permutations(TARGETS.length).stream()
                        .filter(order -> Math.abs(biasAfter(before, order, batchSize, learningRate) - after) < 2e-6)
                        .toList();
                assertThat(explanations).isNotEmpty();
                if (batchSize == 1) {
                    assertThat(explanations).hasSize(1);
                }
                orders.add(explanations.get(0));
                bias = after;
            }
            return orders;
        }
    }

    private static double biasAfter(double bias, List<Integer> order, int batchSize, double learningRate) {
        double b = bias;
        for (int from = 0; from < order.size(); from += batchSize) {
            double now = b;
            b -= learningRate
                    * order.subList(from, Math.min(from + batchSize, order.size())).stream()
                            .mapToDouble(row -> 2 * (now - TARGETS[row]))
                            .average()
                            .orElseThrow();
        }
        return b;
    }

    private static List<List<Integer>> permutations(int count) {
        List<List<Integer>> all = List.of(List.of());
        for (int number = 0; number < count; number++) {
            int next = number;
            all = all.stream()
                    .flatMap(shorter -> IntStream.rangeClosed(0, shorter.size()).mapToObj(index -> {
                        List<Integer> longer = new ArrayList<>(shorter);
                        longer.add(index, next);
                        return longer;
                    }))
                    .map(List::copyOf)
                    .toList();
        }
        return all;
    }

    @Test
    void theSameSeedGivesTheSameWeightsToTheBitAndAnotherDoesNot() {
        assertThat(weights(adam(0.01), 7)).containsExactly(weights(adam(0.01), 7));
        assertThat(weights(adam(0.01), 8)).isNotEqualTo(weights(adam(0.01), 7));
    }

    private static double[] weights(OptimizerSpec optimizer, long seed) {
        TargetEncoder target = classes(3);
        try (Examples train = random(50, 4, target, 1);
                TrainingSession trainer = new Trainer(plan(NETWORK, 4, optimizer, 3, 8, seed, target), train, null)) {
            trainer.fit(new Recorder());
            return trainer.state().weights().toArray();
        }
    }

    static Stream<OptimizerSpec> optimizers() {
        return Stream.of(sgd(0.1, 0), sgd(0.1, 0.9), adam(0.01));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aResumedRunEndsAsTheUndisturbedOneToTheBit(OptimizerSpec optimizer) {
        TargetEncoder target = classes(3);
        try (Examples train = random(50, 4, target, 1);
                Examples validation = random(20, 4, target, 2);
                TrainingSession whole = new Trainer(plan(NETWORK, 4, optimizer, 6, 8, 5, target), train, validation);
                TrainingSession first = new Trainer(plan(NETWORK, 4, optimizer, 3, 8, 5, target), train, validation);
                TrainingSession second = new Trainer(plan(NETWORK, 4, optimizer, 6, 8, 5, target), train, validation)) {
            Recorder undisturbed = new Recorder();
            TrainingOutcome expected = whole.fit(undisturbed);
            first.fit(new Recorder());
            second.resume(TestTraining.copy(first.state()));
            Recorder resumed = new Recorder();

            assertThat(second.fit(resumed)).isEqualTo(expected);

            assertThat(resumed.weights).containsExactlyElementsOf(undisturbed.weights.subList(3, 6));
            assertThat(resumed.reports)
                    .usingRecursiveComparison()
                    .ignoringFields("samplesPerSecond")
                    .isEqualTo(undisturbed.reports.subList(3, 6));
            assertThat(second.state().bestWeights().toArray())
                    .containsExactly(whole.state().bestWeights().toArray());
            assertThat(moments(second)).isDeepEqualTo(moments(whole));
            assertThat(whole.state().moments()).hasSize(optimizer.momentCount());
        }
    }

    private static double[][] moments(TrainingSession trainer) {
        return trainer.state().moments().stream()
                .map(moment -> moment.toArray())
                .toArray(double[][]::new);
    }

    @Test
    void theStateOfAnotherNetworkOrOptimizerIsRefused() {
        try (Examples train = random(10, 4, AMOUNT, 1);
                TrainingSession trainer = new Trainer(plan(NETWORK, 4, adam(0.01), 6, 8, 5, AMOUNT), train, null);
                TrainingSession other = new Trainer(plan(linear(), 4, adam(0.01), 6, 8, 5, AMOUNT), train, null);
                TrainingSession momentless =
                        new Trainer(plan(NETWORK, 4, sgd(0.01, 0), 6, 8, 5, AMOUNT), train, null)) {
            assertThatIllegalArgumentException().isThrownBy(() -> trainer.resume(other.state()));
            assertThatIllegalArgumentException().isThrownBy(() -> trainer.resume(momentless.state()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theBestWeightsAreThoseOfTheEpochWithTheLeastLoss(boolean validates) {
        // Random targets: whatever is learnt from one part makes the other worse, and large steps make the losses jump.
        try (Examples train = random(30, 4, AMOUNT, 1);
                Examples validation = random(30, 4, AMOUNT, 2);
                TrainingSession trainer = new Trainer(
                        plan(NETWORK, 4, sgd(0.3, 0), 40, 4, 5, AMOUNT), train, validates ? validation : null)) {
            Recorder recorder = new Recorder();
            TrainingOutcome outcome = trainer.fit(recorder);
            int best = 0;
            for (int i = 1; i < 40; i++) {
                best = loss(recorder, i, validates) < loss(recorder, best, validates) ? i : best;
            }
            assertThat(best).as("a test of the last epoch would show little").isLessThan(39);
            assertThat(outcome.bestEpoch()).isEqualTo(best + 1);
            assertThat(outcome.bestLoss()).isEqualTo(loss(recorder, best, validates));
            assertThat(trainer.state().bestWeights().toArray()).containsExactly(recorder.weights.get(best));
            assertThat(named(trainer)).containsExactly(recorder.weights.get(best));
        }
    }

    @Test
    void theBestEpochBeforeAResumeStaysTheBestWhereNoneAfterItIsBetter() {
        try (Examples train = random(30, 4, AMOUNT, 1);
                Examples validation = random(30, 4, AMOUNT, 2);
                TrainingSession whole =
                        new Trainer(plan(NETWORK, 4, sgd(0.3, 0), 40, 4, 5, AMOUNT), train, validation);
                TrainingSession first =
                        new Trainer(plan(NETWORK, 4, sgd(0.3, 0), 39, 4, 5, AMOUNT), train, validation);
                TrainingSession second =
                        new Trainer(plan(NETWORK, 4, sgd(0.3, 0), 40, 4, 5, AMOUNT), train, validation)) {
            TrainingOutcome expected = whole.fit(new Recorder());
            assertThat(expected.bestEpoch()).isLessThan(40);
            first.fit(new Recorder());
            second.resume(TestTraining.copy(first.state()));

            assertThat(second.fit(new Recorder())).isEqualTo(expected);
            assertThat(named(second)).containsExactly(named(whole));
        }
    }

    private static double loss(Recorder recorder, int i, boolean validation) {
        EpochReport report = recorder.reports.get(i);
        return validation ? report.validation().loss() : report.train().loss();
    }

    private static double[] named(TrainingSession trainer) {
        assertThat(trainer.bestWeights())
                .extracting(NamedWeights::name)
                .containsExactly("layer0.weight", "layer0.bias", "output.weight", "output.bias");
        return trainer.bestWeights().stream()
                .flatMapToDouble(part -> Arrays.stream(part.values().toArray()))
                .toArray();
    }

    @Test
    void divergenceEndsTrainingAndLeavesTheBestWeightsAlone() {
        try (Examples train = random(30, 4, AMOUNT, 1);
                TrainingSession trainer =
                        new Trainer(plan(linear(), 4, sgd(3, 0), 1_000, 30, 5, AMOUNT), train, train)) {
            Recorder recorder = new Recorder();
            TrainingOutcome outcome = trainer.fit(recorder);
            assertThat(outcome.reason()).isEqualTo(TrainingOutcome.Reason.DIVERGED);
            assertThat(outcome.epoch()).isEqualTo(recorder.reports.size() + 1).isLessThan(1_000);
            assertThat(outcome.bestEpoch()).isPositive();
            assertThat(trainer.state().bestWeights().toArray())
                    .containsExactly(recorder.weights.get(outcome.bestEpoch() - 1))
                    .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        }
    }

    /** The square of the input is 1e30, the loss about 1e60, and the gradient too large for single precision. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void weightsThatAreNoNumbersAreNeverTheBest(OptimizerSpec optimizer) {
        NetworkSpec square =
                new NetworkSpec(List.of(node("square", new LayerSpec.MultiplySpec(), "input", "input")), "square");
        try (Examples train = examples(new double[][] {{1e15}, {-1e15}}, new double[] {1, -1});
                TrainingSession trainer = new Trainer(plan(square, 1, optimizer, 1, 2, 0, AMOUNT), train, null)) {
            TrainingOutcome outcome = trainer.fit(new Recorder());
            assertThat(outcome.reason()).isEqualTo(TrainingOutcome.Reason.DIVERGED);
            assertThat(outcome.epoch()).isEqualTo(1);
            assertThat(outcome.bestEpoch()).isZero();
            assertThat(trainer.state().bestWeights().toArray()).containsOnly(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7})
    void aStopIsHeededBeforeTheNextBatch(int batches) {
        try (Examples train = random(10, 4, AMOUNT, 1);
                TrainingSession trainer = new Trainer(plan(NETWORK, 4, adam(0.01), 100, 4, 5, AMOUNT), train, null)) {
            Recorder recorder = new Recorder(batches);
            TrainingOutcome outcome = trainer.fit(recorder);
            assertThat(outcome.reason()).isEqualTo(TrainingOutcome.Reason.STOPPED);
            assertThat(outcome.step()).isEqualTo(batches);
            assertThat(recorder.reports).hasSize(batches / 3);
            assertThat(outcome.epoch()).isEqualTo(batches / 3 + 1);
        }
    }

    @Test
    void aBatchLargerThanTheTrainingPartIsAllOfIt() {
        List<double[]> ends = new ArrayList<>();
        for (int batchSize : new int[] {10, 11, 1_000, Integer.MAX_VALUE}) {
            try (Examples train = random(10, 4, AMOUNT, 1);
                    TrainingSession trainer =
                            new Trainer(plan(NETWORK, 4, adam(0.01), 3, batchSize, 5, AMOUNT), train, null)) {
                TrainingOutcome outcome = trainer.fit(new Recorder());
                assertThat(outcome.reason()).isEqualTo(TrainingOutcome.Reason.COMPLETED);
                assertThat(outcome.step()).isEqualTo(3);
                assertThat(outcome.epoch()).isEqualTo(3);
                ends.add(trainer.state().weights().toArray());
            }
        }
        assertThat(ends).allSatisfy(end -> assertThat(end).containsExactly(ends.get(0)));
    }

    @Test
    void aReportSaysWhatHappenedInItsEpoch() {
        try (Examples train = random(10, 4, AMOUNT, 1);
                TrainingSession trainer =
                        new Trainer(plan(linear(), 4, sgd(0.125, 0), 2, 10, 5, AMOUNT), train, null)) {
            double[] start = trainer.state().weights().toArray();
            Recorder recorder = new Recorder();
            trainer.fit(recorder);
            EpochReport first = recorder.reports.get(0);
            assertThat(first.epoch()).isEqualTo(1);
            assertThat(first.validation()).isNull();
            assertThat(first.learningRate()).isEqualTo(0.125);
            assertThat(first.samplesPerSecond()).isPositive();
            // A step of plain gradient descent is the gradient times the learning rate.
            double squares = 0;
            for (int i = 0; i < start.length; i++) {
                squares += Math.pow((recorder.weights.get(0)[i] - start[i]) / 0.125, 2);
            }
            assertThat(first.gradientNorm()).isCloseTo(Math.sqrt(squares), within(1e-5));
        }
    }

    @Test
    void amountsAreLearntAndAnsweredInTheTargetsOwnUnit() {
        double[] x = IntStream.range(0, 40).asDoubleStream().toArray();
        double[] y = Arrays.stream(x).map(value -> 1e6 + 1_000 * value).toArray();
        Table table = TestTables.table(TestTables.numbers("x", x), TestTables.numbers("y", y));
        LearningTask task = LearningTask.of(
                "y",
                Task.REGRESSION,
                List.of("x"),
                new SplitSpec.RandomSpec(0.8, 0.2, 0, false, 0),
                PreprocessingSpec.DEFAULT);
        PreparedData data = PreparedData.prepare(table, task);
        TrainingPlan plan = plan(linear(), data.preprocessor().width(), sgd(0.1, 0), 200, 8, 0, data.target());
        try (Examples train = data.encode(data.split().train(), Precision.FLOAT32);
                Examples validation = data.encode(data.split().validation(), Precision.FLOAT32);
                TrainingSession trainer = new Trainer(plan, train, validation)) {
            Recorder recorder = new Recorder();
            trainer.fit(recorder);
            assertThat(recorder.reports.get(0).train().value("rmse")).isGreaterThan(1_000);
            assertThat(recorder.reports.get(199).validation().value("rmse")).isLessThan(1);
            TrainedModel model =
                    new TrainedModel(plan.wiring(), trainer.state().bestWeights(), data.preprocessor(), data.target());
            List<Prediction> predictions = model.predict(table, Preprocessor.FindingListener.NONE);
            assertThat(predictions).hasSize(40);
            for (int row = 0; row < 40; row++) {
                assertThat(((Prediction.Regression) predictions.get(row)).values()[0])
                        .isCloseTo(y[row], within(1.0));
            }
            Evaluation.Regression evaluation =
                    (Evaluation.Regression) model.evaluate(validation, TestTraining.NEVER_CANCELLED);
            assertThat(evaluation.rmse()).isLessThan(1);
            assertThat(evaluation.r2()).isGreaterThan(0.999);
        }
    }
}
