package dev.descent.core.train.evaluate;

import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.data.Column;
import dev.descent.core.data.Table;
import dev.descent.core.train.evaluate.metrics.ClassPredictions;
import dev.descent.core.train.evaluate.metrics.Headline;
import dev.descent.core.train.evaluate.metrics.ValuePredictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What can be predicted without any input: the frequencies of the classes in the training part, and so its most frequent
 * class, or the mean of a number there.
 *
 * @param prediction the label, or the number of the first target
 * @param headline the figures for the rows of the predicted part
 */
public record ConstantBaseline(Object prediction, Headline headline) {

    /**
     * For the same rows as the model.
     *
     * @param train the rows of the training part
     * @return empty for an autoencoder
     */
    public static Optional<ConstantBaseline> of(PredictedPart part, Table table, List<String> targets, int[] train) {
        List<Column> columns =
                targets.stream().map(name -> table.column(name).orElseThrow()).toList();
        return part.match(
                classes -> Optional.of(ofClasses(classes, columns.get(0), train)),
                values -> Optional.of(ofValues(values, columns, train)),
                inputs -> Optional.empty());
    }

    private static ConstantBaseline ofClasses(PredictedPart.Classes part, Column column, int[] train) {
        int count = part.labels().size();
        double[] shares = new double[count];
        double[] classes = new ClassificationTarget(part.labels()).encode(column);
        Arrays.stream(train).forEach(row -> shares[(int) classes[row]] += 1.0 / train.length);
        double[] probabilities = new double[part.rows().length * count];
        for (int row = 0; row < part.rows().length; row++) {
            System.arraycopy(shares, 0, probabilities, row * count, count);
        }
        ClassPredictions predictions =
                new ClassPredictions(count, part.predictions().truth(), probabilities, null);
        return new ConstantBaseline(part.labels().get(predictions.predicted(0)), Headline.of(predictions));
    }

    private static ConstantBaseline ofValues(PredictedPart.Values part, List<Column> columns, int[] train) {
        List<ValuePredictions> constant = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column.Numbers numbers = (Column.Numbers) columns.get(i);
            double[] predicted = new double[part.rows().length];
            Arrays.fill(
                    predicted,
                    Arrays.stream(train).mapToDouble(numbers::value).average().orElseThrow());
            constant.add(new ValuePredictions(part.predictions().get(i).truth(), predicted, null));
        }
        return new ConstantBaseline(constant.get(0).predicted()[0], Headline.of(constant));
    }
}
