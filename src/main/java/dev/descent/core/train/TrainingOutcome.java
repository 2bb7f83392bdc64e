package dev.descent.core.train;

/**
 * How training ended.
 *
 * @param epoch the last epoch begun
 * @param step optimizer steps done
 * @param bestEpoch the epoch whose weights are the result; 0 where no epoch ended with a finite loss
 */
public record TrainingOutcome(Reason reason, int epoch, long step, int bestEpoch, double bestLoss) {

    /** Why training ended. */
    public enum Reason {
        /** All epochs or steps were done. */
        COMPLETED,
        /** The loss did not improve any more. */
        EARLY_STOPPING,
        /** The time was up. */
        MAX_RUNTIME,
        /** The listener asked for it. */
        STOPPED,
        /** The loss, or a weight, was no longer a finite number. */
        DIVERGED
    }
}
