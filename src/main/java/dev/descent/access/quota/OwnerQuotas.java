package dev.descent.access.quota;

import dev.descent.core.Count;
import dev.descent.principal.Principal;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.quota.Holding;
import dev.descent.quota.Holding.Kind;
import dev.descent.quota.Quotas;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Compares what an owner has in the store, which all processes share, with the quotas. */
@Service
class OwnerQuotas implements Quotas {

    /** The rows of quota_lock. */
    private static final int LOCKS = 64;

    private static final Duration UNTIL_A_JOB_ENDS = Duration.ofSeconds(30);

    private final QuotaProperties properties;
    private final List<Holding> holdings;
    private final JdbcClient sql;

    OwnerQuotas(QuotaProperties properties, List<Holding> holdings, JdbcClient sql) {
        this.properties = properties;
        this.holdings = holdings;
        this.sql = sql;
    }

    /** What an owner has, by kind. */
    Map<Kind, Long> holdings(String owner) {
        Map<Kind, Long> amounts = new EnumMap<>(Kind.class);
        holdings.forEach(holding -> amounts.merge(holding.kind(), holding.of(owner), Long::sum));
        return amounts;
    }

    /** The limit that a feature itself sets, for administrators as well; 0 if it sets none. */
    long ownLimit(Kind kind) {
        return holdings.stream()
                .filter(holding -> holding.kind() == kind)
                .mapToLong(Holding::limit)
                .max()
                .orElse(0);
    }

    private long storage(String owner) {
        return amount(owner, Kind::isStorage);
    }

    private long amount(String owner, Predicate<Kind> kinds) {
        return holdings.stream()
                .filter(holding -> kinds.test(holding.kind()))
                .mapToLong(holding -> holding.of(owner))
                .sum();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void requireStorage(Principal principal, long bytes) {
        long quota = properties.storage().toBytes();
        if (quota == 0 || principal.isAdmin()) {
            return;
        }
        if (bytes > quota) {
            throw new ProblemException(
                    Problem.TOO_LARGE,
                    "It takes %s, and all that an owner has may take %s; descent.quota.storage sets this quota"
                            .formatted(Count.of(bytes, "byte"), Count.of(quota, "byte")),
                    List.of());
        }
        lock(principal.owner());
        long used = storage(principal.owner());
        if (used + bytes > quota) {
            throw full(used, bytes, quota);
        }
    }

    private static ProblemException full(long used, long bytes, long quota) {
        return new ProblemException(
                Problem.OUT_OF_SPACE,
                "What you have takes %s, this takes %s, and the quota is %s (descent.quota.storage); delete datasets, or jobs with their checkpoints"
                        .formatted(Count.of(used, "byte"), Count.of(bytes, "byte"), Count.of(quota, "byte")),
                List.of());
    }

    /** A job is not refused what it turns out to need: it ends, and its owner may be above the quota until then. */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void requireQueueing(Principal principal) {
        if (principal.isAdmin()) {
            return;
        }
        lock(principal.owner());
        long quota = properties.storage().toBytes();
        long used = quota == 0 ? -1 : storage(principal.owner());
        if (used >= quota) {
            throw full(used, 1, quota);
        }
        long waiting = properties.queuedJobs() == 0 ? -1 : amount(principal.owner(), Kind.QUEUED_JOBS::equals);
        if (waiting >= properties.queuedJobs()) {
            throw ProblemException.tooMany(
                    "%s of yours wait, in the queue or paused, and the quota is %d (descent.quota.queued-jobs)"
                            .formatted(Count.of(waiting, "job"), properties.queuedJobs()),
                    UNTIL_A_JOB_ENDS);
        }
    }

    /** Until the end of the caller's transaction. Owners share locks, so that none has to be created for a new one. */
    private void lock(String owner) {
        sql.sql("select id from quota_lock where id = :id for update")
                .param("id", Math.floorMod(owner.hashCode(), LOCKS))
                .query(Integer.class)
                .single();
    }

    @Override
    public void requireWork(Principal principal, String pointer, long epochs, long rows) {
        long quota = properties.work();
        if (quota > 0 && !principal.isAdmin() && epochs > quota / Math.max(1, rows)) {
            throw ProblemException.invalid(
                    pointer,
                    "%s of %s are more work than a job may be: epochs × rows is at most %d (descent.quota.work); accepted: at most %s"
                            .formatted(
                                    Count.of(epochs, "epoch"),
                                    Count.of(rows, "row"),
                                    quota,
                                    Count.of(quota / Math.max(1, rows), "epoch")));
        }
    }
}
