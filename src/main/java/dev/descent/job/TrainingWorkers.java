package dev.descent.job;

import dev.descent.dataset.Datasets;
import dev.descent.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The threads that train: a bounded pool of named platform threads, each with one job at a time, and one more thread that looks for queued jobs,
 * sends the heartbeats of running ones, and finds jobs whose worker died.
 */
@Component
class TrainingWorkers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TrainingWorkers.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final JobRuns runs;
    private final Datasets datasets;
    private final JobProperties properties;
    private final Database database;
    private final Clock clock;
    private final Set<TrainingRun> running = ConcurrentHashMap.newKeySet();
    private volatile boolean started;
    private ExecutorService workers = Executors.newSingleThreadExecutor();
    private ScheduledExecutorService coordinator = coordinator();

    TrainingWorkers(JobRuns runs, Datasets datasets, JobProperties properties, Database database, Clock clock) {
        this.runs = runs;
        this.datasets = datasets;
        this.properties = properties;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void start() {
        if (database.isExclusive()) {
            runs.recoverAll();
        }
        started = true;
        if (!properties.trains()) {
            log.info("descent.workers is 0: this process trains nothing, and leaves queued jobs to others");
            return;
        }
        workers = Executors.newFixedThreadPool(properties.workers(), named("trainer-"));
        coordinator = coordinator();
        long lease = properties.lease().toMillis();
        repeat(this::claimAll, POLL.toMillis());
        repeat(() -> running.forEach(TrainingRun::heartbeat), Math.min(1_000, lease / 5));
        repeat(runs::recoverLost, lease / 3);
    }

    /** A wake-up that comes after the stop is not needed any more, so it must not fail. */
    private static ScheduledExecutorService coordinator() {
        return new ScheduledThreadPoolExecutor(1, named("jobs-"), new ThreadPoolExecutor.DiscardPolicy());
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> new Thread(task, prefix + number.incrementAndGet());
    }

    /** A failure, such as a database that does not answer or a native library that does not load, must not end the repetition. */
    private void repeat(Runnable task, long millis) {
        coordinator.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException | LinkageError failure) {
                        log.warn("{}; trying again in {} ms", failure.getMessage(), millis);
                    }
                },
                0,
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** Looks for queued jobs now rather than at the next poll. */
    void wake() {
        if (started && properties.trains()) {
            coordinator.execute(this::claimAll);
        }
    }

    private void claimAll() {
        while (started && running.size() < properties.workers()) {
            Optional<Claim> claim = runs.claim();
            if (claim.isEmpty()) {
                return;
            }
            TrainingRun run = new TrainingRun(claim.get(), runs, datasets, properties, clock);
            running.add(run);
            workers.execute(() -> {
                try {
                    run.run();
                } finally {
                    running.remove(run);
                    wake();
                }
            });
        }
    }

    /** Running jobs end before their next batch and go back into the queue. */
    @Override
    public void stop() {
        started = false;
        coordinator.shutdown();
        try {
            // Only then is every claimed job among the running ones.
            if (!coordinator.awaitTermination(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("A claim did not end in {} s; its lease runs out", STOP_PATIENCE.toSeconds());
            }
            running.forEach(TrainingRun::stopForShutdown);
            workers.shutdown();
            if (!workers.awaitTermination(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("Jobs did not stop in {} s; their leases run out", STOP_PATIENCE.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
