package dev.descent.core.train.evaluate.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The weight of the rows by true and predicted class; only pairs that occur take memory. */
final class ConfusionCounts {

    private final int classes;
    private final Map<Long, double[]> weights = new HashMap<>();

    private ConfusionCounts(int classes) {
        this.classes = classes;
    }

    record Cell(int actual, int predicted, double weight) {}

    static ConfusionCounts of(ClassPredictions predictions) {
        ConfusionCounts counts = new ConfusionCounts(predictions.classes());
        for (int row = 0; row < predictions.rows(); row++) {
            long pair = (long) predictions.truth()[row] * counts.classes + predictions.predicted(row);
            counts.weights.computeIfAbsent(pair, unknown -> new double[1])[0] += predictions.weight(row);
        }
        return counts;
    }

    /** The pairs that differ. */
    Stream<Cell> wrong() {
        return weights.entrySet().stream()
                .map(entry -> new Cell(
                        (int) (entry.getKey() / classes), (int) (entry.getKey() % classes), entry.getValue()[0]))
                .filter(cell -> cell.actual() != cell.predicted() && cell.weight() > 0);
    }

    /** By true class, then by predicted class. */
    List<List<Double>> matrix() {
        List<List<Double>> matrix = new ArrayList<>();
        for (long actual = 0; actual < classes; actual++) {
            List<Double> row = new ArrayList<>();
            for (int predicted = 0; predicted < classes; predicted++) {
                double[] weight = weights.get(actual * classes + predicted);
                row.add(weight == null ? 0 : weight[0]);
            }
            matrix.add(row);
        }
        return matrix;
    }
}
