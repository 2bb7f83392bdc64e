package dev.descent.core.train.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * What the members of an ensemble say of some rows in the mean: with M members, p̄ₖ = Σ pₖₘ / M for the probability of
 * each class, and ȳ = Σ yₘ / M for numbers in their own unit. Not the outputs of the networks are averaged: each member
 * has its own scale.
 *
 * <p>Source: Hansen, Salamon, "Neural network ensembles" (1990), IEEE PAMI 12 (10).
 */
final class MeanPredictions {

    private final double[][] sums;
    private final Prediction[] any;

    MeanPredictions(int rows) {
        this.sums = new double[rows][];
        this.any = new Prediction[rows];
    }

    /** Adds what one member says of a row. */
    void add(Prediction prediction, int row) {
        double[] numbers = numbers(prediction);
        if (sums[row] == null) {
            sums[row] = numbers.clone();
            any[row] = prediction;
        } else {
            for (int i = 0; i < numbers.length; i++) {
                sums[row][i] += numbers[i];
            }
        }
    }

    private static double[] numbers(Prediction prediction) {
        return prediction.match(
                Prediction.Classification::probabilities, Prediction.Regression::values, reconstruction -> {
                    throw new IllegalStateException("Autoencoders have no outputs in common");
                });
    }

    /** @param first the number of the first row */
    void forEach(int members, int first, ObjIntConsumer<Prediction> sink) {
        for (int row = 0; row < sums.length; row++) {
            double[] mean = Arrays.stream(sums[row]).map(sum -> sum / members).toArray();
            sink.accept(
                    any[row].match(
                            classes -> of(classes.labels(), mean),
                            numbers -> new Prediction.Regression(numbers.names(), mean),
                            reconstruction -> reconstruction),
                    first + row);
        }
    }

    /** The most probable class; the first one in case of a tie. */
    private static Prediction of(List<String> labels, double[] probabilities) {
        int best = 0;
        for (int label = 1; label < probabilities.length; label++) {
            best = probabilities[label] > probabilities[best] ? label : best;
        }
        return new Prediction.Classification(labels.get(best), labels, probabilities);
    }
}
