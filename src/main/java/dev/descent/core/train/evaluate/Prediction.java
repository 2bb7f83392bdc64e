package dev.descent.core.train.evaluate;

import java.util.List;
import java.util.function.Function;

/** A model's prediction for one row. */
public sealed interface Prediction {

    /** Applies the function for this kind of prediction. */
    <T> T match(
            Function<Classification, T> classification,
            Function<Regression, T> regression,
            Function<Reconstruction, T> reconstruction);

    /**
     * The most probable class.
     *
     * @param labels all classes
     * @param probabilities of each class, in the order of the labels; they add up to 1
     */
    record Classification(String label, List<String> labels, double[] probabilities) implements Prediction {
        @Override
        public <T> T match(
                Function<Classification, T> classification,
                Function<Regression, T> regression,
                Function<Reconstruction, T> reconstruction) {
            return classification.apply(this);
        }
    }

    /**
     * Numbers in their targets' own units.
     *
     * @param names of the targets
     * @param values one per target
     */
    record Regression(List<String> names, double[] values) implements Prediction {
        @Override
        public <T> T match(
                Function<Classification, T> classification,
                Function<Regression, T> regression,
                Function<Reconstruction, T> reconstruction) {
            return regression.apply(this);
        }
    }

    /**
     * How well an autoencoder reconstructs a row.
     *
     * @param error the mean squared difference between the row's standardized inputs and their reconstruction
     * @param embedding the output of the narrowest layer for the row
     * @param anomaly whether the error is at or above the threshold learnt on the training part
     */
    record Reconstruction(double error, double[] embedding, boolean anomaly) implements Prediction {
        @Override
        public <T> T match(
                Function<Classification, T> classification,
                Function<Regression, T> regression,
                Function<Reconstruction, T> reconstruction) {
            return reconstruction.apply(this);
        }
    }
}
