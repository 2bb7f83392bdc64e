package dev.descent.job.worker;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.descent.job.JobQueue;
import dev.descent.job.TrainingJob;
import java.time.Instant;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A turn is a right to train one job. Whenever a job is queued, one more is scheduled in the same transaction; whoever gets it takes the job that is
 * next by the rules of {@link JobQueue}. So there are never fewer turns than queued jobs, and a turn too many does no harm.
 */
@Component
public class DispatchTickets {

    static final TaskDescriptor<Void> TURN = TaskDescriptor.of("training-turn");

    private final ObjectProvider<Scheduler> scheduler;

    DispatchTickets(ObjectProvider<Scheduler> scheduler) {
        this.scheduler = scheduler;
    }

    /** Adds a turn for a job that has just been queued; in the caller's transaction. */
    public void grant(TrainingJob job, Instant now) {
        Instant notBefore = job.notBefore();
        String id = "%s/%d".formatted(job.getId(), job.transitions().size());
        scheduler
                .getObject()
                .scheduleIfNotExists(
                        TURN.instance(id).priority(job.priority()).scheduledTo(notBefore == null ? now : notBefore));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                scheduler.getObject().triggerCheckForDueExecutions();
            }
        });
    }
}
