package dev.descent.job;

import dev.descent.core.train.EpochReport;
import dev.descent.core.train.TrainingState;
import org.jspecify.annotations.Nullable;

/**
 * A state of training to keep.
 *
 * @param epoch the last whole one
 * @param report of that epoch, where it is known
 * @param bytes of the state
 */
record Snapshot(int epoch, long step, @Nullable EpochReport report, byte[] bytes) {

    static Snapshot of(TrainingState state, @Nullable EpochReport report) {
        return new Snapshot(state.epoch(), state.step(), report, TrainingStates.write(state));
    }

    /** The loss by which the best one is chosen. */
    @Nullable
    Double loss() {
        return report == null ? null : report.decisiveLoss();
    }

    @Nullable
    LatestScores scores() {
        return report == null ? null : LatestScores.of(report);
    }
}
