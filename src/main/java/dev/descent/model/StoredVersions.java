package dev.descent.model;

import dev.descent.problem.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds versions that may go, and removes them. */
@Service
public class StoredVersions {

    /** Places count from 1, the newest. */
    private static final String STORED = """
            select model_id, model, owner, version, job, dataset, created_at, last_used_at, bytes, place from (
              select v.model_id, m.name as model, m.owner, v.version, v.job_id as job, v.dataset_id as dataset,
                     v.created_at, coalesce(u.used_at, v.created_at) as last_used_at,
                     octet_length(v.weights) as bytes,
                     row_number() over (partition by v.model_id order by v.version desc) as place
              from model_version v join model m on m.id = v.model_id
                left join model_version_use u on u.model_id = v.model_id and u.version = v.version
              %s) known
            """;

    private static final String EXPIRED = "(place > :kept or last_used_at < :since) and place > 1";

    private final ModelRepository models;
    private final ModelRemoval removal;
    private final ModelUseTimes times;
    private final JdbcClient sql;

    StoredVersions(ModelRepository models, ModelRemoval removal, ModelUseTimes times, JdbcClient sql) {
        this.models = models;
        this.removal = removal;
        this.times = times;
        this.sql = sql;
    }

    /**
     * What a removal would free.
     *
     * @param modelId of its model, whose name is that of several owners' models
     * @param place among the versions of its model; 1 is the newest
     * @param bytes of its weights
     */
    public record Stored(
            String modelId,
            String model,
            String owner,
            int version,
            String job,
            String dataset,
            Instant createdAt,
            Instant lastUsedAt,
            long bytes,
            int place) {}

    /**
     * Which versions go.
     *
     * @param kept so many of each model stay
     * @param since those that nobody has used since then go
     */
    public record Expiry(int kept, Instant since) {

        /** Whether a version goes for its place; the newest of a model never does. */
        public boolean isSurplus(Stored version) {
            return version.place() > kept;
        }

        public boolean isUnused(Stored version) {
            return version.lastUsedAt().isBefore(since);
        }
    }

    /** An owner's versions that go, except the newest of each model and those that something names, oldest first. */
    public List<Stored> expired(String owner, Expiry expiry, int limit) {
        times.write();
        Map<String, Map<Integer, String>> users = new HashMap<>();
        return with(
                        expiry,
                        STORED.formatted("where m.owner = :owner") + "where " + EXPIRED
                                + " order by created_at, model_id, version limit :limit")
                .param("owner", owner)
                .param("limit", limit)
                .query(Stored.class)
                .list()
                .stream()
                .map(Objects::requireNonNull)
                .filter(version -> !users.computeIfAbsent(version.modelId(), removal::usersOf)
                        .containsKey(version.version()))
                .toList();
    }

    private StatementSpec with(Expiry expiry, String query) {
        return sql.sql(query)
                .param("kept", expiry.kept())
                .param("since", OffsetDateTime.ofInstant(expiry.since(), ZoneOffset.UTC));
    }

    /** @return whether it was still there, and still to go */
    @Transactional
    public boolean deleteExpired(Stored version, Expiry expiry) {
        Optional<Model> model = models.findAndLock(version.modelId());
        boolean goes = model.isPresent()
                && !removal.usersOf(version.modelId()).containsKey(version.version())
                && with(expiry, STORED.formatted("where m.id = :model") + "where version = :version and " + EXPIRED)
                        .param("model", version.modelId())
                        .param("version", version.version())
                        .query(Stored.class)
                        .optional()
                        .isPresent();
        if (goes) {
            removal.delete(model.get(), List.of(version.version()));
        }
        return goes;
    }

    /** The versions in everyone's models that were made from one of these datasets, whether those are still there. */
    public List<Stored> madeFrom(Collection<String> datasets) {
        return datasets.isEmpty()
                ? List.of()
                : sql
                        .sql(STORED.formatted("") + "where dataset in (:datasets) order by model_id, version")
                        .param("datasets", datasets)
                        .query(Stored.class)
                        .list()
                        .stream()
                        .map(Objects::requireNonNull)
                        .toList();
    }

    /**
     * Deletes a version, the newest as well.
     *
     * @return whether it was still there
     * @throws ProblemException 409 if something names it
     */
    @Transactional
    public boolean delete(Stored version) {
        Optional<Model> model = models.findAndLock(version.modelId());
        boolean isThere = model.isPresent() && removal.has(version.modelId(), version.version());
        if (isThere) {
            removal.delete(model.get(), List.of(version.version()));
        }
        return isThere;
    }
}
