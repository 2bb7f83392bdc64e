package dev.descent.core.train;

import java.util.List;

/** What a model says of one row. */
public sealed interface Prediction {

    /**
     * The most probable class.
     *
     * @param labels all classes
     * @param probabilities of each class, in the order of the labels; they add up to 1
     */
    record Label(String label, List<String> labels, double[] probabilities) implements Prediction {}

    /** An amount in the target's own unit. */
    record Amount(double value) implements Prediction {}
}
