package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.descent.core.TestTraining;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.OptimizerSpec;
import dev.descent.core.nn.Wiring;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class MemoryEstimateTest {

    private static final LayerSpec RELU = new LayerSpec.ReluSpec();
    private static final NetworkSpec DEEP = TestTraining.layers(
            new LayerSpec.DenseSpec(64), RELU, new LayerSpec.DenseSpec(64), RELU, new LayerSpec.DenseSpec(32), RELU);
    private static final NetworkSpec WIDE = TestTraining.layers(new LayerSpec.DenseSpec(2_000), RELU);
    private static final NetworkSpec RESIDUAL = new NetworkSpec(
            List.of(
                    TestTraining.node("stem", new LayerSpec.DenseSpec(100), "input"),
                    TestTraining.node("bent", new LayerSpec.TanhSpec(), "stem"),
                    TestTraining.node("sum", new LayerSpec.AddSpec(), "stem", "bent"),
                    TestTraining.node("next", new LayerSpec.DenseSpec(100), "sum")),
            "next");

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("many rows", DEEP, TestTraining.adam(0.01), 50, 4_000, 500, 500, 32),
                Arguments.of("large batches", DEEP, TestTraining.sgd(0.01, 0), 20, 4_000, 500, 500, 4_000),
                Arguments.of(
                        "large batches of a graph", RESIDUAL, TestTraining.adam(0.01), 100, 2_000, 100, 100, 2_000),
                Arguments.of("many parameters, adam", WIDE, TestTraining.adam(0.01), 200, 100, 0, 0, 10),
                Arguments.of("many parameters, momentum", WIDE, TestTraining.sgd(0.01, 0.9), 200, 100, 10, 10, 10),
                Arguments.of("many parameters, sgd", WIDE, TestTraining.sgd(0.01, 0), 200, 100, 10, 10, 10),
                Arguments.of("many inputs", TestTraining.linear(), TestTraining.sgd(0.01, 0), 800, 500, 50, 50, 500));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theEstimateIsCloseToWhatTrainingHolds(
            String name,
            NetworkSpec network,
            OptimizerSpec optimizer,
            int features,
            int trainRows,
            int validationRows,
            int testRows,
            int batchSize) {
        TrainingPlan plan = TestTraining.plan(network, features, optimizer, 1, batchSize, 0, TestTraining.AMOUNT);
        try (Examples train = TestTraining.random(trainRows, features, TestTraining.AMOUNT, 1);
                Examples validation = TestTraining.random(validationRows, features, TestTraining.AMOUNT, 2);
                Examples test = TestTraining.random(testRows, features, TestTraining.AMOUNT, 3);
                Trainer trainer = new Trainer(plan, train, validationRows == 0 ? null : validation)) {
            trainer.fit(new TestTraining.Recorder());

            long estimate = MemoryEstimate.bytes(
                    plan.wiring(),
                    optimizer.momentCount(),
                    plan.hyperparameters(),
                    trainRows,
                    validationRows,
                    testRows);

            assertThat((double) estimate)
                    .isCloseTo(bytesHeldBy(List.of(trainer, validation, test)), withinPercentage(20));
        }
    }

    /**
     * Of 3 inputs, a dense layer of 2 units, its batch normalization and an output of 1: 15 parameters, 4 values of state and 5 outputs. With 2
     * moments 5 times the parameters, twice the state, twice the outputs of the 6 validation rows, which are more than a batch, and 10 + 6 + 5 + 4
     * rows of 4 numbers.
     */
    @Test
    void everyNumberTakesFourBytes() {
        Wiring wiring = TestTraining.layers(new LayerSpec.DenseSpec(2), LayerSpec.BatchNormalizationSpec.DEFAULT)
                .withOutput(1)
                .wire(3);

        assertThat(MemoryEstimate.bytes(wiring, 2, Hyperparameters.of(1, 4, 0), 10, 6, 5))
                .isEqualTo(4 * (5 * 15 + 2 * 4 + 2 * 6 * 5 + 25 * 4));
    }

    /** The sizes of all arrays that can be reached. */
    private static double bytesHeldBy(Object root) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>(List.of(root));
        double bytes = 0;
        while (!open.isEmpty()) {
            Object object = open.pop();
            if (!seen.add(object)) {
                continue;
            }
            if (object instanceof INDArray array) {
                bytes += array.length() * array.dataType().width();
            } else if (object instanceof Iterable<?> elements) {
                elements.forEach(element -> add(open, element));
            } else if (object instanceof Object[] elements) {
                for (Object element : elements) {
                    add(open, element);
                }
            } else if (!(object instanceof Enum) && object.getClass().getName().startsWith("dev.descent.")) {
                fieldsOf(object).forEach(value -> add(open, value));
            }
        }
        return bytes;
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
                if (!Modifier.isStatic(field.getModifiers())) {
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
