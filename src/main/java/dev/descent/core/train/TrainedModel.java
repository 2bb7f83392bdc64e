package dev.descent.core.train;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Matrix;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Parameter;
import dev.descent.core.nn.Softmax;
import dev.descent.core.nn.Wiring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Fitted weights with all that leads from raw columns to a prediction. Any number of threads may use one: nothing in it changes.
 *
 * @param weights 1 × parameters
 */
public record TrainedModel(Wiring wiring, Matrix weights, Preprocessor preprocessor, TargetEncoder target) {

    private static final int MAX_BATCH = 256;

    /**
     * Fills the weights in by name.
     *
     * @throws IllegalArgumentException where one is missing or has another size
     */
    public void takeWeights(Map<String, Matrix> byName) {
        try (Network network = new Network(wiring, weights, 1, Network.Purpose.TRAINING)) {
            for (Parameter parameter : network.parameters().list()) {
                Matrix values = byName.get(parameter.name());
                if (values == null) {
                    throw new IllegalArgumentException("There are no weights \"%s\"".formatted(parameter.name()));
                }
                parameter.value().copy(values);
            }
        }
    }

    /** Predicts every row of a table that has all columns of the preprocessor. */
    public List<Prediction> predict(Table table, Preprocessor.FindingListener listener) {
        List<Prediction> predictions = new ArrayList<>(table.rows());
        Preprocessor.RowEncoder encoder = preprocessor.bind(table);
        double[] inputs = new double[preprocessor.width()];
        int batchSize = Math.max(1, Math.min(MAX_BATCH, table.rows()));
        try (Network network = new Network(wiring, weights, batchSize, Network.Purpose.TRAINING);
                Matrix batch = Matrix.zeros(weights.precision(), batchSize, inputs.length)) {
            for (int from = 0; from < table.rows(); from += batchSize) {
                int rows = Math.min(batchSize, table.rows() - from);
                for (int row = 0; row < rows; row++) {
                    encoder.encode(from + row, inputs, listener);
                    batch.setRow(row, inputs);
                }
                Matrix outputs = network.forward(batch.top(rows));
                for (int row = 0; row < rows; row++) {
                    predictions.add(prediction(outputs, row));
                }
            }
        }
        return predictions;
    }

    private Prediction prediction(Matrix outputs, int row) {
        if (target instanceof TargetEncoder.Amount amount) {
            return new Prediction.Amount(amount.decode(outputs.get(row, 0)));
        }
        TargetEncoder.Classes classes = (TargetEncoder.Classes) target;
        return new Prediction.Label(
                classes.labels().get(ScoreKeeper.mostProbable(outputs, row)),
                classes.labels(),
                Softmax.probabilities(outputs, row));
    }

    /** Measures the model on examples that its own preprocessor and target encoder made. */
    public Evaluation evaluate(Examples examples) {
        int batchSize = Math.max(1, Math.min(MAX_BATCH, examples.count()));
        try (Network network = new Network(wiring, weights, batchSize, Network.Purpose.TRAINING);
                Matrix scratch = Matrix.zeros(weights.precision(), batchSize, wiring.outputWidth())) {
            Loss loss = Task.of(target).defaultLoss().build();
            Evaluator evaluator = new Evaluator(network, loss, target, scratch);
            return target instanceof TargetEncoder.Amount amount
                    ? evaluateAmounts(evaluator, examples, amount)
                    : evaluateClasses(evaluator, examples, (TargetEncoder.Classes) target);
        }
    }

    private Evaluation evaluateClasses(Evaluator evaluator, Examples examples, TargetEncoder.Classes classes) {
        int count = classes.labels().size();
        int[][] confusion = new int[count][count];
        double[] lossSum = new double[1];
        evaluator.forEachBatch(examples, (outputs, targets, meanLoss) -> {
            lossSum[0] += meanLoss * outputs.rows();
            for (int row = 0; row < outputs.rows(); row++) {
                confusion[(int) targets.get(row)][ScoreKeeper.mostProbable(outputs, row)]++;
            }
        });
        int correct = 0;
        List<List<Integer>> counts = new ArrayList<>();
        for (int label = 0; label < count; label++) {
            correct += confusion[label][label];
            counts.add(Arrays.stream(confusion[label]).boxed().toList());
        }
        return new Evaluation.Classification(
                examples.count(),
                (double) correct / examples.count(),
                lossSum[0] / examples.count(),
                new Evaluation.ConfusionMatrix(classes.labels(), counts));
    }

    private Evaluation evaluateAmounts(Evaluator evaluator, Examples examples, TargetEncoder.Amount amount) {
        double[] absoluteErrors = new double[1];
        ScoreKeeper keeper = ScoreKeeper.of(target);
        evaluator.forEachBatch(examples, (outputs, targets, meanLoss) -> {
            keeper.add(outputs, targets, meanLoss);
            for (int i = 0; i < outputs.size(); i++) {
                absoluteErrors[0] += Math.abs(outputs.get(i) - targets.get(i));
            }
        });
        Score score = keeper.score();
        return new Evaluation.Regression(
                examples.count(),
                score.rmse() == null ? Double.NaN : score.rmse(),
                amount.deviation() * absoluteErrors[0] / examples.count(),
                score.r2() == null ? Double.NaN : score.r2());
    }
}
