package dev.descent.core.nn.optimizer;

/** The learning rate of each epoch. */
public interface Schedule {

    /**
     * The rate for an epoch.
     *
     * @param base the optimizer's own rate
     * @param epoch from 0
     * @param epochs the planned number of epochs
     */
    double rate(double base, int epoch, int epochs);

    /**
     * Receives the loss at the end of each epoch.
     *
     * @param loss the validation loss if there is one
     */
    default void observe(double loss) {}

    /** What the schedule has learnt from past losses. */
    default double[] memory() {
        return new double[0];
    }

    /** Restores what another schedule of the same kind has learnt. */
    default void remember(double[] memory) {}
}
