package dev.descent.core.train.evaluate.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The few figures that a model is compared by, of rows with any weights. */
public interface Headline {

    /** The number of rows. */
    int rows();

    /** The names of the figures and what a perfect model has. */
    List<Figure> figures();

    /**
     * The figures in the order of {@link #figures}; NaN where one does not exist.
     *
     * @param weights of the rows; null if all count equally
     */
    double[] values(double @Nullable [] weights);

    /** The number of passes over the rows that {@link #values} takes. */
    int passes();

    /** @param perfect that of a perfect model */
    record Figure(String name, double perfect) {}

    /** The figures by name; null where one does not exist. */
    default Map<String, @Nullable Double> byName() {
        double[] values = values(null);
        Map<String, @Nullable Double> byName = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            byName.put(figures().get(i).name(), Undefined.orNull(values[i]));
        }
        return byName;
    }

    /**
     * How much of the way from a baseline to a perfect model was made, by figure: (figure − baseline) / (perfect −
     * baseline), below 0 for a model that is worse than the baseline. Null where a figure does not exist, or the baseline
     * is perfect.
     */
    default Map<String, @Nullable Double> wayFrom(Headline baseline) {
        double[] own = values(null);
        double[] base = baseline.values(null);
        Map<String, @Nullable Double> way = new LinkedHashMap<>();
        for (int i = 0; i < own.length; i++) {
            double perfect = figures().get(i).perfect();
            way.put(figures().get(i).name(), Undefined.orNull((own[i] - base[i]) / (perfect - base[i])));
        }
        return way;
    }

    static Headline of(ClassPredictions predictions) {
        return new OfClasses(predictions);
    }

    /** The means over the targets. */
    static Headline of(List<ValuePredictions> targets) {
        return new OfValues(targets);
    }

    /** Of an autoencoder. */
    static Headline of(double[] errors) {
        return new OfErrors(errors);
    }

    /** Classes: whatever depends on the weights of a row alone is kept by row. */
    final class OfClasses implements Headline {

        /** Each curve is a pass; more than these take too long for what an interval of their mean is worth. */
        private static final int MOST_CURVES = 10;

        private static final List<Figure> FIGURES = List.of(
                new Figure("accuracy", 1),
                new Figure("balanced_accuracy", 1),
                new Figure("f1_macro", 1),
                new Figure("log_loss", 0),
                new Figure("brier_score", 0));

        private final ClassPredictions predictions;
        private final int[] predicted;
        private final double[] logLosses;
        private final double[] briers;
        private final List<ScoreCurve> curves = new ArrayList<>();
        private final List<Figure> figures = new ArrayList<>(FIGURES);

        OfClasses(ClassPredictions predictions) {
            this.predictions = predictions;
            int rows = predictions.rows();
            this.predicted = new int[rows];
            this.logLosses = new double[rows];
            this.briers = new double[rows];
            for (int row = 0; row < rows; row++) {
                predicted[row] = predictions.predicted(row);
                logLosses[row] = ProbabilityScores.logLoss(predictions, row);
                briers[row] = ProbabilityScores.brier(predictions, row);
            }
            int classes = predictions.classes();
            if (classes <= MOST_CURVES) {
                figures.add(new Figure("roc_auc", 1));
                for (int label = classes == 2 ? 1 : 0; label < classes; label++) {
                    int positive = label;
                    curves.add(ScoreCurve.of(
                            predictions.scores(label), row -> predictions.truth()[row] == positive, null));
                }
            }
        }

        @Override
        public int rows() {
            return predictions.rows();
        }

        @Override
        public List<Figure> figures() {
            return figures;
        }

        @Override
        public int passes() {
            return 1 + curves.size();
        }

        @Override
        public double[] values(double @Nullable [] weights) {
            ClassTotals totals = new ClassTotals(predictions.classes());
            for (int row = 0; row < predicted.length; row++) {
                totals.add(predictions.truth()[row], predicted[row], weights == null ? 1 : weights[row]);
            }
            double[] values = new double[figures.size()];
            values[0] = totals.accuracy();
            values[1] = totals.balancedAccuracy();
            values[2] = totals.f1Macro();
            values[3] = Means.weighted(rows(), weights, row -> logLosses[row]);
            values[4] = Means.weighted(rows(), weights, row -> briers[row]);
            if (!curves.isEmpty()) {
                values[5] = Means.ofDefined(
                        curves.size(), curve -> curves.get(curve).with(weights).area());
            }
            return values;
        }
    }

    /** Numbers. */
    record OfValues(List<ValuePredictions> targets) implements Headline {

        private static final List<Figure> FIGURES =
                List.of(new Figure("rmse", 0), new Figure("mae", 0), new Figure("r2", 1));

        @Override
        public int rows() {
            return targets.get(0).rows();
        }

        @Override
        public List<Figure> figures() {
            return FIGURES;
        }

        @Override
        public int passes() {
            return 4 * targets.size();
        }

        @Override
        public double[] values(double @Nullable [] weights) {
            return new double[] {
                mean(weights, ValuePredictions::rmse),
                mean(weights, ValuePredictions::mae),
                mean(weights, ValuePredictions::r2)
            };
        }

        private double mean(double @Nullable [] weights, ToDoubleFunction<ValuePredictions> figure) {
            return targets.stream()
                    .map(target -> new ValuePredictions(target.truth(), target.predicted(), weights))
                    .mapToDouble(figure)
                    .average()
                    .orElse(Double.NaN);
        }
    }

    /** Reconstructions. */
    record OfErrors(double[] errors) implements Headline {

        @Override
        public int rows() {
            return errors.length;
        }

        @Override
        public List<Figure> figures() {
            return List.of(new Figure("mean_error", 0));
        }

        @Override
        public int passes() {
            return 1;
        }

        @Override
        public double[] values(double @Nullable [] weights) {
            return new double[] {Means.weighted(errors.length, weights, row -> errors[row])};
        }
    }
}
