package dev.descent.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.descent.core.Bounds;
import dev.descent.core.ByField;
import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.Required;
import dev.descent.core.data.CategoricalEncoder;
import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.ColumnPreprocessing;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.NumberEncoder;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.RegressionTarget;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.encode.Impute;
import dev.descent.core.data.encode.LevelCode;
import dev.descent.core.data.encode.LevelImputation;
import dev.descent.core.data.encode.NumberImputation;
import dev.descent.core.data.encode.Scaling;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.NodeSpec;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.nn.optimizer.ScheduleSpec;
import dev.descent.core.train.BatchSize;
import dev.descent.core.train.EarlyStopping;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.examples.ClassWeights;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpecWriterTest {

    /** Every specification that a client can write; the variants of sealed types are derived from them. */
    private static final List<Class<?>> SPECS = List.of(
            LayerSpec.class,
            LossSpec.class,
            OptimizerSpec.class,
            NodeSpec.class,
            NetworkSpec.class,
            SplitSpec.class,
            PreprocessingSpec.class,
            ScheduleSpec.class,
            EarlyStopping.class,
            Hyperparameters.class);

    record Holder(@Name("value") Object value) {}

    static Stream<Class<?>> records() {
        return SPECS.stream()
                .flatMap(type -> type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()) : Stream.of(type));
    }

    @ParameterizedTest
    @MethodSource("records")
    void aSpecificationOfAnyValuesIsReadAsItWasWritten(Class<?> type) {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 50; round++) {
            Object spec = sample(type, type, null, random);
            assertThat(readBack(spec)).isEqualTo(spec);
        }
    }

    /** The fields that have no default, with the value that the default has all the same. */
    private static String required(Class<?> type) {
        Object standard = Defaults.of(type);
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Required.class))
                .map(component -> "\"%s\": %s"
                        .formatted(Names.of(component), SpecWriter.write(Defaults.component(standard, component))))
                .collect(Collectors.joining(", "));
    }

    /** A default outside its own bounds could not be stored and read again. */
    @ParameterizedTest
    @MethodSource("records")
    void aDefaultIsReadAsItWasWrittenAndFromNothing(Class<?> type) {
        Object standard = Defaults.of(type);
        if (standard != null && type.isInstance(standard)) {
            assertThat(readBack(standard)).isEqualTo(standard);
            String required = required(type);
            String nothing = isVariant(type)
                    ? "{\"type\": \"%s\"%s}".formatted(Names.of(type), required.isEmpty() ? "" : ", " + required)
                    : "{%s}".formatted(required);
            assertThat(read(JsonMapper.shared().readTree(nothing), type, standard))
                    .isEqualTo(standard);
        }
    }

    @Test
    void variantsWithSettingsHaveADefaultOrRequireThem() {
        assertThat(Defaults.of(OptimizerSpec.AdamSpec.class)).isEqualTo(OptimizerSpec.AdamSpec.DEFAULT);
        assertThat(Defaults.of(OptimizerSpec.SgdSpec.class)).isEqualTo(OptimizerSpec.SgdSpec.DEFAULT);
        assertThat(Defaults.of(LayerSpec.DenseSpec.class)).isEqualTo(LayerSpec.DenseSpec.DEFAULT);
    }

    @Test
    void whatAModelRemembersIsReadAsItWasWritten() {
        Preprocessor preprocessor = new Preprocessor(List.<ColumnEncoder>of(
                new NumberEncoder("x", ColumnType.NUMERIC, 0.1, -1e300, 1e-300, -3, 3, true, null, null),
                new CategoricalEncoder("l", ColumnType.BOOLEAN, List.of("no", "yes"), -1, true, null, null, null),
                new NumberEncoder(
                        "q",
                        ColumnType.DATETIME,
                        0,
                        0,
                        1,
                        0,
                        1,
                        false,
                        new NumberImputation(Impute.CONSTANT, -1),
                        new Scaling.Quantile(List.of(0.0, 0.5), true, true)),
                new CategoricalEncoder(
                        "m",
                        ColumnType.CATEGORICAL,
                        List.of("a"),
                        0,
                        false,
                        null,
                        new LevelImputation(Impute.OWN_LEVEL, null),
                        new LevelCode.TargetMean(
                                List.of(new LevelCode.Means(List.of(0.1)), new LevelCode.Means(List.of(0.2))),
                                new LevelCode.Means(List.of(0.3)),
                                10,
                                5,
                                7)),
                new CategoricalEncoder(
                        "o",
                        ColumnType.CATEGORICAL,
                        List.of("a"),
                        0,
                        false,
                        null,
                        new LevelImputation(Impute.CONSTANT, "a"),
                        new LevelCode.Ordinal(0.5, 2)),
                new CategoricalEncoder(
                        "r", ColumnType.CATEGORICAL, List.of("b"), 0, true, List.of("a", ""), null, null)));
        assertThat(readBack(preprocessor)).isEqualTo(preprocessor);
        for (TargetEncoder target : List.of(
                new ClassificationTarget(List.of("a", "", "ä")),
                new RegressionTarget(List.of("y"), List.of(new RegressionTarget.Scale(0.1 + 0.2, 5e-324))),
                new RegressionTarget(
                        List.of("y"), List.of(new RegressionTarget.Scale(3, 2, new Scaling.Log1p(1, 2)))))) {
            assertThat(readBack(target)).isEqualTo(target);
        }
    }

    @Test
    void fieldsAreSnakeCaseAndVariantsNameTheirType() {
        assertThat(SpecWriter.write(new OptimizerSpec.SgdSpec(0.5, 0, false)).toString())
                .startsWith("{\"type\":\"sgd\",\"learning_rate\":0.5,\"momentum\":0.0");
        assertThat(SpecWriter.write(new NodeSpec("n", new LayerSpec.DenseSpec(3), List.of("input")))
                        .toString())
                .startsWith("{\"name\":\"n\",\"type\":\"dense\",\"units\":3")
                .endsWith("\"inputs\":[\"input\"]}");
        assertThat(SpecWriter.write(PreprocessingSpec.Categorical.ONE_HOT).toString())
                .isEqualTo("\"one_hot\"");
    }

    @Test
    void whatIsNullIsLeftOutAndWhatIsNotFiniteIsNull() {
        record Numbers(
                @Name("absent") @Nullable Double absent,
                @Name("nan") double nan,
                @Name("infinite") double infinite,
                @Name("fine") double fine,
                @Name("whole") long whole) {}
        assertThat(SpecWriter.write(new Numbers(null, Double.NaN, Double.NEGATIVE_INFINITY, 1.5, 1L << 60))
                        .toString())
                .isEqualTo("{\"nan\":null,\"infinite\":null,\"fine\":1.5,\"whole\":1152921504606846976}");
        assertThat(SpecWriter.write(null).isNull()).isTrue();
        assertThat(SpecWriter.write(Map.of("k", List.of(true))).toString()).isEqualTo("{\"k\":[true]}");
    }

    @Test
    void whatNoSpecificationHoldsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SpecWriter.write(new Holder(new Object())));
    }

    private static Object readBack(Object spec) {
        Class<?> type = spec.getClass();
        String json = SpecWriter.write(spec).toString();
        return read(JsonMapper.shared().readTree(json), type, null);
    }

    /** As everywhere, a variant is read through its sealed interface. */
    private static Object read(JsonNode node, Class<?> type, @Nullable Object defaults) {
        Violations violations = new Violations();
        Object read = isVariant(type)
                ? variant(node, type.getInterfaces()[0], violations)
                : record(node, type, defaults, violations);
        List<Violation> found = violations.isEmpty()
                ? List.of()
                : catchThrowableOfType(ProblemException.class, violations::throwIfAny)
                        .errors();
        assertThat(found).as(node.toString()).isEmpty();
        assertThat(read).isNotNull();
        return read;
    }

    private static <T> @Nullable T record(
            JsonNode node, Class<T> type, @Nullable Object defaults, Violations violations) {
        return new SpecReader(violations).read(node, type, "#", type.cast(defaults));
    }

    record OneLayer(@Name("value") LayerSpec value) {}

    record OneLoss(@Name("value") LossSpec value) {}

    record OneOptimizer(@Name("value") OptimizerSpec value) {}

    record OneTarget(@Name("value") TargetEncoder value) {}

    record OneSchedule(@Name("value") ScheduleSpec value) {}

    private static @Nullable Object variant(JsonNode node, Class<?> sealedType, Violations violations) {
        Class<?> holder = Stream.of(
                        OneLayer.class, OneLoss.class, OneOptimizer.class, OneTarget.class, OneSchedule.class)
                .filter(type -> type.getRecordComponents()[0].getType() == sealedType)
                .findFirst()
                .orElseThrow();
        JsonNode held = JsonMapper.shared().createObjectNode().set("value", node);
        Object read = new SpecReader(violations).read(held, holder, "#", null);
        return read == null ? null : Defaults.component(read, holder.getRecordComponents()[0]);
    }

    private static boolean isVariant(Class<?> type) {
        return Arrays.stream(type.getInterfaces())
                .anyMatch(parent -> parent.isSealed() && !parent.isAnnotationPresent(ByField.class));
    }

    private static Object sample(Class<?> type, Type generic, @Nullable Bounds bounds, SplittableRandom random) {
        double min = bounds == null ? -1000 : bounds.min();
        double max = bounds == null ? 1000 : bounds.max();
        if (type == int.class || type == Integer.class) {
            return (int) random.nextLong((long) min, (long) max + 1);
        }
        if (type == long.class || type == Long.class) {
            return random.nextLong((long) min, (long) max + 1);
        }
        if (type == double.class || type == Double.class) {
            return random.nextDouble() < 0.2 ? min : min + random.nextDouble() * (max - min);
        }
        if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        }
        if (type == String.class) {
            return "ä \"%d\" \\ 😀\n".formatted(random.nextInt(100));
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                list.add(sample(element, element, null, random));
            }
            return list;
        }
        if (type == Map.class) {
            Class<?> entry = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[1];
            return Map.of("ä/~", sample(entry, entry, null, random), "b", sample(entry, entry, null, random));
        }
        if (type == ColumnPreprocessing.FillValue.class) {
            List<Object> values = List.of("ä", 0.1, -3L, true);
            return new ColumnPreprocessing.FillValue(values.get(random.nextInt(values.size())));
        }
        if (type == BatchSize.class) {
            return random.nextBoolean() ? BatchSize.ALL : new BatchSize(1 + random.nextInt(1_000));
        }
        if (type == ClassWeights.class) {
            return random.nextBoolean()
                    ? ClassWeights.BALANCED
                    : new ClassWeights(false, Map.of("ä", random.nextDouble()));
        }
        if (type.isSealed()) {
            Class<?>[] variants = type.getPermittedSubclasses();
            Class<?> variant = variants[random.nextInt(variants.length)];
            return sample(variant, variant, null, random);
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> sample(
                        component.getType(), component.getGenericType(), component.getAnnotation(Bounds.class), random))
                .toArray();
        return Defaults.create(type, values);
    }
}
