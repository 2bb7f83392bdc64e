package dev.descent.core.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.TestTables;
import dev.descent.core.TestTraining;
import dev.descent.core.data.Column;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.ReconstructionTarget;
import dev.descent.core.data.RegressionTarget;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.encode.Scaling;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.examples.Examples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Models whose outputs equal their inputs or are 0, so that every number can be computed by hand. */
class EvaluationTest {

    private static final double LN2 = Math.log(2);
    private static final double LN4 = Math.log(4);

    @Test
    void classesAreCountedByTruthAndByAnswer() {
        // Probabilities: 3/4 1/4, 1/2 1/2, 1/4 3/4, 3/4 1/4. In case of a tie the first class is predicted.
        double[][] logits = {{Math.log(3), 0}, {0, 0}, {0, Math.log(3)}, {Math.log(3), 0}};
        Evaluation.Classification evaluation = (Evaluation.Classification) identity(TestTraining.classes(2))
                .evaluate(TestTraining.examples(logits, new double[] {0, 1, 1, 1}), TestTraining.NEVER_CANCELLED);

        assertThat(evaluation.rows()).isEqualTo(4);
        assertThat(evaluation.accuracy()).isEqualTo(0.5);
        assertThat(evaluation.logLoss()).isCloseTo((2 * (LN4 - Math.log(3)) + LN2 + LN4) / 4, within(1e-6));
        assertThat(evaluation.confusionMatrix().labels()).containsExactly("c0", "c1");
        assertThat(evaluation.confusionMatrix().counts()).containsExactly(List.of(1, 0), List.of(2, 1));
    }

    /** More rows than are computed at once, with a smaller last batch that is all wrong. */
    @Test
    void everyRowCountsTheSame() {
        int rows = 300;
        double[][] logits = new double[rows][];
        double[] targets = new double[rows];
        for (int row = 0; row < rows; row++) {
            logits[row] = new double[] {Math.log(3), 0};
            targets[row] = row < 256 ? 0 : 1;
        }
        Evaluation.Classification evaluation = (Evaluation.Classification) identity(TestTraining.classes(2))
                .evaluate(TestTraining.examples(logits, targets), TestTraining.NEVER_CANCELLED);

        assertThat(evaluation.accuracy()).isEqualTo(256.0 / 300);
        assertThat(evaluation.logLoss()).isCloseTo((256 * (LN4 - Math.log(3)) + 44 * LN4) / 300, within(1e-6));
        assertThat(evaluation.confusionMatrix().counts()).containsExactly(List.of(256, 0), List.of(44, 0));
    }

    @Test
    void amountsAreMeasuredInTheTargetsOwnUnit() {
        // Standardized errors 1, −1, 0, 2; targets 0, 1, 2, 3, whose squared deviations add up to 5.
        Evaluation.Regression evaluation = (Evaluation.Regression) identity(TestTraining.amount(100, 10))
                .evaluate(
                        TestTraining.examples(new double[][] {{1}, {0}, {2}, {5}}, new double[] {0, 1, 2, 3}),
                        TestTraining.NEVER_CANCELLED);

        assertThat(evaluation.rows()).isEqualTo(4);
        assertThat(evaluation.rmse()).isCloseTo(10 * Math.sqrt(6.0 / 4), within(1e-5));
        assertThat(evaluation.mae()).isCloseTo(10, within(1e-5));
        assertThat(evaluation.r2()).isCloseTo(1 - 6.0 / 5, within(1e-6));
    }

    /**
     * Standardized errors 1, 2 for the first target and 0, −2 for the second, in units of 10 and 100. The sums of the
     * targets' squared deviations are ½ and 8.
     */
    @Test
    void severalAmountsAreMeasuredOneByOneAndInTheMean() {
        TargetEncoder target = new RegressionTarget(
                List.of("first", "second"),
                List.of(new RegressionTarget.Scale(7, 10), new RegressionTarget.Scale(0, 100)));
        Matrix outputs = Matrix.of(Precision.FLOAT32, new double[] {1, 0}, new double[] {3, 2});
        Matrix targets = Matrix.of(Precision.FLOAT32, new double[] {0, 0}, new double[] {1, 4});
        Evaluation.Regression evaluation = (Evaluation.Regression)
                identity(target).evaluate(new Examples(outputs, targets), TestTraining.NEVER_CANCELLED);

        assertThat(evaluation.rows()).isEqualTo(2);
        Evaluation.TargetScore first = evaluation.targets().get(0);
        assertThat(first.target()).isEqualTo("first");
        assertThat(first.rmse()).isCloseTo(10 * Math.sqrt(5 / 2.0), within(1e-9));
        assertThat(first.mae()).isCloseTo(10 * 3 / 2.0, within(1e-9));
        assertThat(first.r2()).isCloseTo(1 - 5 / 0.5, within(1e-9));
        Evaluation.TargetScore second = evaluation.targets().get(1);
        assertThat(second.target()).isEqualTo("second");
        assertThat(second.rmse()).isCloseTo(100 * Math.sqrt(4 / 2.0), within(1e-9));
        assertThat(second.mae()).isCloseTo(100 * 2 / 2.0, within(1e-9));
        assertThat(second.r2()).isCloseTo(1 - 4 / 8.0, within(1e-9));
        assertThat(evaluation.targets()).hasSize(2);
        assertThat(evaluation.rmse()).isCloseTo((first.rmse() + second.rmse()) / 2, within(1e-9));
        assertThat(evaluation.mae()).isCloseTo((15 + 100) / 2.0, within(1e-9));
        assertThat(evaluation.r2()).isCloseTo((-9 + 0.5) / 2, within(1e-9));
    }

    /** ln(1 + 1) and ln(1 + 3) decode to 1 and 3, whose errors are 1 and 2 and whose deviations from 3 are 2. */
    @Test
    void errorsOfATransformedAmountAreInItsOwnUnit() {
        TargetEncoder target =
                new RegressionTarget(List.of("y"), List.of(new RegressionTarget.Scale(3, 2, new Scaling.Log1p(0, 1))));
        Matrix outputs = Matrix.of(Precision.FLOAT32, new double[] {Math.log(3)}, new double[] {Math.log(4)});
        Matrix targets = Matrix.of(Precision.FLOAT32, new double[] {Math.log(2)}, new double[] {Math.log(6)});

        Evaluation.Regression evaluation = (Evaluation.Regression)
                identity(target).evaluate(new Examples(outputs, targets), TestTraining.NEVER_CANCELLED);

        assertThat(evaluation.rmse()).isCloseTo(Math.sqrt((1 + 4) / 2.0), within(1e-5));
        assertThat(evaluation.mae()).isCloseTo(1.5, within(1e-5));
        assertThat(evaluation.r2()).isCloseTo(1 - 5 / 8.0, within(1e-5));
    }

    /** Probabilities of the second class: 3/4, 1/2, 1/4. In case of a tie the first class is predicted. */
    @Test
    void twoClassesMayBeAnsweredByOneLogit() {
        TrainedModel model = linear(TestTraining.classes(2), 1, 1);
        Evaluation.Classification evaluation = (Evaluation.Classification) model.evaluate(
                TestTraining.examples(new double[][] {{Math.log(3)}, {0}, {-Math.log(3)}}, new double[] {1, 1, 1}),
                TestTraining.NEVER_CANCELLED);

        assertThat(evaluation.accuracy()).isEqualTo(1 / 3.0);
        assertThat(evaluation.logLoss()).isCloseTo((LN4 - Math.log(3) + LN2 + LN4) / 3, within(1e-6));
        assertThat(evaluation.confusionMatrix().counts()).containsExactly(List.of(0, 0), List.of(2, 1));
    }

    /** The reconstruction is 0, so the errors are the squares of the inputs: 0, 1, 4, 9, 16. */
    @Test
    void anAutoencoderIsMeasuredByTheErrorsOfItsRows() {
        Evaluation.Reconstruction evaluation = (Evaluation.Reconstruction) linear(new ReconstructionTarget(1, 9), 1, 0)
                .evaluate(itself(new double[][] {{-3}, {0}, {4}, {1}, {-2}}), TestTraining.NEVER_CANCELLED);

        assertThat(evaluation.rows()).isEqualTo(5);
        assertThat(evaluation.meanError()).isEqualTo(6);
        assertThat(evaluation.threshold()).isEqualTo(9);
        assertThat(evaluation.anomalies()).isEqualTo(2 / 5.0);
        Evaluation.Quantiles quantiles = evaluation.quantiles();
        assertThat(quantiles.p5()).isCloseTo(0.2, within(1e-9));
        assertThat(quantiles.p25()).isEqualTo(1);
        assertThat(quantiles.p50()).isEqualTo(4);
        assertThat(quantiles.p75()).isEqualTo(9);
        assertThat(quantiles.p95()).isCloseTo(9 + 0.8 * 7, within(1e-9));
        assertThat(quantiles.p99()).isCloseTo(9 + 0.96 * 7, within(1e-9));
    }

    @Test
    void theThresholdIsTheErrorThatNinetyNineOfAHundredRowsStayBelow() {
        TrainedModel model = linear(new ReconstructionTarget(1, Double.NaN), 1, 0)
                .withThreshold(itself(new double[][] {{-3}, {0}, {4}, {1}, {-2}}), TestTraining.NEVER_CANCELLED);

        ReconstructionTarget target = (ReconstructionTarget) model.target();
        assertThat(target.outputs()).isEqualTo(1);
        assertThat(target.threshold()).isCloseTo(9 + 0.96 * 7, within(1e-9));
        TrainedModel other = identity(TestTraining.AMOUNT);
        assertThat(other.withThreshold(itself(new double[][] {{1}}), TestTraining.NEVER_CANCELLED))
                .isSameAs(other);
    }

    @Test
    void anyShareOfOneValueStaysBelowThatValue() {
        assertThat(ReconstructionOutputs.quantile(new double[] {7}, 0.05)).isEqualTo(7);
        assertThat(ReconstructionOutputs.quantile(new double[] {7}, 1)).isEqualTo(7);
        assertThat(ReconstructionOutputs.quantile(new double[] {2, 4}, 0)).isEqualTo(2);
        assertThat(ReconstructionOutputs.quantile(new double[] {2, 4}, 0.25)).isEqualTo(2.5);
        assertThat(ReconstructionOutputs.quantile(new double[] {2, 4}, 1)).isEqualTo(4);
    }

    private static Examples itself(double[][] inputs) {
        Matrix matrix = Matrix.of(Precision.FLOAT32, inputs);
        return new Examples(matrix, matrix);
    }

    @Test
    void thereIsNoR2WhereAllTargetsAreTheSame() {
        Evaluation.Regression evaluation = (Evaluation.Regression) identity(TestTraining.amount(0, 1))
                .evaluate(
                        TestTraining.examples(new double[][] {{1}, {2}}, new double[] {0.1, 0.1}),
                        TestTraining.NEVER_CANCELLED);
        assertThat(evaluation.r2()).isNaN();
        assertThat(evaluation.rmse()).isCloseTo(Math.sqrt((0.81 + 3.61) / 2), within(1e-6));
    }

    @Test
    void aPredictionOfAClassComesWithTheProbabilitiesOfAll() {
        List<Column> columns =
                List.of(TestTables.numbers("a", Math.log(3), 0, 0), TestTables.numbers("b", 0, Math.log(3), -1e15));
        List<Prediction> predictions =
                identity(TestTraining.classes(2), columns).predict(table(columns), Preprocessor.FindingListener.NONE);

        Prediction.Classification first = (Prediction.Classification) predictions.get(0);
        assertThat(first.label()).isEqualTo("c0");
        assertThat(first.labels()).containsExactly("c0", "c1");
        assertThat(first.probabilities()).containsExactly(new double[] {0.75, 0.25}, within(1e-6));
        assertThat(((Prediction.Classification) predictions.get(1)).label()).isEqualTo("c1");
        assertThat(((Prediction.Classification) predictions.get(2)).probabilities())
                .containsExactly(1, 0);
    }

    @Test
    void rowsArePredictedInTheirOrderHoweverMany() {
        List<Column> columns = List.of(
                TestTables.numbers("a", IntStream.range(0, 600).asDoubleStream().toArray()));
        TrainedModel model = identity(TestTraining.amount(100, 10), columns);
        List<Prediction> predictions = model.predict(table(columns), Preprocessor.FindingListener.NONE);
        assertThat(predictions).hasSize(600);
        for (int row = 0; row < 600; row++) {
            assertThat(((Prediction.Regression) predictions.get(row)).values()).containsExactly(100 + 10.0 * row);
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
        return linear(target, target.outputs(), 1, columns);
    }

    private static TrainedModel linear(TargetEncoder target, int width, double factor) {
        return linear(target, width, factor, List.of());
    }

    /** The outputs are the inputs times a factor. */
    private static TrainedModel linear(TargetEncoder target, int width, double factor, List<Column> columns) {
        Wiring wiring = TestTraining.linear().withOutput(width).wire(width);
        Matrix weights = Matrix.zeros(Precision.FLOAT32, 1, (width + 1) * width);
        for (int i = 0; i < width; i++) {
            weights.set(i * width + i, factor);
        }
        PreprocessingSpec asItIs = new PreprocessingSpec(
                PreprocessingSpec.Numeric.NONE,
                PreprocessingSpec.Categorical.ONE_HOT,
                PreprocessingSpec.Missing.IMPUTE,
                null,
                null);
        Preprocessor preprocessor = columns.isEmpty()
                ? new Preprocessor(List.of())
                : Preprocessor.fit(
                        table(columns), columns.stream().map(Column::name).toList(), new int[] {0}, asItIs, Set.of());
        return new TrainedModel(wiring, weights, preprocessor, target);
    }
}
