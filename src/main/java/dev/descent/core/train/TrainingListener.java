package dev.descent.core.train;

/** Hears of the progress of training, on the thread that trains. */
public interface TrainingListener {

    /**
     * Before every batch, so it must cost next to nothing.
     *
     * @param session whose {@link TrainingSession#state} may be read, and which may be adjusted, until this method
     *     returns
     * @return whether training goes on
     */
    boolean beforeBatch(TrainingSession session);

    /**
     * Before every batch on which the network is only measured. Where it throws, training ends there, and the session's
     * state is one to go on from.
     */
    default void cancellationCheck() {
        // Most have nothing to say.
    }

    /**
     * After every epoch.
     *
     * @param session whose {@link TrainingSession#state} may be read until this method returns
     */
    void onEpoch(EpochReport report, TrainingSession session);
}
