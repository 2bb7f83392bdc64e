package dev.descent.job.worker;

import dev.descent.job.lifecycle.JobChanged;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.resource.Resources;
import dev.descent.job.resource.Ticker;
import dev.descent.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The jobs that run in this process, each on a thread of the scheduler that gave it its turn; and the threads that say
 * that they are alive, hear what clients want of them, and find jobs whose worker died.
 */
@Component
public class TrainingWorkers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TrainingWorkers.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Claims claims;
    private final RunCommands commands;
    private final RunServices services;
    private final Leases leases;
    private final Machine machine;
    private final JobProperties properties;
    private final Database database;
    private final Ticker ticker;
    private final Set<TrainingRun> running = ConcurrentHashMap.newKeySet();
    private final Lock claiming = new ReentrantLock();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private volatile boolean started;
    private StoreRetry storeRetry = new StoreRetry();
    private final List<ScheduledFuture<?>> repeated = new ArrayList<>();

    TrainingWorkers(
            Claims claims,
            RunCommands commands,
            RunServices services,
            Leases leases,
            Machine machine,
            JobProperties properties,
            Database database,
            Ticker ticker) {
        this.claims = claims;
        this.commands = commands;
        this.services = services;
        this.leases = leases;
        this.machine = machine;
        this.properties = properties;
        this.database = database;
        this.ticker = ticker;
    }

    /** What became of a ticket. */
    enum Redeemed {
        /** A job had it. */
        TRAINED,
        /** There are jobs, but none that may run here now. */
        LATER,
        NOTHING_QUEUED
    }

    @Override
    public void start() {
        if (database.isExclusive()) {
            leases.recoverAll();
        }
        started = true;
        wanted.set(false);
        storeRetry = new StoreRetry();
        // Whatever it does itself: a client may wait for the end of a job whose worker was the only one.
        repeat(this::recoverLost, properties.lease().dividedBy(3));
        if (!properties.trains()) {
            log.info("descent.role is api: this process trains nothing, and leaves queued jobs to others");
            return;
        }
        repeat(this::sayAlive, properties.heartbeat());
        repeat(this::look, LOOK);
    }

    private void repeat(Runnable task, Duration pause) {
        repeated.add(ticker.repeat(task, pause));
    }

    /** Each job on its own: one whose row is locked costs no other its lease. */
    private void sayAlive() {
        renewLeases();
        leases.announce();
    }

    private void renewLeases() {
        for (Claim claim : claimed()) {
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

    private List<Claim> claimed() {
        return running.stream().map(TrainingRun::claim).toList();
    }

    private void look() {
        if (!running.isEmpty()) {
            List<TrainingRun> here = List.copyOf(running);
            Map<Claim, RunState> states =
                    commands.states(here.stream().map(TrainingRun::claim).toList());
            here.forEach(run -> run.hear(Objects.requireNonNull(states.get(run.claim()))));
        }
    }

    /** Looks at once for what clients want; they need not wait where the job runs in the process that they talk to. */
    @TransactionalEventListener
    void hear(JobChanged job) {
        boolean isHere = running.stream().anyMatch(run -> run.claim().jobId().equals(job.jobId()));
        if (isHere && JobStatus.CLAIMED.contains(job.status()) && wanted.compareAndSet(false, true)) {
            ticker.soon(() -> {
                wanted.set(false);
                look();
            });
        }
    }

    /** Trains the job that is next, if there is one that may run here. */
    Redeemed trainNext() {
        machine.awaitReady();
        TrainingRun run = claim();
        if (run == null) {
            return claims.queued() == 0 ? Redeemed.NOTHING_QUEUED : Redeemed.LATER;
        }
        try {
            run.run();
        } finally {
            running.remove(run);
        }
        return Redeemed.TRAINED;
    }

    /** One at a time, so that two don't take the same memory. */
    private @Nullable TrainingRun claim() {
        claiming.lock();
        try {
            return started ? claims.claim(free()).map(this::begin).orElse(null) : null;
        } finally {
            claiming.unlock();
        }
    }

    /** What the jobs that run here leave. */
    private Resources free() {
        Resources free = properties.resources();
        for (Claim claim : claimed()) {
            free = free.minus(claim.memoryBytes(), claim.heapBytes());
        }
        return free;
    }

    private TrainingRun begin(Claim claim) {
        TrainingRun run = new TrainingRun(claim, services, storeRetry);
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
        repeated.forEach(task -> task.cancel(false));
        repeated.clear();
        running.forEach(TrainingRun::stopForShutdown);
        long end = System.nanoTime() + STOP_LIMIT.toNanos();
        try {
            if (claiming.tryLock(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                // A claim that was under way has come to an end.
                claiming.unlock();
            }
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
