package dev.descent.core.nn.optimizer;

/** The learning rate from epoch to epoch. */
public interface Schedule {

    /**
     * The rate in force.
     *
     * @param base the optimizer's own rate
     * @param epoch from 0
     * @param epochs how many there are to be
     */
    double rate(double base, int epoch, int epochs);

    /**
     * Hears of the loss at the end of each epoch.
     *
     * @param loss that of validation, where there is one
     */
    default void observe(double loss) {}

    /** What the schedule has learnt from the losses so far. */
    default double[] memory() {
        return new double[0];
    }

    /** Goes on with what another schedule of the same kind has learnt. */
    default void remember(double[] memory) {}
}
