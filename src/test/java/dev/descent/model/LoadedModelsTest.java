package dev.descent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.descent.core.TestTables;
import dev.descent.core.TestTraining;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.Wiring;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.train.evaluate.Prediction;
import dev.descent.core.train.evaluate.Predictor;
import dev.descent.core.train.evaluate.TrainedModel;
import dev.descent.dataset.DatasetReading;
import dev.descent.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadedModelsTest {

    private static final Table ROW = TestTables.table(TestTables.numbers("x", 3));

    /** Makes the buffers of a prediction larger than the limit for all models together. */
    private static final int TOO_MANY_UNITS = 500_000;

    private final Store store = new Store();
    private final LoadedModels loaded = new LoadedModels(store, id -> {});

    @Test
    void aVersionIsLoadedOnce() {
        LoadedModel first = loaded.get("a", 1);

        assertThat(loaded.get("a", 1)).isSameAs(first);
        assertThat(loaded.get("a", 2)).isNotSameAs(first);
        assertThat(loaded.get("b", 1)).isNotSameAs(first);
        assertThat(loaded.get("a", 1)).isSameAs(first);
        assertThat(store.loads).containsExactly("a 1", "a 2", "b 1");
    }

    @Test
    void theNewestIsAskedForEachTime() {
        assertThat(loaded.get("a", null).version()).isEqualTo(1);
        store.newest = 2;
        assertThat(loaded.get("a", null).version()).isEqualTo(2);
    }

    @Test
    void aVersionThatManyAskForAtTheSameTimeIsLoadedOnce() {
        int clients = 8;
        AtomicInteger asking = new AtomicInteger();
        store.beforeLoad = () -> await().until(() -> asking.get() == clients);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<CompletableFuture<LoadedModel>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> {
                            asking.incrementAndGet();
                            return loaded.get("a", 1);
                        },
                        threads));
            }
            assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
            assertThat(store.loads).containsExactly("a 1");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatTakesTooMuchMemoryGoesAndStillPredicts() {
        store.units = TOO_MANY_UNITS;
        LoadedModel first = loaded.get("a", 1);
        double before = predict(first);

        LoadedModel second = loaded.get("a", 2);
        assertThat(loaded.get("a", 2)).as("the last one stays").isSameAs(second);
        assertThat(predict(first)).isEqualTo(before);
        assertThat(loaded.get("a", 1)).as("the one before has gone").isNotSameAs(first);
        assertThat(store.loads).containsExactly("a 1", "a 2", "a 1");
    }

    @Test
    void aLargeOneDoesNotDriveOutSmallOnes() {
        LoadedModel small = loaded.get("small", 1);
        store.units = TOO_MANY_UNITS;
        loaded.get("large", 1);

        assertThat(loaded.get("small", 1)).isSameAs(small);
    }

    @Test
    void aLoadThatFailsIsTriedAgain() {
        store.beforeLoad = () -> {
            throw ProblemException.notFound("model", "a");
        };
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> loaded.get("a", 1)).isInstanceOf(ProblemException.class);
        }
        assertThat(store.loads).isEmpty();
        store.beforeLoad = () -> {};
        assertThat(loaded.get("a", 1).version()).isEqualTo(1);
    }

    private static double predict(LoadedModel model) {
        Prediction prediction = model.predictor()
                .predict(ROW, Preprocessor.FindingListener.NONE)
                .get(0);
        return ((Prediction.Regression) prediction).values()[0];
    }

    /** Models with one hidden layer, without a database. */
    private static final class Store extends Models {

        private final List<String> loads = new ArrayList<>();
        private volatile Runnable beforeLoad = () -> {};
        private volatile int units = 1;
        private volatile int newest = 1;

        Store() {
            super(null, null, null, null, null, null, null);
        }

        @Override
        int newestVersion(String name) {
            return newest;
        }

        @Override
        boolean isGone(ModelVersionId id) {
            return false;
        }

        @Override
        public LoadedModel load(ModelVersionId id) {
            beforeLoad.run();
            synchronized (loads) {
                loads.add(id.modelId() + " " + id.version());
            }
            Wiring wiring = TestTraining.layers(new LayerSpec.DenseSpec(units))
                    .withOutput(1)
                    .wire(1);
            Matrix weights = Matrix.zeros(Precision.FLOAT32, 1, (int) wiring.parameterCount());
            weights.fill(1e-3);
            PreprocessingSpec asItIs = new PreprocessingSpec(
                    PreprocessingSpec.Numeric.NONE,
                    PreprocessingSpec.Categorical.ONE_HOT,
                    PreprocessingSpec.Missing.IMPUTE,
                    null,
                    null);
            Preprocessor preprocessor = Preprocessor.fit(ROW, List.of("x"), new int[] {0}, asItIs, Set.of());
            TrainedModel model = new TrainedModel(wiring, weights, preprocessor, TestTraining.AMOUNT);
            return new LoadedModel(id, id.modelId(), DatasetReading.DEFAULT, new Predictor(model));
        }
    }
}
