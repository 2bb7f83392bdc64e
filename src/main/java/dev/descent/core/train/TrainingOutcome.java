package dev.descent.core.train;

/**
 * How training ended.
 *
 * @param epoch the last epoch started
 * @param step the number of optimizer steps taken
 * @param learningRate the base rate of the schedule at the end, after all adjustments
 * @param bestEpoch the epoch whose weights are the result; 0 if no epoch ended with a finite loss
 */
public record TrainingOutcome(
        Reason reason, int epoch, long step, double learningRate, int bestEpoch, double bestLoss) {

    public enum Reason {
        /** All epochs or steps are done. */
        COMPLETED,
        /** The loss stopped improving. */
        EARLY_STOPPING,
        /** The time limit was reached. */
        MAX_RUNTIME,
        /** The listener requested it. */
        STOPPED,
        /** The loss or a weight was no longer finite. */
        DIVERGED
    }
}
