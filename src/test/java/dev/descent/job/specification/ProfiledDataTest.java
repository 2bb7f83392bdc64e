package dev.descent.job.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.descent.core.data.ColumnPreprocessing;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.Table;
import dev.descent.core.data.encode.Encoding;
import dev.descent.core.data.encode.Impute;
import dev.descent.core.data.encode.Tokenizer;
import dev.descent.core.data.split.PartSizes;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.nn.Wiring;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.BatchSize;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.MemoryEstimate;
import dev.descent.core.train.Shuffle;
import dev.descent.core.train.examples.ClassWeights;
import dev.descent.core.train.examples.Targets;
import dev.descent.core.train.examples.Task;
import dev.descent.dataset.DatasetInfo;
import dev.descent.dataset.Datasets;
import dev.descent.dataset.profile.ColumnProfile;
import dev.descent.problem.Violation;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whatever a profile says about the data is true of the data itself. */
@DescentTest
class ProfiledDataTest {

    private static final int ROUNDS = 300;

    @LocalServerPort
    private int port;

    @Autowired
    private Datasets datasets;

    private int accepted;
    private int refused;
    private final Set<Class<?>> forms = new HashSet<>();

    static Stream<String> files() {
        return Stream.of("iris", "breast_cancer", "diabetes", "bookings");
    }

    @ParameterizedTest
    @MethodSource("files")
    void aJobOfATestDatasetNeverTakesMoreThanItsProfileSays(String file) {
        DatasetInfo dataset =
                datasets.get(new DescentClient(port).uploadFile("src/test/resources/data/%s.csv".formatted(file)));
        SplittableRandom random = new SplittableRandom(3);

        for (int round = 0; round < ROUNDS / 10; round++) {
            compare(specification(dataset, random), dataset);
        }
        assertThat(accepted).isGreaterThan(ROUNDS / 50);
    }

    @Test
    void neitherDoesAJobOfAnyOther() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < ROUNDS; round++) {
            DatasetInfo dataset = datasets.get(new DescentClient(port).uploadText("any", csv(random)));
            for (int i = 0; i < 5; i++) {
                compare(specification(dataset, random), dataset);
            }
        }
        assertThat(accepted).isGreaterThan(ROUNDS);
        assertThat(refused).as("by the profile alone").isGreaterThan(ROUNDS / 10);
        assertThat(forms).contains(SplitSpec.class.getPermittedSubclasses());
    }

    private void compare(@Nullable Specification specification, DatasetInfo dataset) {
        if (specification == null) {
            return;
        }
        ProfiledData profiled = new ProfiledData(specification, dataset);
        List<Violation> certain =
                new ArrayList<>(FitRules.ofData(profiled.facts().violations(specification.learningTask())));
        Integer classes = profiled.classCount();
        if (certain.isEmpty() && classes != null) {
            certain.addAll(FitRules.ofClasses(specification, classes));
        }
        Table table = datasets.read(dataset.id(), specification.columns(), specification.columnsAsWritten(), () -> {});
        assertThat(table.heapBytes())
                .isLessThanOrEqualTo(profiled.size(Shuffle.WHOLE).tableBytes());
        if (!certain.isEmpty()) {
            refused++;
            UnfitTrainingException unfit = catchThrowableOfType(
                    UnfitTrainingException.class, () -> PreparedTraining.of(specification, table, () -> {}));
            assertThat(unfit.violations())
                    .extracting(violation -> violation.detail().replaceAll(" \\(the first is row \\d+\\)", ""))
                    .containsAll(certain.stream().map(Violation::detail).toList());
            return;
        }
        PreparedTraining read;
        try {
            int fit = accepted % specification.split().fits();
            read = PreparedTraining.of(specification, table, fit, () -> {});
        } catch (UnfitTrainingException onlyTheDataShows) {
            return;
        }
        accepted++;
        Wiring widest =
                specification.wholeNetwork(profiled.target()).wireBetween(profiled.narrowest(), profiled.widest());
        assertThat(widest.parameterCount()).isGreaterThanOrEqualTo(read.wiring().parameterCount());
        PartSizes most = profiled.parts();
        PartSizes parts = read.data().split().sizes();
        assertThat(most.train()).isGreaterThanOrEqualTo(parts.train());
        assertThat(most.validation()).isGreaterThanOrEqualTo(parts.validation());
        assertThat(most.test()).isGreaterThanOrEqualTo(parts.test());
        forms.add(specification.split().getClass());
        for (int threads : List.of(1, 2, 4, 16)) {
            MemoryEstimate promised = MemoryEstimate.of(
                    specification.plan(widest, profiled.target(), threads), profiled.size(Shuffle.WHOLE));
            MemoryEstimate needed = MemoryEstimate.of(
                    specification.plan(read.wiring(), read.data().target(), threads), read.data());
            assertThat(promised.offHeapBytes()).isGreaterThanOrEqualTo(needed.offHeapBytes());
            assertThat(promised.heapBytes()).isGreaterThanOrEqualTo(needed.heapBytes());
            assertThat(promised.checkpointBytes()).isGreaterThanOrEqualTo(needed.checkpointBytes());
        }
    }

    /** Columns of every kind, with few or many values, with or without missing cells. */
    private static String csv(SplittableRandom random) {
        int rows = random.nextInt(4) == 0 ? random.nextInt(1, 8) : random.nextInt(1, 400);
        int columns = random.nextInt(2, 7);
        int[] kinds =
                IntStream.range(0, columns).map(column -> random.nextInt(7)).toArray();
        int[] values = IntStream.range(0, columns)
                .map(column -> random.nextInt(1, 1 << random.nextInt(1, 9)))
                .toArray();
        double[] missing = IntStream.range(0, columns)
                .mapToDouble(column -> Math.max(0, random.nextDouble(-1, 0.5)))
                .toArray();
        StringBuilder csv = new StringBuilder("id,part");
        List<String> parts = random.nextInt(5) == 0
                ? List.of("train", "validation", "holdout", "")
                : List.of("train", "validation", "train", "test");
        IntStream.range(0, columns).forEach(column -> csv.append(",c").append(column));
        for (int row = 0; row < rows; row++) {
            csv.append('\n').append(row).append(',').append(parts.get(random.nextInt(random.nextInt(1, 5))));
            for (int column = 0; column < columns; column++) {
                csv.append(',');
                if (random.nextDouble() >= missing[column]) {
                    csv.append(cell(kinds[column], random.nextInt(values[column]), random));
                }
            }
        }
        return csv.append('\n').toString();
    }

    private static String cell(int kind, int value, SplittableRandom random) {
        return switch (kind) {
            case 0 -> Integer.toString(value);
            case 1 -> value == 0 && random.nextBoolean() ? "-0" : Integer.toString(value - 3);
            case 2 -> random.nextBoolean() ? Integer.toString(value) : value + ".0";
            case 3 -> Double.toString(value / 7.0);
            case 4 -> "2026-01-%02d".formatted(1 + value % 28);
            case 5 -> "level ".repeat(1 + value % 9) + value;
            default -> value % 2 == 0 ? "yes" : "no";
        };
    }

    /** For any task, features, weights and network; null if columns and task are incompatible. */
    private static @Nullable Specification specification(DatasetInfo dataset, SplittableRandom random) {
        List<String> features = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        List<String> targets = new ArrayList<>();
        for (var column : dataset.columns()) {
            if (column.type().isFeature() && random.nextInt(3) > 0) {
                features.add(column.name());
            } else if (column.type().label().equals("numeric")) {
                numbers.add(column.name());
                targets.add(column.name());
            } else if (column.type().label().matches("categorical|boolean|text")) {
                targets.add(column.name());
            }
        }
        Task task = Task.values()[random.nextInt(3)];
        List<String> chosen = switch (task) {
            case AUTOENCODER -> List.of();
            case REGRESSION -> numbers.subList(0, Math.min(numbers.size(), random.nextInt(1, 3)));
            case CLASSIFICATION -> targets.isEmpty() ? List.of() : List.of(targets.get(random.nextInt(targets.size())));
        };
        if (features.isEmpty() || (chosen.isEmpty() && task != Task.AUTOENCODER)) {
            return null;
        }
        String weight = numbers.stream()
                .filter(name -> !chosen.contains(name) && random.nextInt(3) == 0)
                .findFirst()
                .orElse(null);
        List<LayerSpec> layers = random.nextBoolean() || task == Task.AUTOENCODER
                ? List.of(new LayerSpec.DenseSpec(random.nextInt(1, 90)), new LayerSpec.ReluSpec())
                : List.of(new LayerSpec.EmbeddingSpec(4, null), new LayerSpec.DenseSpec(8));
        return new Specification(
                "name",
                dataset.id(),
                chosen.isEmpty() ? null : new Targets(chosen),
                task,
                features,
                split(dataset, chosen, random).resolved(task == Task.CLASSIFICATION),
                preprocessing(dataset, task, features, random),
                new NetworkForm(layers, null, null),
                task.defaultLoss(),
                random.nextBoolean() ? OptimizerSpec.AdamSpec.DEFAULT : OptimizerSpec.SgdSpec.DEFAULT,
                hyperparameters(task, random),
                weight,
                null,
                0,
                null,
                "model",
                Map.of());
    }

    /** By chance, or by a column that is not the target. */
    private static SplitSpec split(DatasetInfo dataset, List<String> targets, SplittableRandom random) {
        int train = random.nextInt(1, 9);
        int validation = random.nextInt(3);
        int test = random.nextInt(3);
        List<ColumnProfile> others = dataset.columns().stream()
                .filter(column -> !targets.contains(column.name()))
                .toList();
        ColumnProfile column = others.get(random.nextInt(others.size()));
        return switch (random.nextInt(8)) {
            case 6 -> new SplitSpec.FoldsSpec(random.nextInt(2, 6), random.nextInt(1, 3), null, 5, null, false);
            case 7 -> new SplitSpec.FoldsSpec(random.nextInt(2, 4), 1, null, 5, column.name(), true);
            case 0 -> new SplitSpec.GroupSpec(column.name(), train, validation, test, 5);
            case 1 ->
                column.type().isNumber()
                        ? new SplitSpec.TimeSpec(column.name(), train, validation, test)
                        : new SplitSpec.ColumnSpec(column.name());
            case 2 ->
                others.stream()
                        .filter(other -> other.name().equals("part"))
                        .<SplitSpec>map(part -> new SplitSpec.ColumnSpec(part.name()))
                        .findFirst()
                        .orElse(SplitSpec.RandomSpec.DEFAULT);
            default -> new SplitSpec.RandomSpec(train, validation, test, random.nextBoolean(), 5);
        };
    }

    /** For some of the features, anything that fits their type. */
    private static PreprocessingSpec preprocessing(
            DatasetInfo dataset, Task task, List<String> features, SplittableRandom random) {
        Map<String, ColumnPreprocessing> columns = new HashMap<>();
        for (String feature : features) {
            ColumnType type = dataset.column(feature).orElseThrow().type();
            if (random.nextInt(3) == 0) {
                columns.put(feature, type.isNumber() ? ofNumber(random) : ofLevels(task, random));
            }
        }
        return new PreprocessingSpec(
                any(PreprocessingSpec.Numeric.values(), random),
                task == Task.AUTOENCODER
                        ? PreprocessingSpec.Categorical.ORDINAL
                        : any(PreprocessingSpec.Categorical.values(), random),
                PreprocessingSpec.Missing.IMPUTE,
                task == Task.REGRESSION ? any(PreprocessingSpec.Target.values(), random) : null,
                columns);
    }

    private static ColumnPreprocessing ofLevels(Task task, SplittableRandom random) {
        Impute impute = any(new Impute[] {Impute.MOST_FREQUENT, Impute.OWN_LEVEL, Impute.CONSTANT}, random);
        ColumnPreprocessing.FillValue value =
                impute == Impute.CONSTANT ? new ColumnPreprocessing.FillValue("none of them") : null;
        Encoding[] encodings = {
            new Encoding.OneHotSpec(random.nextInt(1, 9)),
            new Encoding.OrdinalSpec(),
            new Encoding.BinarySpec(),
            task == Task.AUTOENCODER ? Encoding.OneHotSpec.DEFAULT : Encoding.TargetMeanSpec.DEFAULT,
            new Encoding.HashedNgramsSpec(Tokenizer.Analyzer.WORD, 1, 2, random.nextInt(1, 40)),
            new Encoding.TfIdfSpec(Tokenizer.Analyzer.CHARACTER, 1, 1, random.nextInt(1, 40))
        };
        return new ColumnPreprocessing(impute, value, null, null, any(encodings, random));
    }

    private static ColumnPreprocessing ofNumber(SplittableRandom random) {
        Boolean indicator = random.nextBoolean() ? null : (Boolean) random.nextBoolean();
        Impute impute = any(new Impute[] {Impute.MEDIAN, Impute.MEAN, Impute.MOST_FREQUENT}, random);
        return new ColumnPreprocessing(impute, null, indicator, any(PreprocessingSpec.Numeric.values(), random), null);
    }

    private static <T> T any(T[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }

    private static Hyperparameters hyperparameters(Task task, SplittableRandom random) {
        Hyperparameters usual = Hyperparameters.of(1, random.nextInt(1, 300), 0);
        boolean weighted = task == Task.CLASSIFICATION && random.nextInt(3) == 0;
        return new Hyperparameters(
                usual.epochs(),
                null,
                random.nextInt(4) == 0 ? BatchSize.ALL : usual.batchSize(),
                usual.sampling(),
                null,
                0,
                0,
                0,
                usual.regularized(),
                null,
                null,
                null,
                usual.learningRateSchedule(),
                weighted ? new ClassWeights(false, Map.of(random.nextBoolean() ? "yes" : "1", 2.0)) : null);
    }
}
