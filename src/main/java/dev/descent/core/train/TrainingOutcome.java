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
        /** All epochs were done. */
        COMPLETED,
        /** The listener asked for it. */
        STOPPED,
        /** The loss, or a weight, was no longer a finite number. */
        DIVERGED
    }
}
