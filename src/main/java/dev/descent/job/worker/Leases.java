package dev.descent.job.worker;

import dev.descent.core.Names;
import dev.descent.job.JobQueue;
import dev.descent.job.TrainingJob;
import dev.descent.job.TrainingJobRepository;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.resource.Bytes;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.resource.Resources;
import dev.descent.job.resource.WorkerResources;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tracks who is alive, by the database's clock: the leases of claimed jobs, and the training processes. */
@Service
public class Leases implements WorkerResources {

    private static final Logger log = LoggerFactory.getLogger(Leases.class);
    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    private final TrainingJobRepository jobs;
    private final JobQueue queue;
    private final DispatchTickets tickets;
    private final Machine machine;
    private final JobProperties properties;
    private final JdbcClient sql;
    private final Clock clock;
    private Set<String> unfittingBefore = Set.of();

    Leases(
            TrainingJobRepository jobs,
            JobQueue queue,
            DispatchTickets tickets,
            Machine machine,
            JobProperties properties,
            JdbcClient sql,
            Clock clock) {
        this.jobs = jobs;
        this.queue = queue;
        this.tickets = tickets;
        this.machine = machine;
        this.properties = properties;
        this.sql = sql;
        this.clock = clock;
    }

    /** Announces that this process trains. */
    @Transactional
    public void announce() {
        OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        sql.sql("delete from worker where id = :id or seen_at < :forgotten")
                .param("id", machine.worker())
                .param("forgotten", now.minusDays(1))
                .update();
        Resources here = properties.resources();
        sql.sql("""
                        insert into worker (id, memory_bytes, heap_bytes, threads, seen_at)
                        values (:id, :memory, :heap, :threads, :now)""")
                .param("id", machine.worker())
                .param("memory", here.memoryBytes())
                .param("heap", here.heapBytes())
                .param("threads", here.threads())
                .param("now", now)
                .update();
    }

    @Transactional(readOnly = true)
    @Override
    public List<Resources> ofWorkers() {
        List<Resources> alive = sql.sql("""
                        select distinct memory_bytes, heap_bytes, threads from worker where seen_at > :alive
                        order by memory_bytes desc, heap_bytes desc, threads desc""")
                .param("alive", OffsetDateTime.ofInstant(clock.instant().minus(properties.lease()), ZoneOffset.UTC))
                .query(new SimplePropertyRowMapper<>(Resources.class))
                .list();
        return alive.isEmpty() ? List.of(properties.resources()) : alive;
    }

    /** Renews the lease of this claim's job; has no effect if the claim is stale. */
    @Transactional
    public void renew(Claim claim) {
        jobs.renewLease(claim.jobId(), claim.attempt(), clock.instant().plus(properties.lease()));
    }

    /** Requeues jobs of dead workers, and logs once for each job that no live worker can run. */
    @Transactional
    public void recoverLost() {
        Instant now = clock.instant();
        recover(jobs.findLostAndLock(JobStatus.CLAIMED, now), now);
        List<JobQueue.Candidate> unfitting = queue.unfitting(now.minus(properties.lease()));
        unfitting.stream().filter(job -> !unfittingBefore.contains(job.id())).forEach(Leases::warn);
        unfittingBefore = unfitting.stream().map(JobQueue.Candidate::id).collect(Collectors.toSet());
    }

    private static void warn(JobQueue.Candidate job) {
        log.warn(
                "Job {} waits for a worker with {} of memory (descent.memory), and {} of heap for it (half of -Xmx)",
                job.id(),
                Bytes.format(job.memoryBytes()),
                Bytes.format(job.heapBytes()));
    }

    /**
     * If no other process can be running, every worker and claim found at startup belongs to a dead process. Also
     * issues the tickets that an older version did not.
     */
    @Transactional
    public void recoverAll() {
        Instant now = clock.instant();
        sql.sql("delete from worker").update();
        recover(jobs.findLostAndLock(JobStatus.CLAIMED, END_OF_TIME), now);
        jobs.findByStatus(JobStatus.QUEUED).forEach(job -> tickets.issue(job.standing()));
    }

    private void recover(List<TrainingJob> lost, Instant now) {
        for (TrainingJob job : lost) {
            job.interrupt("Its worker died; training goes on from the last checkpoint", now, now);
            jobs.save(job);
            log.warn("Job {} lost its worker and is {} now", job.getId(), Names.of(job.status()));
        }
    }
}
