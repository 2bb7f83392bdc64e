package dev.descent.core.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.TestTables;
import dev.descent.core.TestTraining;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.ReconstructionTarget;
import dev.descent.core.data.Table;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.Wiring;
import dev.descent.core.nn.layer.LayerSpec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Autoencoders of the two inputs 1 and 3 whose weights are all ½; a dense layer of one unit outputs 2½. */
class ReconstructionOutputsTest {

    private static final LayerSpec ONE = new LayerSpec.DenseSpec(1);
    private static final LayerSpec THREE = new LayerSpec.DenseSpec(3);
    private static final LayerSpec TANH = new LayerSpec.TanhSpec();

    @Test
    void theEmbeddingIsTheOutputOfTheNarrowestLayer() {
        assertThat(read(0, ONE, THREE).embedding()).containsExactly(2.5);
        assertThat(read(0, THREE, ONE).embedding()).containsExactly(0.5 + 3 * 2.5 / 2);
        assertThat(read(0, THREE).embedding()).containsExactly(2.5, 2.5, 2.5);
    }

    @Test
    void ofLayersOfTheSameWidthTheLastIsTheEmbedding() {
        assertThat(read(0, ONE, TANH, THREE).embedding()).containsExactly(new double[] {Math.tanh(2.5)}, within(1e-6));
    }

    @Test
    void anAutoencoderWithoutLayersHasNoEmbedding() {
        assertThat(read(0).embedding()).isEmpty();
    }

    /** Both outputs are 2½, so the errors are 1½ and −½: (2¼ + ¼) / 2. */
    @ParameterizedTest
    @CsvSource({"1, true", "1.25, true", "1.2500001, false", "NaN, false"})
    void aRowIsAnAnomalyFromTheThresholdOn(double threshold, boolean anomaly) {
        Prediction.Reconstruction reconstruction = read(threshold);

        assertThat(reconstruction.error()).isEqualTo(1.25);
        assertThat(reconstruction.anomaly()).isEqualTo(anomaly);
    }

    @Test
    void theDifferenceOfTwoRowsIsTheMeanOfItsSquares() {
        try (Matrix a = Matrix.of(Precision.FLOAT64, new double[] {9, 9}, new double[] {1, 5});
                Matrix b = Matrix.of(Precision.FLOAT64, new double[] {0, 0}, new double[] {3, 2})) {
            assertThat(ReconstructionOutputs.squaredDifference(a, b, 1)).isEqualTo((4 + 9) / 2.0);
            assertThat(ReconstructionOutputs.squaredDifference(a, a, 0)).isZero();
        }
    }

    private static Prediction.Reconstruction read(double threshold, LayerSpec... layers) {
        Table table = TestTables.table(TestTables.numbers("a", 1), TestTables.numbers("b", 3));
        PreprocessingSpec asItIs = new PreprocessingSpec(
                PreprocessingSpec.Numeric.NONE,
                PreprocessingSpec.Categorical.ONE_HOT,
                PreprocessingSpec.Missing.IMPUTE,
                null,
                null);
        Wiring wiring = TestTraining.layers(layers).withOutput(2).wire(2);
        try (Matrix weights = Matrix.zeros(Precision.FLOAT32, 1, (int) wiring.parameterCount())) {
            weights.fill(0.5);
            TrainedModel model = new TrainedModel(
                    wiring,
                    weights,
                    Preprocessor.fit(table, List.of("a", "b"), new int[] {0}, asItIs, Set.of()),
                    new ReconstructionTarget(2, threshold));
            return (Prediction.Reconstruction)
                    model.predict(table, Preprocessor.FindingListener.NONE).get(0);
        }
    }
}
