package dev.descent.core.train;

/** Observes the progress of training, on the training thread. */
public interface TrainingListener {

    /**
     * Called before every batch, so it must cost next to nothing.
     *
     * @param session may be adjusted, and its {@link TrainingSession#state} read, until this method returns
     * @return whether to continue training
     */
    boolean beforeBatch(TrainingSession session);

    /**
     * Called before every batch that is only measured. If it throws, training ends there, and the session's state can
     * be resumed from.
     */
    default void cancellationCheck() {}

    /**
     * Called after every epoch.
     *
     * @param session its {@link TrainingSession#state} may be read until this method returns
     */
    void onEpoch(EpochReport report, TrainingSession session);
}
