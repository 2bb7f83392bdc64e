package dev.descent.job;

import dev.descent.job.resource.Resources;
import dev.descent.job.worker.Claim;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The order of the queued jobs: a higher priority first; within a priority, owners take turns, the one first who has
 * waited longest for one; within an owner, the oldest first.
 */
@Component
public class JobQueue {

    /** What is queued, with its turn within its owner and priority: all first turns come before all second ones. */
    private static final String TURNS = """
            select j.id, j.priority, j.memory_bytes, j.heap_bytes, coalesce(o.served, 0) as served,
                   row_number() over (partition by j.owner, j.priority order by j.id) as turn
            from training_job j left join job_owner o on o.name = j.owner
            where j.status = 'QUEUED'
            """;

    private static final String ORDER = "priority desc, turn, served, id";

    private static final String NEXT = """
            select id, memory_bytes, heap_bytes from (%s
              and (j.not_before is null or j.not_before <= :now)
              and j.memory_bytes <= :memory
              and j.heap_bytes <= :heap
              and j.owner not in (
                select owner from training_job where status in ('RUNNING', 'PAUSING', 'CANCELLING')
                group by owner having count(*) >= :cap)
            ) queued order by %s limit 1
            """.formatted(TURNS, ORDER);

    private static final String POSITIONS = "select id from (%s) queued order by %s".formatted(TURNS, ORDER);

    private static final String UNFITTING = """
            select id, memory_bytes, heap_bytes from training_job j
            where status = 'QUEUED' and exists (select 1 from worker where seen_at > :alive) and not exists (
              select 1 from worker w
              where w.seen_at > :alive and w.memory_bytes >= j.memory_bytes and w.heap_bytes >= j.heap_bytes)
            order by id
            """;

    private final JdbcClient sql;

    JobQueue(JdbcClient sql) {
        this.sql = sql;
    }

    /** A job that may be claimed, and what it takes, as {@link Claim} says. */
    public record Candidate(String id, long memoryBytes, long heapBytes) {}

    /**
     * Makes all other claims wait for the end of the caller's transaction.
     *
     * @return the number of this claim
     */
    public long lock() {
        sql.sql("update job_queue set claims = claims + 1 where id = 1").update();
        return sql.sql("select claims from job_queue where id = 1")
                .query(Long.class)
                .single();
    }

    /**
     * The job that is next.
     *
     * @param cap of running jobs per owner
     * @param here what this process has; what needs more is for others
     */
    public Optional<Candidate> next(Instant now, int cap, Resources here) {
        return sql.sql(NEXT)
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("cap", cap)
                .param("memory", here.memoryBytes())
                .param("heap", here.heapBytes())
                .query(Candidate.class)
                .optional();
    }

    /** An owner's turn has come. */
    public void served(String owner, long claim) {
        int known = sql.sql("update job_owner set served = :claim where name = :owner")
                .param("claim", claim)
                .param("owner", owner)
                .update();
        if (known == 0) {
            sql.sql("insert into job_owner (name, served) values (:owner, :claim)")
                    .param("claim", claim)
                    .param("owner", owner)
                    .update();
        }
    }

    /** Queued jobs that none of the processes alive that train can hold, if there are any such processes. */
    public List<Candidate> unfitting(Instant alive) {
        return sql.sql(UNFITTING)
                .param("alive", OffsetDateTime.ofInstant(alive, ZoneOffset.UTC))
                .query(new SimplePropertyRowMapper<>(Candidate.class))
                .list();
    }

    public int length() {
        return sql.sql("select count(*) from training_job where status = 'QUEUED'")
                .query(Integer.class)
                .single();
    }

    /** The places of all queued jobs, from 1. */
    Map<String, Integer> positions() {
        Map<String, Integer> positions = new LinkedHashMap<>();
        sql.sql(POSITIONS).query(String.class).list().forEach(id -> positions.put(id, positions.size() + 1));
        return positions;
    }
}
