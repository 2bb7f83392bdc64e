package dev.descent.job.worker;

import dev.descent.dataset.Datasets;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.resource.Resources;
import dev.descent.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The jobs that run in this process, each on a thread of the scheduler that gave it its turn; and the threads that say that they are alive,
 * hear what clients want of them, and find jobs whose worker died.
 */
@Component
public class TrainingWorkers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TrainingWorkers.class);
    /** One for each task that repeats: clients are heard also while another one waits for a row that is locked. */
    private static final int COORDINATORS = 3;

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final JobRuns runs;
    private final Leases leases;
    private final Datasets datasets;
    private final Machine machine;
    private final JobProperties properties;
    private final Database database;
    private final Clock clock;
    private final Set<TrainingRun> running = ConcurrentHashMap.newKeySet();
    private final Lock claiming = new ReentrantLock();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private volatile boolean started;
    private StoreRetry storeRetry = new StoreRetry();
    private ScheduledExecutorService coordinator = coordinator();

    TrainingWorkers(
            JobRuns runs,
            Leases leases,
            Datasets datasets,
            Machine machine,
            JobProperties properties,
            Database database,
            Clock clock) {
        this.runs = runs;
        this.leases = leases;
        this.datasets = datasets;
        this.machine = machine;
        this.properties = properties;
        this.database = database;
        this.clock = clock;
    }

    /** What became of a turn. */
    enum Turn {
        /** A job had it. */
        TAKEN,
        /** There are jobs, but none that may run here now. */
        LATER,
        /** There is nothing to do. */
        NOT_NEEDED
    }

    @Override
    public void start() {
        if (database.isExclusive()) {
            leases.recoverAll();
        }
        started = true;
        // Of the run before, it may have been given to a coordinator that had stopped.
        wanted.set(false);
        storeRetry = new StoreRetry();
        coordinator = coordinator();
        // Whatever it does itself: a client may wait for the end of a job whose worker was the only one.
        repeat(this::recoverLost, properties.lease().dividedBy(3));
        if (!properties.trains()) {
            log.info("descent.role is api: this process trains nothing, and leaves queued jobs to others");
            return;
        }
        repeat(this::sayAlive, properties.heartbeat());
        repeat(this::look, LOOK);
    }

    /** A wake-up that comes after the stop is not needed any more, so it must not fail. */
    private static ScheduledExecutorService coordinator() {
        return new ScheduledThreadPoolExecutor(
                COORDINATORS, task -> new Thread(task, "jobs"), new ThreadPoolExecutor.DiscardPolicy());
    }

    /** A failure, such as a database that does not answer or memory that a job has used up, must not end the repetition. */
    private void repeat(Runnable task, Duration pause) {
        coordinator.scheduleWithFixedDelay(() -> attempt(task, pause), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void attempt(Runnable task, Duration pause) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            log.warn("{}; trying again in {}", failure.getMessage(), pause);
        }
    }

    /** Each job on its own: one whose row is locked costs no other its lease. */
    private void sayAlive() {
        renewLeases();
        leases.announce();
    }

    private void renewLeases() {
        for (Claim claim : claims()) {
            try {
                leases.renew(claim);
            } catch (RuntimeException failure) {
                log.warn("The lease of job {} could not be renewed: {}", claim.jobId(), failure.getMessage());
            }
        }
    }

    /** After an outage longer than a lease, the jobs that run here are not lost. */
    private void recoverLost() {
        renewLeases();
        leases.recoverLost();
    }

    private List<Claim> claims() {
        return running.stream().map(TrainingRun::claim).toList();
    }

    private void look() {
        if (!running.isEmpty()) {
            List<TrainingRun> here = List.copyOf(running);
            Map<Claim, RunState> states =
                    runs.states(here.stream().map(TrainingRun::claim).toList());
            here.forEach(run -> run.hear(states.get(run.claim())));
        }
    }

    /** Looks at once for what clients want; they need not wait where the job runs in the process that they talk to. */
    public void wake() {
        if (started && properties.trains()) {
            if (wanted.compareAndSet(false, true)) {
                coordinator.execute(() -> {
                    wanted.set(false);
                    attempt(this::look, LOOK);
                });
            }
        }
    }

    /** Trains the job that is next, if there is one that may run here. */
    Turn takeTurn() {
        machine.awaitReady();
        TrainingRun run = claim();
        if (run == null) {
            return runs.queued() == 0 ? Turn.NOT_NEEDED : Turn.LATER;
        }
        try {
            run.run();
        } finally {
            running.remove(run);
        }
        return Turn.TAKEN;
    }

    /** One at a time, so that two don't take the same memory. */
    private @Nullable TrainingRun claim() {
        claiming.lock();
        try {
            return started ? runs.claim(free()).map(this::begin).orElse(null) : null;
        } finally {
            claiming.unlock();
        }
    }

    /** What the jobs that run here leave. */
    private Resources free() {
        Resources free = properties.resources();
        for (Claim claim : claims()) {
            free = free.minus(claim.memoryBytes(), claim.heapBytes());
        }
        return free;
    }

    private TrainingRun begin(Claim claim) {
        TrainingRun run = new TrainingRun(claim, runs, datasets, storeRetry, properties, clock);
        running.add(run);
        if (!started) {
            // The stop came during the claim, and did not see this run.
            run.stopForShutdown();
        }
        return run;
    }

    /** Running jobs end before their next batch, keep their state, and go back into the queue. */
    @Override
    public void stop() {
        started = false;
        coordinator.shutdown();
        running.forEach(TrainingRun::stopForShutdown);
        long end = System.nanoTime() + STOP_LIMIT.toNanos();
        try {
            if (claiming.tryLock(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                // A claim that was under way has come to an end.
                claiming.unlock();
            }
            coordinator.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            for (TrainingRun run : List.copyOf(running)) {
                if (!run.awaitEnd(end - System.nanoTime())) {
                    log.warn(
                            "Job {} did not stop in {} s; its lease runs out",
                            run.claim().jobId(),
                            STOP_LIMIT.toSeconds());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        storeRetry.end();
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
