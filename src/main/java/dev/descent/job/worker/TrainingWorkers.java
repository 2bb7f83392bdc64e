package dev.descent.job.worker;

import dev.descent.job.lifecycle.JobChanged;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.resource.Resources;
import dev.descent.store.Database;
import dev.descent.ticker.Ticker;
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
 * The jobs that run in this process, each on the scheduler thread that got its ticket, and the periodic work that sends
 * heartbeats, stores progress, receives clients' requests and finds jobs of dead workers.
 */
@Component
public class TrainingWorkers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TrainingWorkers.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration COUNT = Duration.ofSeconds(1);
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

    enum Redeemed {
        /** A job was trained. */
        TRAINED,
        /** There are jobs, but none may run here now. */
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
        // In every role: a client may be waiting for a job whose only worker died.
        repeat(this::recoverLost, properties.lease().dividedBy(3));
        if (!properties.trains()) {
            log.info("descent.role is api: this process trains nothing, and leaves queued jobs to others");
            return;
        }
        repeat(this::sayAlive, properties.heartbeat());
        repeat(this::look, LOOK);
        repeat(this::reportSteps, COUNT);
    }

    private void repeat(Runnable task, Duration pause) {
        repeated.add(ticker.repeat(task, pause));
    }

    /** Job by job, so that a locked row does not cost another job its lease. */
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

    /** Renews leases first, so that jobs running here are not lost after an outage longer than a lease. */
    private void recoverLost() {
        renewLeases();
        leases.recoverLost();
    }

    /** What cannot be stored now will be in a second; the heartbeat tells of an outage. */
    private void reportSteps() {
        for (TrainingRun run : running) {
            try {
                run.reportSteps();
            } catch (RuntimeException failure) {
                log.debug("The steps of job {} could not be stored", run.claim().jobId(), failure);
            }
        }
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

    /**
     * Checks for client requests immediately, so that there is no delay if the job runs in the process that the client
     * talks to.
     */
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

    /** Trains the next job, if one may run here. */
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

    /** One at a time, so that two jobs do not take the same memory. */
    private @Nullable TrainingRun claim() {
        claiming.lock();
        try {
            return started ? claims.claim(free()).map(this::begin).orElse(null) : null;
        } finally {
            claiming.unlock();
        }
    }

    /** The resources not taken by the jobs running here. */
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
            // The stop arrived during the claim and did not see this run.
            run.stopForShutdown();
        }
        return run;
    }

    /** Makes running jobs stop before their next batch; their state is kept and they are requeued. */
    @Override
    public void stop() {
        started = false;
        repeated.forEach(task -> task.cancel(false));
        repeated.clear();
        running.forEach(TrainingRun::stopForShutdown);
        long end = System.nanoTime() + STOP_LIMIT.toNanos();
        try {
            if (claiming.tryLock(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                // Any claim in progress has finished.
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
