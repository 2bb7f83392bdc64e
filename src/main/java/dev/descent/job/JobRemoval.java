package dev.descent.job;

import dev.descent.idempotency.IdempotencyKeys;
import dev.descent.job.history.EpochRepository;
import dev.descent.job.lifecycle.JobDeleted;
import dev.descent.store.Leftovers;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Removes jobs with everything that is theirs alone: history, checkpoints, folds, tickets, and the answers that show them. */
@Service
public class JobRemoval {

    private static final Logger log = LoggerFactory.getLogger(JobRemoval.class);

    private static final String STORED = """
            select j.id, j.owner, j.dataset_id as dataset, j.finished_at,
                   j.status in ('SUCCEEDED', 'FAILED', 'CANCELLED') as ended,
                   coalesce((select sum(c.bytes) from checkpoint c where c.job_id = j.id), 0)
                     + coalesce((select sum(f.predictions_bytes) from fold f where f.job_id = j.id), 0)
                     + coalesce((select sum(m.weights_bytes) from fold_model m where m.job_id = j.id), 0) as bytes
            from training_job j
            """;

    private final TrainingJobRepository jobs;
    private final EpochRepository epochs;
    private final IdempotencyKeys keys;
    private final Leftovers leftovers;
    private final ApplicationEventPublisher events;
    private final JdbcClient sql;

    JobRemoval(
            TrainingJobRepository jobs,
            EpochRepository epochs,
            IdempotencyKeys keys,
            Leftovers leftovers,
            ApplicationEventPublisher events,
            JdbcClient sql) {
        this.jobs = jobs;
        this.epochs = epochs;
        this.keys = keys;
        this.leftovers = leftovers;
        this.events = events;
        this.sql = sql;
    }

    /**
     * What a removal would free.
     *
     * @param bytes of its checkpoints and of the predictions of its folds
     */
    public record Stored(
            String id,
            String owner,
            String dataset,
            @Nullable Instant finishedAt,
            boolean ended,
            long bytes) {}

    /** @param job that has ended and whose row the caller's transaction has locked */
    @Transactional(propagation = Propagation.MANDATORY)
    public void delete(TrainingJob job) {
        leftovers.expect();
        keys.forget(job.getId());
        epochs.deleteAfter(job.getId(), 0);
        jobs.delete(job);
        events.publishEvent(new JobDeleted(job.getId()));
        log.info("Deleted job {}", job.getId());
    }

    /** An owner's jobs that failed before then, the oldest first. */
    public List<Stored> failed(String owner, Instant before, int limit) {
        return sql
                .sql(STORED + """
                        where j.owner = :owner and j.status = 'FAILED' and j.finished_at < :before
                        order by j.finished_at, j.id limit :limit""")
                .param("owner", owner)
                .param("before", OffsetDateTime.ofInstant(before, ZoneOffset.UTC))
                .param("limit", limit)
                .query(Stored.class)
                .list()
                .stream()
                .map(Objects::requireNonNull)
                .toList();
    }

    /** The jobs of everyone that read one of these datasets, live or ended. */
    public List<Stored> readersOf(Collection<String> datasets) {
        return datasets.isEmpty()
                ? List.of()
                : sql
                        .sql(STORED + "where j.dataset_id in (:datasets) order by j.id")
                        .param("datasets", datasets)
                        .query(Stored.class)
                        .list()
                        .stream()
                        .map(Objects::requireNonNull)
                        .toList();
    }

    /** @return whether it was still there; a job that has ended never lives again */
    @Transactional
    public boolean deleteEnded(String id) {
        var found = jobs.findAndLock(id).filter(job -> job.status().isTerminal());
        found.ifPresent(this::delete);
        return found.isPresent();
    }
}
