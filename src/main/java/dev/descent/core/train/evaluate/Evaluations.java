package dev.descent.core.train.evaluate;

import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.train.examples.Examples;
import dev.descent.core.train.examples.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures trained models. Every example counts the same, whatever weight it had in training. */
final class Evaluations {

    private Evaluations() {}

    static Evaluation evaluate(TrainedModel model, Examples examples, Runnable cancellationCheck) {
        if (model.target() instanceof TargetEncoder.Classes classes) {
            return classification(model, examples, cancellationCheck, classes);
        }
        if (model.target() instanceof TargetEncoder.Amounts amounts) {
            return regression(model, examples, cancellationCheck, amounts);
        }
        return reconstruction(model, examples, cancellationCheck, (TargetEncoder.Reconstruction) model.target());
    }

    private static void forEachBatch(
            TrainedModel model, Examples examples, Runnable cancellationCheck, Evaluator.BatchConsumer consumer) {
        int batchSize = Math.max(1, Math.min(Predictor.MAX_BATCH, examples.count()));
        Matrix weights = model.weights();
        try (Network network = new Network(model.wiring(), weights, batchSize, Network.Purpose.TRAINING);
                Matrix scratch = Matrix.zeros(
                        weights.precision(), batchSize, model.wiring().outputWidth())) {
            new Evaluator(
                            ThreadTeam.alone(model.weights().precision()),
                            network,
                            plainLoss(model),
                            model.target(),
                            scratch)
                    .forEachBatch(new Examples(examples.inputs(), examples.targets()), cancellationCheck, consumer);
        }
    }

    private static Loss plainLoss(TrainedModel model) {
        boolean oneLogit = model.target() instanceof TargetEncoder.Classes
                && model.wiring().outputWidth() == 1;
        LossSpec loss = oneLogit
                ? new LossSpec.BinaryCrossEntropySpec()
                : Task.of(model.target()).defaultLoss();
        return loss.build();
    }

    private static Evaluation classification(
            TrainedModel model, Examples examples, Runnable cancellationCheck, TargetEncoder.Classes classes) {
        int count = classes.labels().size();
        int[][] confusion = new int[count][count];
        double[] lossSum = new double[1];
        forEachBatch(model, examples, cancellationCheck, (outputs, targets, weights, meanLoss) -> {
            lossSum[0] += meanLoss * outputs.rows();
            for (int row = 0; row < outputs.rows(); row++) {
                confusion[(int) targets.get(row)][ClassOutputs.mostProbable(outputs, row)]++;
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

    private static Evaluation regression(
            TrainedModel model, Examples examples, Runnable cancellationCheck, TargetEncoder.Amounts amounts) {
        RegressionMetrics errors = new RegressionMetrics(amounts);
        forEachBatch(
                model,
                examples,
                cancellationCheck,
                (outputs, targets, weights, meanLoss) -> errors.add(outputs, targets));
        return new Evaluation.Regression(examples.count(), errors.rmse(), errors.mae(), errors.r2(), errors.byTarget());
    }

    private static Evaluation reconstruction(
            TrainedModel model, Examples examples, Runnable cancellationCheck, TargetEncoder.Reconstruction target) {
        double[] errors = reconstructionErrors(model, examples, cancellationCheck);
        long anomalies = Arrays.stream(errors)
                .filter(error -> error >= target.threshold())
                .count();
        return new Evaluation.Reconstruction(
                errors.length,
                Arrays.stream(errors).average().orElse(Double.NaN),
                new Evaluation.Quantiles(
                        quantile(errors, 0.05),
                        quantile(errors, 0.25),
                        quantile(errors, 0.5),
                        quantile(errors, 0.75),
                        quantile(errors, 0.95),
                        quantile(errors, 0.99)),
                target.threshold(),
                (double) anomalies / errors.length);
    }

    /** The mean squared difference between the inputs of each example and what comes back, in rising order. */
    static double[] reconstructionErrors(TrainedModel model, Examples examples, Runnable cancellationCheck) {
        double[] errors = new double[examples.count()];
        int[] done = new int[1];
        forEachBatch(model, examples, cancellationCheck, (outputs, targets, weights, meanLoss) -> {
            for (int row = 0; row < outputs.rows(); row++) {
                errors[done[0]++] = OutputReader.squaredDifference(targets, outputs, row);
            }
        });
        Arrays.sort(errors);
        return errors;
    }

    /** The value below which a share of sorted values stays; between two of them in a straight line. */
    static double quantile(double[] sorted, double share) {
        double index = share * (sorted.length - 1);
        int below = (int) index;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (index - below) * (sorted[above] - sorted[below]);
    }
}
