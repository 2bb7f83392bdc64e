package dev.descent.dataset;

import dev.descent.idempotency.IdempotencyKeys;
import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;
import dev.descent.store.Leftovers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes datasets: the row, the file, and the answers to the requests that uploaded it. */
@Service
public class DatasetRemoval {

    private static final Logger log = LoggerFactory.getLogger(DatasetRemoval.class);

    private static final String STORED = """
            select id, owner, bytes, created_at, last_used_at from (
              select d.id, d.owner, d.bytes, d.created_at, d.sha256, coalesce(u.used_at, d.created_at) as last_used_at
              from dataset d left join dataset_use u on u.dataset_id = d.id) known
            """;

    private final Datasets datasets;
    private final DatasetRepository repository;
    private final DatasetFiles files;
    private final List<DatasetUse> uses;
    private final DatasetDigests digests;
    private final DatasetUseTimes times;
    private final IdempotencyKeys keys;
    private final Leftovers leftovers;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final JdbcClient sql;

    DatasetRemoval(
            Datasets datasets,
            DatasetRepository repository,
            DatasetFiles files,
            List<DatasetUse> uses,
            DatasetDigests digests,
            DatasetUseTimes times,
            IdempotencyKeys keys,
            Leftovers leftovers,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            JdbcClient sql) {
        this.datasets = datasets;
        this.repository = repository;
        this.files = files;
        this.uses = uses;
        this.digests = digests;
        this.times = times;
        this.keys = keys;
        this.leftovers = leftovers;
        this.transaction = transaction;
        this.events = events;
        this.sql = sql;
    }

    /** What a removal would free. */
    public record Stored(String id, String owner, long bytes, Instant createdAt, Instant lastUsedAt) {}

    /**
     * @throws ProblemException 403 for one that is shared by someone else, 404 for one that the principal does not see,
     *     409 for one in use
     */
    public void delete(Principal principal, String id) {
        transaction.executeWithoutResult(status -> {
            Dataset dataset = datasets.findOwnAndLock(principal, id);
            userOf(id).ifPresent(user -> {
                throw ProblemException.conflict(
                        principal.owns(user.owner())
                                ? "Dataset %s is in use by %s; cancel it or wait for its end".formatted(id, user.name())
                                : "Dataset %s, which you share, is in use by someone else; wait for the end of that"
                                        .formatted(id));
            });
            deleteRow(dataset);
        });
        deleteFile(id);
    }

    /** Those of an owner that nobody has used since then and nothing needs, the longest unused first. */
    public List<Stored> unused(String owner, Instant since, int limit) {
        times.write();
        return sql
                .sql(STORED + "where owner = :owner and last_used_at < :since order by last_used_at, id limit :limit")
                .param("owner", owner)
                .param("since", OffsetDateTime.ofInstant(since, ZoneOffset.UTC))
                .param("limit", limit)
                .query(Stored.class)
                .list()
                .stream()
                .map(Objects::requireNonNull)
                .filter(dataset -> userOf(dataset.id()).isEmpty())
                .toList();
    }

    /** @return whether it was still there, and still unused */
    public boolean deleteUnused(String id, Instant since) {
        boolean deleted = Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<Dataset> found = repository.findAndLock(id).filter(dataset -> isUnused(id, since));
            found.ifPresent(this::deleteRow);
            return found.isPresent();
        }));
        if (deleted) {
            deleteFile(id);
        }
        return deleted;
    }

    private boolean isUnused(String id, Instant since) {
        boolean isOld = sql.sql(STORED + "where id = :id and last_used_at < :since")
                .param("id", id)
                .param("since", OffsetDateTime.ofInstant(since, ZoneOffset.UTC))
                .query(Stored.class)
                .optional()
                .isPresent();
        return isOld && userOf(id).isEmpty();
    }

    /** The datasets of a file, of everyone. */
    public List<Stored> withDigest(String sha256) {
        return sql
                .sql(STORED + "where sha256 = :sha256 order by id")
                .param("sha256", sha256)
                .query(Stored.class)
                .list()
                .stream()
                .map(Objects::requireNonNull)
                .toList();
    }

    /** The ids of all datasets that the file ever was, including those that were deleted. */
    public List<String> everWithDigest(String sha256) {
        return digests.datasets(sha256);
    }

    private Optional<DatasetUse.User> userOf(String id) {
        return uses.stream().flatMap(use -> use.userOf(id).stream()).findFirst();
    }

    private void deleteRow(Dataset dataset) {
        leftovers.expect();
        keys.forget(dataset.getId());
        repository.delete(dataset);
        events.publishEvent(new DatasetDeleted(dataset.getId()));
    }

    /** After the commit. A crash in between leaves a file without a row, which the next sweep removes. */
    private void deleteFile(String id) {
        try {
            files.delete(id);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        log.info("Deleted dataset {}", id);
    }
}
