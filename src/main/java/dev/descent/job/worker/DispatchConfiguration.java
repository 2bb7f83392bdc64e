package dev.descent.job.worker;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import com.github.kagkarlsson.scheduler.boot.config.startup.ContextReadyStart;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.descent.core.train.Engine;
import dev.descent.job.resource.JobProperties;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the scheduler that hands out tickets. */
@Configuration
class DispatchConfiguration {

    private static final Duration PAUSE_PER_QUEUED_JOB = Duration.ofMillis(10);
    private static final int TICKETS_THAT_WAIT = 4;
    private static final Duration LEAST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS_AT_THE_CLOCK = Duration.ofSeconds(5);

    @Bean
    Task<Void> trainingTicket(TrainingWorkers workers, Claims claims) {
        return Tasks.custom(DispatchTickets.TICKET)
                .onDeadExecutionRevive()
                .onFailure(new FailureHandler.OnFailureRetryLater<>(LEAST_PAUSE))
                .execute((ticket, context) -> switch (workers.trainNext()) {
                    case TRAINED, NOTHING_QUEUED -> new CompletionHandler.OnCompleteRemove<>();
                    case LATER -> later(claims.queued());
                });
    }

    /**
     * The more tickets are returned, the longer each is delayed: together they look at most a hundred times a second.
     */
    private static CompletionHandler<Void> later(int queued) {
        Duration spread = PAUSE_PER_QUEUED_JOB.multipliedBy(queued);
        Duration pause = spread.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : spread;
        return (complete, operations) -> operations.reschedule(
                complete, complete.getTimeDone().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
    }

    /** The scheduler's threads are the training threads. */
    @Bean
    DbSchedulerCustomizer trainers(JobProperties properties) {
        AtomicInteger number = new AtomicInteger();
        int workers = properties.workers();
        // The scheduler submits the same tickets again at every poll, whether they have started or not, so the oldest
        // are stale.
        ExecutorService threads = new ThreadPoolExecutor(
                workers,
                workers,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(TICKETS_THAT_WAIT * workers),
                task -> new Thread(task, "trainer-" + number.incrementAndGet()),
                new ThreadPoolExecutor.DiscardOldestPolicy());
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<ExecutorService> executorService() {
                return Optional.of(threads);
            }
        };
    }

    /** Based on the database's time, like everything else that is stored, but reading it never fails. */
    @Bean
    SteadyClock steadyClock(java.time.Clock clock) {
        return new SteadyClock(clock, BETWEEN_LOOKS_AT_THE_CLOCK);
    }

    @Bean
    Clock dbSchedulerClock(SteadyClock clock) {
        return clock::instant;
    }

    @Bean
    Engine engine() {
        return Engine.local();
    }

    /** A process that only serves requests issues tickets but takes none. */
    @Bean
    DbSchedulerStarter dbSchedulerStarter(Scheduler scheduler, JobProperties properties) {
        return properties.trains() ? new ContextReadyStart(scheduler) : () -> {};
    }
}
