package dev.descent.core.train.evaluate.metrics;

/** How good probabilities are, row by row. */
final class ProbabilityScores {

    /** The distance of 1 from the next double. A probability counts as no nearer to 0 or 1, lest a single row decide. */
    private static final double EPSILON = Math.ulp(1.0);

    private ProbabilityScores() {}

    /** −ln p of the true class, with p held within [ε, 1 − ε], ε = 2⁻⁵². */
    static double logLoss(ClassPredictions predictions, int row) {
        double p = predictions.probability(row, predictions.truth()[row]);
        return -Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, p)));
    }

    /**
     * Σ (p − t)² over the classes, where t is 1 for the true class and else 0; half of that for two classes.
     *
     * <p>Source: Brier, "Verification of forecasts expressed in terms of probability" (1950).
     */
    static double brier(ClassPredictions predictions, int row) {
        double sum = 0;
        for (int label = 0; label < predictions.classes(); label++) {
            double truth = label == predictions.truth()[row] ? 1 : 0;
            double difference = predictions.probability(row, label) - truth;
            sum += difference * difference;
        }
        return predictions.classes() > 2 ? sum : sum / 2;
    }

    /** How many classes come before the true one; of equally probable classes, the later comes first. */
    static int rank(ClassPredictions predictions, int row) {
        int truth = predictions.truth()[row];
        double p = predictions.probability(row, truth);
        int before = 0;
        for (int label = 0; label < predictions.classes(); label++) {
            double other = predictions.probability(row, label);
            if (other > p || (other == p && label > truth)) {
                before++;
            }
        }
        return before;
    }
}
