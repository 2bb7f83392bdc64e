package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.TestTables;
import dev.descent.core.TestTraining;
import dev.descent.core.data.Column;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.Matrix;
import dev.descent.core.nn.Precision;
import dev.descent.core.nn.Wiring;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Models whose outputs are their inputs, so that every figure can be computed by hand. */
class EvaluationTest {

    private static final double LN2 = Math.log(2);
    private static final double LN4 = Math.log(4);

    @Test
    void classesAreCountedByTruthAndByAnswer() {
        // Probabilities: 3/4 1/4, 1/2 1/2, 1/4 3/4, 3/4 1/4. Of equal ones the first class is the answer.
        double[][] logits = {{Math.log(3), 0}, {0, 0}, {0, Math.log(3)}, {Math.log(3), 0}};
        Evaluation.Classification evaluation = (Evaluation.Classification)
                identity(TestTraining.classes(2)).evaluate(TestTraining.examples(logits, new double[] {0, 1, 1, 1}));

        assertThat(evaluation.rows()).isEqualTo(4);
        assertThat(evaluation.accuracy()).isEqualTo(0.5);
        assertThat(evaluation.logLoss()).isCloseTo((2 * (LN4 - Math.log(3)) + LN2 + LN4) / 4, within(1e-6));
        assertThat(evaluation.confusionMatrix().labels()).containsExactly("c0", "c1");
        assertThat(evaluation.confusionMatrix().counts()).containsExactly(List.of(1, 0), List.of(2, 1));
    }

    /** More rows than are computed at once, and a last part that is smaller and all wrong. */
    @Test
    void everyRowCountsTheSame() {
        int rows = 300;
        double[][] logits = new double[rows][];
        double[] targets = new double[rows];
        for (int row = 0; row < rows; row++) {
            logits[row] = new double[] {Math.log(3), 0};
            targets[row] = row < 256 ? 0 : 1;
        }
        Evaluation.Classification evaluation = (Evaluation.Classification)
                identity(TestTraining.classes(2)).evaluate(TestTraining.examples(logits, targets));

        assertThat(evaluation.accuracy()).isEqualTo(256.0 / 300);
        assertThat(evaluation.logLoss()).isCloseTo((256 * (LN4 - Math.log(3)) + 44 * LN4) / 300, within(1e-6));
        assertThat(evaluation.confusionMatrix().counts()).containsExactly(List.of(256, 0), List.of(44, 0));
    }

    @Test
    void amountsAreMeasuredInTheTargetsOwnUnit() {
        // Standardized errors 1, −1, 0, 2; targets 0, 1, 2, 3 with 5 as the sum of squared deviations.
        Evaluation.Regression evaluation = (Evaluation.Regression) identity(TestTraining.amount(100, 10))
                .evaluate(TestTraining.examples(new double[][] {{1}, {0}, {2}, {5}}, new double[] {0, 1, 2, 3}));

        assertThat(evaluation.rows()).isEqualTo(4);
        assertThat(evaluation.rmse()).isCloseTo(10 * Math.sqrt(6.0 / 4), within(1e-5));
        assertThat(evaluation.mae()).isCloseTo(10, within(1e-5));
        assertThat(evaluation.r2()).isCloseTo(1 - 6.0 / 5, within(1e-6));
    }

    @Test
    void thereIsNoR2WhereAllTargetsAreTheSame() {
        Evaluation.Regression evaluation = (Evaluation.Regression) identity(TestTraining.amount(0, 1))
                .evaluate(TestTraining.examples(new double[][] {{1}, {2}}, new double[] {0.1, 0.1}));
        assertThat(evaluation.r2()).isNaN();
        assertThat(evaluation.rmse()).isCloseTo(Math.sqrt((0.81 + 3.61) / 2), within(1e-6));
    }

    @Test
    void aPredictionOfAClassComesWithTheProbabilitiesOfAll() {
        List<Column> columns =
                List.of(TestTables.numbers("a", Math.log(3), 0, 0), TestTables.numbers("b", 0, Math.log(3), -1e15));
        List<Prediction> predictions =
                identity(TestTraining.classes(2), columns).predict(table(columns), Preprocessor.FindingListener.NONE);

        Prediction.Label first = (Prediction.Label) predictions.get(0);
        assertThat(first.label()).isEqualTo("c0");
        assertThat(first.labels()).containsExactly("c0", "c1");
        assertThat(first.probabilities()).containsExactly(new double[] {0.75, 0.25}, within(1e-6));
        assertThat(((Prediction.Label) predictions.get(1)).label()).isEqualTo("c1");
        assertThat(((Prediction.Label) predictions.get(2)).probabilities()).containsExactly(1, 0);
    }

    @Test
    void rowsArePredictedInTheirOrderHoweverMany() {
        List<Column> columns = List.of(
                TestTables.numbers("a", IntStream.range(0, 600).asDoubleStream().toArray()));
        TrainedModel model = identity(TestTraining.amount(100, 10), columns);
        List<Prediction> predictions = model.predict(table(columns), Preprocessor.FindingListener.NONE);
        assertThat(predictions).hasSize(600);
        for (int row = 0; row < 600; row++) {
            assertThat(((Prediction.Amounts) predictions.get(row)).values()).containsExactly(100 + 10.0 * row);
        }
        assertThat(model.predict(TestTables.table(TestTables.numbers("a")), Preprocessor.FindingListener.NONE))
                .isEmpty();
    }

    @Test
    void weightsAreTakenByNameAndMustFit() {
        TrainedModel model = identity(TestTraining.AMOUNT);
        Matrix two = Matrix.of(Precision.FLOAT32, new double[] {2});
        Matrix three = Matrix.of(Precision.FLOAT32, new double[] {3});
        model.takeWeights(Map.of("output.bias", three, "output.weight", two, "foreign", three));
        assertThat(model.weights().toArray()).containsExactly(2, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.takeWeights(Map.of("output.weight", two)))
                .withMessage("There are no weights \"output.bias\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.takeWeights(
                        Map.of("output.weight", Matrix.zeros(Precision.FLOAT32, 2, 1), "output.bias", three)));
    }

    private static Table table(List<Column> columns) {
        return new Table(columns, columns.get(0).rows());
    }

    private static TrainedModel identity(TargetEncoder target) {
        return identity(target, List.of());
    }

    private static TrainedModel identity(TargetEncoder target, List<Column> columns) {
        int width = target.outputs();
        Wiring wiring = TestTraining.linear().withOutput(width).wire(width);
        Matrix weights = Matrix.zeros(Precision.FLOAT32, 1, (width + 1) * width);
        for (int i = 0; i < width; i++) {
            weights.set(i * width + i, 1);
        }
        PreprocessingSpec asItIs = new PreprocessingSpec(
                PreprocessingSpec.Numeric.NONE,
                PreprocessingSpec.Categorical.ONE_HOT,
                PreprocessingSpec.Missing.IMPUTE);
        Preprocessor preprocessor = columns.isEmpty()
                ? new Preprocessor(List.of())
                : Preprocessor.fit(
                        table(columns), columns.stream().map(Column::name).toList(), new int[] {0}, asItIs, Set.of());
        return new TrainedModel(wiring, weights, preprocessor, target);
    }
}
