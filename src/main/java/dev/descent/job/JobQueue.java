package dev.descent.job;

import dev.descent.job.resource.Resources;
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
 * The order of queued jobs: higher priority first; within a priority, owners take turns, starting with the one that has
 * waited longest; within an owner, oldest first.
 */
@Component
public class JobQueue {

    /** Queued jobs, numbered within each owner and priority: all jobs numbered 1 come before all jobs numbered 2. */
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

    /** A job that may be claimed, with its resources as in {@code Claim}. */
    public record Candidate(String id, long memoryBytes, long heapBytes) {}

    /**
     * Makes all other claims wait until the caller's transaction ends.
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
     * The next job to run.
     *
     * @param cap the maximum number of running jobs per owner
     * @param here the resources of this process; jobs that need more are left to other processes
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

    /** Records that an owner has had its turn. */
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

    /** Queued jobs that do not fit any live training process, if there are such processes. */
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

    /** The queue positions of all queued jobs, from 1. */
    Map<String, Integer> positions() {
        Map<String, Integer> positions = new LinkedHashMap<>();
        sql.sql(POSITIONS).query(String.class).list().forEach(id -> positions.put(id, positions.size() + 1));
        return positions;
    }
}
