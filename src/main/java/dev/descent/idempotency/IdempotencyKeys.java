package dev.descent.idempotency;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Remembers which request made what. The key is stored in the transaction that stores what was made, so that neither is ever there alone; and a
 * request that is still under way is remembered in memory only, so that a crash leaves no key behind that nothing belongs to.
 */
@Service
public class IdempotencyKeys {

    /** The header that carries a key. */
    public static final String HEADER = "Idempotency-Key";

    private static final Duration KEPT = Duration.ofDays(1);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final JdbcClient sql;
    private final Clock clock;
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    IdempotencyKeys(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** What a key made, and from what. */
    private record Made(String fingerprint, String resourceId) {}

    /**
     * Begins a request.
     *
     * @param scope what is to be made
     * @param name the client's key; null where it gave none
     * @throws ProblemException 400 for no key, 409 where the same key is under way
     */
    public KeyedRequest begin(String scope, @Nullable String name) {
        if (name == null) {
            return new KeyedRequest(this, scope, null);
        }
        if (!KEY.matcher(name).matches()) {
            throw ProblemException.malformed(
                    "%s is \"%.40s\"; accepted: 1 to 255 visible ASCII characters".formatted(HEADER, name));
        }
        if (!inProgress.add(scope + " " + name)) {
            throw inProgress(name);
        }
        return new KeyedRequest(this, scope, name);
    }

    private static ProblemException inProgress(String name) {
        return ProblemException.conflict(
                "A request with the %s %s is in progress; try again later for its answer".formatted(HEADER, name));
    }

    Optional<String> madeBy(String scope, String name, String fingerprint) {
        Optional<Made> made = sql.sql(
                        "select fingerprint, resource_id from idempotency_key where scope = :scope and name = :name")
                .param("scope", scope)
                .param("name", name)
                .query(Made.class)
                .optional();
        if (made.isPresent() && !made.get().fingerprint().equals(fingerprint)) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    "The %s %s came with another request before; accepted: the same request, or another key"
                            .formatted(HEADER, name),
                    List.of());
        }
        return made.map(Made::resourceId);
    }

    void keep(String scope, String name, String fingerprint, String resourceId) {
        try {
            sql.sql("""
                            insert into idempotency_key (scope, name, fingerprint, resource_id, created_at)
                            values (:scope, :name, :fingerprint, :id, :now)""")
                    .param("scope", scope)
                    .param("name", name)
                    .param("fingerprint", fingerprint)
                    .param("id", resourceId)
                    .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException otherProcessWasFirst) {
            throw inProgress(name);
        }
    }

    void end(String scope, String name) {
        inProgress.remove(scope + " " + name);
    }

    void forgetOld() {
        sql.sql("delete from idempotency_key where created_at < :old")
                .param("old", OffsetDateTime.ofInstant(clock.instant().minus(KEPT), ZoneOffset.UTC))
                .update();
    }

    /** Keys are forgotten after a day. */
    @Configuration
    static class Forgetting {

        @Bean
        Task<Void> forgettingOfKeys(IdempotencyKeys keys) {
            return Tasks.recurring("forgetting-of-keys", FixedDelay.ofHours(1))
                    .execute((instance, context) -> keys.forgetOld());
        }
    }
}
