package dev.descent.job.resource;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/** Whatever is done again and again beside requests and training, on a few threads for all of it. */
@Component
public class Ticker implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    /** One for each kind of work: clients are heard also while other work waits for a row that is locked. */
    private static final int THREADS = 4;

    private final ThreadPoolTaskScheduler threads = new ThreadPoolTaskScheduler();

    Ticker() {
        threads.setPoolSize(THREADS);
        threads.setThreadNamePrefix("ticker-");
        threads.setRemoveOnCancelPolicy(true);
        // What comes after the end is not needed any more.
        threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        threads.initialize();
    }

    /** Does something at once, and then again and again, until the answer is cancelled. */
    public ScheduledFuture<?> repeat(Runnable task, Duration pause) {
        return threads.scheduleWithFixedDelay(() -> attempt(task), pause);
    }

    /** Does something once, as soon as a thread is free. */
    public void soon(Runnable task) {
        threads.execute(() -> attempt(task));
    }

    /**
     * A failure, such as a database that does not answer or memory that a job has used up, must not end a repetition.
     */
    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            log.warn("{}; trying again", failure.getMessage());
        }
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }
}
