package dev.descent.ticker;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/** Runs all periodic work outside requests and training on a few shared threads. */
@Component
public class Ticker implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    /** One for each kind of work, so that clients are served even while other work waits for a locked row. */
    private static final int THREADS = 7;

    private final ThreadPoolTaskScheduler threads = new ThreadPoolTaskScheduler();

    Ticker() {
        threads.setPoolSize(THREADS);
        threads.setThreadNamePrefix("ticker-");
        threads.setRemoveOnCancelPolicy(true);
        // Tasks submitted after shutdown are no longer needed.
        threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        threads.initialize();
    }

    /** Runs a task immediately and then repeatedly, until the returned future is cancelled. */
    public ScheduledFuture<?> repeat(Runnable task, Duration pause) {
        return threads.scheduleWithFixedDelay(() -> attempt(task), pause);
    }

    /** The same, but also pauses before the first time. */
    public ScheduledFuture<?> repeatLater(Runnable task, Duration pause) {
        return threads.scheduleWithFixedDelay(() -> attempt(task), Instant.now().plus(pause), pause);
    }

    /** Runs a task once, as soon as a thread is free. */
    public void soon(Runnable task) {
        threads.execute(() -> attempt(task));
    }

    /** A failure, such as an unavailable database or memory exhausted by a job, must not end the repetition. */
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
