package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.descent.core.TestTraining;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.PackedNumbers;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.Table;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.evaluate.Baseline;
import dev.descent.core.train.evaluate.TrainedModel;
import dev.descent.core.train.examples.EncodedData;
import dev.descent.core.train.examples.ExampleSource;
import dev.descent.core.train.examples.LearningTask;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.core.train.examples.Task;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryEstimateTest {

    private static final LayerSpec RELU = new LayerSpec.ReluSpec();
    private static final NetworkSpec SMALL = TestTraining.layers(new LayerSpec.DenseSpec(16), RELU);
    private static final NetworkSpec WIDE = TestTraining.layers(new LayerSpec.DenseSpec(2_000), RELU);
    private static final NetworkSpec DEEP = TestTraining.layers(
            new LayerSpec.DenseSpec(64), RELU, new LayerSpec.DenseSpec(64), RELU, new LayerSpec.DenseSpec(32), RELU);
    private static final NetworkSpec NORMALIZED = TestTraining.layers(
            new LayerSpec.DenseSpec(200),
            LayerSpec.BatchNormalizationSpec.DEFAULT,
            new LayerSpec.GeluSpec(),
            LayerSpec.DropoutSpec.DEFAULT,
            new LayerSpec.DenseSpec(200),
            LayerSpec.LayerNormalizationSpec.DEFAULT,
            new LayerSpec.TanhSpec());
    private static final NetworkSpec GRAPH = new NetworkSpec(
            List.of(
                    TestTraining.node("scaled", LayerSpec.BatchNormalizationSpec.DEFAULT, "input"),
                    TestTraining.node("stem", new LayerSpec.DenseSpec(100), "scaled"),
                    TestTraining.node("bent", new LayerSpec.TanhSpec(), "stem"),
                    TestTraining.node("gate", new LayerSpec.SigmoidSpec(), "stem"),
                    TestTraining.node("gated", new LayerSpec.MultiplySpec(), "bent", "gate"),
                    TestTraining.node("sum", new LayerSpec.AddSpec(), "stem", "gated"),
                    TestTraining.node("both", new LayerSpec.ConcatenateSpec(), "sum", "bent"),
                    TestTraining.node("next", new LayerSpec.DenseSpec(100), "both")),
            "next");
    private static final NetworkSpec EMBEDDING =
            TestTraining.layers(new LayerSpec.EmbeddingSpec(32, null), new LayerSpec.DenseSpec(32), RELU);
    private static final NetworkSpec COLUMNS = new NetworkSpec(
            List.of(
                    TestTraining.node("some", new LayerSpec.ColumnsSpec(List.of("x0", "x1")), "input"),
                    TestTraining.node("bent", new LayerSpec.DenseSpec(30), "some"),
                    TestTraining.node("straight", new LayerSpec.DenseSpec(30), "input"),
                    TestTraining.node("sum", new LayerSpec.AddSpec(), "bent", "straight")),
            "sum");

    /** A run of one epoch by default: regression, trained on 8 of 10 rows, with a validation and a test part. */
    private record Run(
            String name,
            Table table,
            LearningTask task,
            NetworkSpec network,
            OptimizerSpec optimizer,
            int batchSize,
            int threads) {

        Run(String name, Table table, NetworkSpec network, OptimizerSpec optimizer, int batchSize) {
            this(name, table, regression(table, SplitSpec.RandomSpec.DEFAULT), network, optimizer, batchSize, 1);
        }

        Run with(LearningTask other) {
            return new Run(name, table, other, network, optimizer, batchSize, threads);
        }

        Run withThreads(int count) {
            return new Run(name, table, task, network, optimizer, batchSize, count);
        }

        PreparedData prepare() {
            return PreparedData.prepare(table, task);
        }

        TrainingPlan plan(PreparedData data) {
            LossSpec loss = task.task().defaultLoss();
            return new TrainingPlan(
                    network.withOutput(loss.outputs(data.target().outputs())).wire(data.columns()),
                    loss,
                    optimizer,
                    Hyperparameters.of(1, batchSize, 0),
                    data.target(),
                    threads,
                    null);
        }

        /** The same way as a worker. */
        void train(TrainingPlan plan, EncodedData data) {
            try (TrainingSession trainer = new Trainer(plan, data.train(), data.validation())) {
                Baseline.loss(plan.loss(), data.train(), plan.wiring().outputWidth());
                trainer.fit(new TestTraining.Recorder());
                TrainedModel model = new TrainedModel(
                                plan.wiring(), trainer.state().bestWeights(), data.preprocessor(), data.target())
                        .withThreshold(data.train(), TestTraining.NEVER_CANCELLED);
                for (ExampleSource part : Stream.of(data.validation(), data.test())
                        .filter(part -> part != null)
                        .toList()) {
                    model.evaluate(part, TestTraining.NEVER_CANCELLED);
                }
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static LearningTask regression(Table table, SplitSpec split) {
        return LearningTask.of("y", Task.REGRESSION, features(table), split, PreprocessingSpec.DEFAULT);
    }

    private static LearningTask classification(Table table, SplitSpec split) {
        return LearningTask.of("class", Task.CLASSIFICATION, features(table), split, PreprocessingSpec.DEFAULT);
    }

    private static LearningTask autoencoder(Table table) {
        return new LearningTask(
                List.of(),
                Task.AUTOENCODER,
                features(table),
                SplitSpec.RandomSpec.DEFAULT,
                PreprocessingSpec.DEFAULT,
                Set.of(),
                null,
                null);
    }

    private static LearningTask embedded(Table table) {
        List<String> levels =
                features(table).stream().filter(name -> name.startsWith("l")).toList();
        return new LearningTask(
                List.of("y"),
                Task.REGRESSION,
                features(table),
                SplitSpec.RandomSpec.DEFAULT,
                PreprocessingSpec.DEFAULT,
                Set.copyOf(levels),
                null,
                null);
    }

    private static LearningTask weighted(Table table) {
        return new LearningTask(
                List.of("y", "z"),
                Task.REGRESSION,
                features(table),
                SplitSpec.RandomSpec.DEFAULT,
                PreprocessingSpec.DEFAULT,
                Set.of(),
                "weight",
                null);
    }

    private static List<String> features(Table table) {
        return table.columns().stream()
                .map(Column::name)
                .filter(name -> name.startsWith("x") || name.startsWith("l"))
                .toList();
    }

    /** Numeric columns x…, level columns l…, and columns to predict or to weight by. */
    private static Table table(int rows, int numbers, int levels, int levelsEach, int classes) {
        SplittableRandom random = new SplittableRandom(1);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < numbers; i++) {
            columns.add(numbers("x" + i, random.doubles(rows, -1, 1).toArray()));
        }
        for (int i = 0; i < levels; i++) {
            List<String> names = IntStream.range(0, levelsEach)
                    .mapToObj(level -> "level " + level)
                    .toList();
            int[] codes = IntStream.range(0, rows).map(row -> row % levelsEach).toArray();
            columns.add(new Column.Levels("l" + i, ColumnType.CATEGORICAL, names, codes));
        }
        columns.add(numbers("y", random.doubles(rows, -1, 1).toArray()));
        columns.add(numbers("z", random.doubles(rows, -1, 1).toArray()));
        columns.add(numbers("weight", random.doubles(rows, 1, 2).toArray()));
        columns.add(numbers(
                "class",
                IntStream.range(0, rows).mapToDouble(row -> row % classes).toArray()));
        return new Table(columns, rows);
    }

    private static Column.Numbers numbers(String name, double[] values) {
        PackedNumbers.Builder packed = new PackedNumbers.Builder(values.length);
        for (int row = 0; row < values.length; row++) {
            packed.set(row, values[row]);
        }
        return new Column.Numbers(name, ColumnType.NUMERIC, packed.build());
    }

    private static Table amounts(int rows, int numbers) {
        return table(rows, numbers, 0, 0, 3);
    }

    static Stream<Run> runs() {
        OptimizerSpec sgd = TestTraining.sgd(0.01, 0);
        OptimizerSpec momentum = TestTraining.sgd(0.01, 0.9);
        OptimizerSpec adam = TestTraining.adam(0.001);
        Table few = amounts(200, 300);
        Table many = amounts(20_000, 20);
        Table medium = amounts(3_000, 50);
        Table levels = table(2_000, 3, 4, 100, 3);
        Table classes = table(2_000, 5, 0, 0, 500);
        SplitSpec trainOnly = new SplitSpec.RandomSpec(1, 0, 0, false, 0);
        SplitSpec withoutTest = new SplitSpec.RandomSpec(0.8, 0.2, 0, false, 0);
        return Stream.of(
                new Run("wide network, few rows, sgd", few, WIDE, sgd, 20),
                new Run("wide network, few rows, momentum", few, WIDE, momentum, 20),
                new Run("wide network, few rows, adam", few, WIDE, adam, 20),
                new Run("wide network, training part alone", few, WIDE, adam, 20).with(regression(few, trainOnly)),
                new Run("wide network, one batch", few, WIDE, adam, 1_000),
                new Run("wide network, many threads", few, WIDE, sgd, 20).withThreads(4),
                new Run("small network, many rows", many, SMALL, sgd, 32),
                new Run("small network, no test part", many, SMALL, adam, 32).with(regression(many, withoutTest)),
                new Run("small network, one batch", many, SMALL, sgd, 100_000),
                new Run("deep network", medium, DEEP, adam, 500),
                new Run("normalizations and dropout", medium, NORMALIZED, adam, 500),
                new Run("graph", medium, GRAPH, adam, 500),
                new Run("columns", medium, COLUMNS, adam, 500),
                new Run("one-hot levels", levels, SMALL, adam, 32),
                new Run("embedded levels", levels, EMBEDDING, adam, 500).with(embedded(levels)),
                new Run("autoencoder", medium, SMALL, adam, 100).with(autoencoder(medium)),
                new Run("weighted rows, two targets", many, TestTraining.linear(), sgd, 100).with(weighted(many)),
                new Run("many classes", classes, TestTraining.linear(), sgd, 10)
                        .with(classification(classes, SplitSpec.RandomSpec.DEFAULT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void matricesTakeWhatTheEstimateSays(Run run) {
        PreparedData data = run.prepare();
        TrainingPlan plan = run.plan(data);
        long before = Matrix.bytesHeld();
        Matrix.mostBytesHeld();

        try (EncodedData encoded = EncodedData.of(data, Precision.FLOAT32, () -> {})) {
            run.train(plan, encoded);
        }

        assertThat(MemoryEstimate.of(plan, data).offHeapBytes())
                .isCloseTo(Matrix.mostBytesHeld() - before, withinPercentage(2));
        assertThat(Matrix.bytesHeld()).isEqualTo(before);
    }

    static Stream<Run> tables() {
        OptimizerSpec sgd = TestTraining.sgd(0.01, 0);
        Table levels = table(10_000, 0, 50, 50, 3);
        Table rare = table(5_000, 0, 20, 2_500, 3);
        return Stream.of(
                new Run("numbers", amounts(10_000, 40), TestTraining.linear(), sgd, 32),
                new Run("levels", levels, TestTraining.linear(), sgd, 32),
                new Run("rare levels", rare, TestTraining.linear(), sgd, 32));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void theTableTakesWhatTheEstimateSays(Run run) {
        Table table = run.table();
        PreparedData data = run.prepare();

        double held = heapHeldBy(table);

        assertThat((double) table.heapBytes()).isCloseTo(held, withinPercentage(5));
        assertThat((double) MemoryEstimate.of(run.plan(data), data).heapBytes()).isBetween(held, 1.2 * held);
    }

    /**
     * For a small table, the heap is needed for the numbers of a state: as bytes, in the driver, and half of them in
     * H2.
     */
    @Test
    void aCheckpointTakesWhatTheEstimateSays() {
        Run run = new Run("", amounts(200, 300), WIDE, TestTraining.adam(0.001), 20);
        PreparedData data = run.prepare();
        TrainingPlan plan = run.plan(data);
        try (EncodedData encoded = EncodedData.of(data, Precision.FLOAT32, () -> {});
                TrainingSession trainer = new Trainer(plan, encoded.train(), encoded.validation())) {
            TrainingState state = trainer.state();
            long numbers = (long) state.weights().size() + state.bestWeights().size();
            for (Matrix moment : state.moments()) {
                numbers += moment.size();
            }

            assertThat((double) MemoryEstimate.of(plan, data).heapBytes())
                    .isCloseTo(2.4 * 4 * numbers, withinPercentage(1));
        }
    }

    @Test
    void theTableIsNotHeldWhileTheNetworkTrains() {
        Run run = new Run("", amounts(50, 3), SMALL, TestTraining.adam(0.01), 10);
        PreparedData data = run.prepare();

        assertThat(reachable(data)).anyMatch(Column.class::isInstance);
        try (EncodedData encoded = EncodedData.of(data, Precision.FLOAT32, () -> {});
                TrainingSession trainer = new Trainer(run.plan(data), encoded.train(), encoded.validation())) {
            assertThat(reachable(List.of(encoded, trainer))).noneMatch(Column.class::isInstance);
        }
    }

    /**
     * 10 rows, split into 8, 1 and 1, with 2 inputs and a target; a layer of 3 units, relu and an output have 13
     * parameters. Adam holds values, best values, two moments and a gradient of each. A batch of 4 adds 4 examples, and
     * for each of them 3 + 3 outputs and gradients of relu, 3 outputs of the first layer and 3 gradients of the last
     * one's input, its output and the gradient of that. At the end, the one row of a part takes 7 outputs and the
     * gradient that is discarded.
     */
    @Test
    void everyNumberTakesFourBytes() {
        Run run = new Run(
                "", amounts(10, 2), TestTraining.layers(new LayerSpec.DenseSpec(3), RELU), TestTraining.adam(0.01), 4);
        PreparedData data = run.prepare();

        assertThat(MemoryEstimate.of(run.plan(data), data).offHeapBytes())
                .isEqualTo(4 * ((10 + 4) * 3 + 13 * 5 + 4 * (3 + 6 + 3 + 1 + 1) + (7 + 1)));
    }

    /** The layout of objects with compressed references; without them a little more is needed. */
    private static double heapHeldBy(Table table) {
        return reachable(table).stream()
                .mapToLong(object -> {
                    if (object instanceof String text) {
                        return 24 + rounded(16 + text.length());
                    }
                    return object.getClass().isArray()
                            ? rounded(16 + (long) Array.getLength(object) * elementBytes(object))
                            : 32;
                })
                .sum();
    }

    private static long rounded(long bytes) {
        return (bytes + 7) / 8 * 8;
    }

    private static int elementBytes(Object array) {
        Class<?> type = array.getClass().getComponentType();
        if (type == double.class) {
            return 8;
        }
        return type == byte.class ? 1 : type == short.class ? 2 : 4;
    }

    /** All objects reachable through this project's classes, lists and arrays. */
    private static Set<Object> reachable(Object root) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Object object = open.pop();
            if (object instanceof Enum || !seen.add(object)) {
                continue;
            }
            if (object instanceof Iterable<?> elements) {
                elements.forEach(element -> add(open, element));
                // The array inside a list of this length.
                seen.add(new int[elements instanceof List<?> list ? list.size() : 0]);
            } else if (object instanceof Object[] elements) {
                for (Object element : elements) {
                    add(open, element);
                }
            } else if (object.getClass().getName().startsWith("dev.descent.")) {
                fieldsOf(object).forEach(value -> add(open, value));
            }
        }
        return seen;
    }

    private static void add(Deque<Object> open, @Nullable Object value) {
        if (value != null) {
            open.push(value);
        }
    }

    private static List<@Nullable Object> fieldsOf(Object object) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    values.add(valueOf(field, object));
                }
            }
        }
        return values;
    }

    private static @Nullable Object valueOf(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException notPossible) {
            throw new AssertionError(notPossible);
        }
    }
}
