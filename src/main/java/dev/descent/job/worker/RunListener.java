package dev.descent.job.worker;

import dev.descent.core.train.EpochReport;
import dev.descent.core.train.TrainingListener;
import dev.descent.core.train.TrainingSession;

/** Everything that happens alongside training: stores progress, applies changes, and checks for a stop request. */
final class RunListener implements TrainingListener {

    private final RunRetry retry;
    private final ChangeInbox changes;
    private final ProgressWriter progress;

    RunListener(RunRetry retry, ChangeInbox changes, ProgressWriter progress) {
        this.retry = retry;
        this.changes = changes;
        this.progress = progress;
    }

    @Override
    public boolean beforeBatch(TrainingSession session) {
        if (retry.isStopped()) {
            return false;
        }
        changes.takeUpDue(session);
        progress.beforeBatch(session);
        return true;
    }

    @Override
    public void cancellationCheck() {
        retry.checkCancellation();
    }

    @Override
    public void onEpoch(EpochReport report, TrainingSession session) {
        progress.afterEpoch(report, session);
    }
}
