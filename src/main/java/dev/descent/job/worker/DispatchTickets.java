package dev.descent.job.worker;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.descent.job.JobQueue;
import dev.descent.job.lifecycle.JobChanged;
import dev.descent.job.lifecycle.JobDeleted;
import dev.descent.job.lifecycle.JobStatus;
import java.time.Clock;
import java.time.Instant;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * A ticket is the right to train one job. Whenever a job is queued, a ticket is scheduled in the same transaction;
 * whoever gets it takes the next job by the rules of {@link JobQueue}. So there are never fewer tickets than queued
 * jobs, and a surplus ticket does no harm.
 */
@Component
class DispatchTickets {

    /** The name under which tickets are stored. */
    static final TaskDescriptor<Void> TICKET = TaskDescriptor.of("training-turn");

    private final ObjectProvider<Scheduler> scheduler;
    private final JdbcClient sql;
    private final Clock clock;

    DispatchTickets(ObjectProvider<Scheduler> scheduler, JdbcClient sql, Clock clock) {
        this.scheduler = scheduler;
        this.sql = sql;
        this.clock = clock;
    }

    /** Runs in the transaction that queues the job. */
    @EventListener
    void issue(JobChanged job) {
        if (job.status() == JobStatus.QUEUED) {
            Instant notBefore = job.notBefore();
            scheduler
                    .getObject()
                    .scheduleIfNotExists(TICKET.instance("%s/%d".formatted(job.jobId(), job.move()))
                            .priority(job.priority())
                            .scheduledTo(notBefore == null ? clock.instant() : notBefore));
        }
    }

    /** Runs in the transaction that deletes the job. A ticket that is in use removes itself. */
    @EventListener
    void withdraw(JobDeleted job) {
        sql.sql("""
                        delete from scheduled_tasks
                        where task_name = :task and task_instance like :instances and picked = false""")
                .param("task", TICKET.getTaskName())
                .param("instances", job.jobId() + "/%")
                .update();
    }

    /** Runs once the job has been committed: a worker may be free. */
    @TransactionalEventListener
    void dispatch(JobChanged job) {
        if (job.status() == JobStatus.QUEUED) {
            scheduler.getObject().triggerCheckForDueExecutions();
        }
    }
}
