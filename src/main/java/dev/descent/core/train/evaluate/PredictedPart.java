package dev.descent.core.train.evaluate;

import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.data.Column;
import dev.descent.core.data.ReconstructionTarget;
import dev.descent.core.data.RegressionTarget;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.train.evaluate.metrics.ClassPredictions;
import dev.descent.core.train.evaluate.metrics.Headline;
import dev.descent.core.train.evaluate.metrics.ValuePredictions;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/** What a model predicts for some rows of a table, and what is true of them. Every row counts equally. */
public sealed interface PredictedPart {

    /** The numbers of the rows in the table. */
    int[] rows();

    /** Applies the function for this kind of prediction. */
    <T> T match(Function<Classes, T> classes, Function<Values, T> values, Function<Reconstructions, T> reconstructions);

    /** Some of the rows, by their indexes. */
    default PredictedPart subset(int[] indexes) {
        int[] some = Arrays.stream(indexes).map(index -> rows()[index]).toArray();
        return match(
                classes -> new Classes(
                        some, classes.labels(), classes.predictions().subset(indexes)),
                values -> new Values(
                        some,
                        values.targets(),
                        values.predictions().stream()
                                .map(target -> target.subset(indexes))
                                .toList()),
                inputs -> new Reconstructions(
                        some,
                        Arrays.stream(indexes)
                                .mapToDouble(index -> inputs.errors()[index])
                                .toArray(),
                        inputs.threshold()));
    }

    /** The figures that models are compared by. */
    default Headline headline() {
        return match(
                classes -> Headline.of(classes.predictions()),
                values -> Headline.of(values.predictions()),
                inputs -> Headline.of(inputs.errors()));
    }

    /** @param labels of the classes */
    record Classes(int[] rows, List<String> labels, ClassPredictions predictions) implements PredictedPart {

        @Override
        public <T> T match(
                Function<Classes, T> classes,
                Function<Values, T> values,
                Function<Reconstructions, T> reconstructions) {
            return classes.apply(this);
        }
    }

    /** @param predictions of each target, in its own unit */
    record Values(int[] rows, List<String> targets, List<ValuePredictions> predictions) implements PredictedPart {

        @Override
        public <T> T match(
                Function<Classes, T> classes,
                Function<Values, T> values,
                Function<Reconstructions, T> reconstructions) {
            return values.apply(this);
        }
    }

    /**
     * @param errors the mean squared difference between the inputs of each row and their reconstruction
     * @param threshold the smallest error that makes a row an anomaly
     */
    record Reconstructions(int[] rows, double[] errors, double threshold) implements PredictedPart {

        @Override
        public <T> T match(
                Function<Classes, T> classes,
                Function<Values, T> values,
                Function<Reconstructions, T> reconstructions) {
            return reconstructions.apply(this);
        }
    }

    /**
     * Predicts some rows.
     *
     * @param table has the columns of the inputs and of the targets, none of which is missing in the rows
     * @param cancellationCheck called repeatedly; may throw to stop
     */
    static PredictedPart of(
            Predictor predictor, Table table, List<String> targets, int[] rows, Runnable cancellationCheck) {
        TargetEncoder target = predictor.model().target();
        Predict predict = sink -> predictor.predict(table, rows, cancellationCheck, sink);
        List<Column> columns =
                targets.stream().map(name -> table.column(name).orElseThrow()).toList();
        return target.match(
                classes -> classes(predict, classes, columns.get(0), rows),
                values -> values(predict, values, columns, rows),
                inputs -> reconstructions(predict, inputs, rows));
    }

    /** Sends each prediction with its index. */
    @FunctionalInterface
    interface Predict {
        void to(ObjIntConsumer<Prediction> sink);
    }

    private static Classes classes(Predict predict, ClassificationTarget target, Column column, int[] rows) {
        int count = target.outputs();
        double[] probabilities = new double[Math.multiplyExact(rows.length, count)];
        predict.to((prediction, index) -> System.arraycopy(
                ((Prediction.Classification) prediction).probabilities(), 0, probabilities, index * count, count));
        double[] all = target.encode(column);
        int[] truth = Arrays.stream(rows).map(row -> (int) all[row]).toArray();
        return new Classes(rows, target.labels(), new ClassPredictions(count, truth, probabilities, null));
    }

    private static Values values(Predict predict, RegressionTarget target, List<Column> columns, int[] rows) {
        double[][] predicted = new double[columns.size()][rows.length];
        predict.to((prediction, index) -> {
            double[] values = ((Prediction.Regression) prediction).values();
            for (int i = 0; i < values.length; i++) {
                predicted[i][index] = values[i];
            }
        });
        return new Values(
                rows,
                target.names(),
                IntStream.range(0, predicted.length)
                        .mapToObj(i -> new ValuePredictions(truth(columns.get(i), rows), predicted[i], null))
                        .toList());
    }

    private static double[] truth(Column column, int[] rows) {
        Column.Numbers numbers = (Column.Numbers) column;
        return Arrays.stream(rows).mapToDouble(numbers::value).toArray();
    }

    private static Reconstructions reconstructions(Predict predict, ReconstructionTarget target, int[] rows) {
        double[] errors = new double[rows.length];
        predict.to((prediction, index) -> errors[index] = ((Prediction.Reconstruction) prediction).error());
        return new Reconstructions(rows, errors, target.threshold());
    }
}
