package dev.descent.core.train;

/** Hears of the progress of training, on the thread that trains. */
public interface TrainingListener {

    /** Asked before every batch, so it must cost next to nothing. */
    boolean isStopRequested();

    /**
     * After every epoch.
     *
     * @param trainer whose {@link Trainer#state} may be read until this method returns
     */
    void onEpoch(EpochReport report, Trainer trainer);
}
