package dev.descent.idempotency;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.descent.principal.Principal;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remembers which request created what. A key is stored in the same transaction as the resource, so neither ever exists
 * without the other. Requests in progress are tracked in memory only, so a crash leaves no orphaned key behind.
 */
@Service
public class IdempotencyKeys {

    /** The header that carries the key. */
    public static final String HEADER = "Idempotency-Key";

    private static final Duration KEPT = Duration.ofDays(1);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** The maximum length of a response body that is kept. */
    private static final int MOST_BYTES = 1 << 20;

    private final JdbcClient sql;
    private final JsonMapper json;
    private final Clock clock;
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    IdempotencyKeys(JdbcClient sql, JsonMapper json, Clock clock) {
        this.sql = sql;
        this.json = json;
        this.clock = clock;
    }

    /** What was created for a key, from which request, and with which response, if that was kept. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Made(
            String fingerprint,
            String resourceId,
            @Nullable Integer status,
            @Nullable String location,
            byte @Nullable [] body) {

        @Nullable
        CreationAnswer answer() {
            return status == null || location == null || body == null
                    ? null
                    : new CreationAnswer(status, location, body);
        }
    }

    /**
     * Begins a request.
     *
     * @param creation the kind of resource to create
     * @param principal the same key of another owner is another key
     * @param name the client's key; null if it sent none
     * @throws ProblemException 400 for an invalid key, 409 if a request with the same key is in progress
     */
    public KeyedRequest begin(Creation creation, Principal principal, @Nullable String name) {
        if (name == null) {
            return new KeyedRequest(this, creation, null);
        }
        if (!KEY.matcher(name).matches()) {
            throw ProblemException.malformed(
                    "%s is \"%.40s\"; accepted: 1 to 255 visible ASCII characters".formatted(HEADER, name));
        }
        String ofOwner = ofOwner(principal.owner(), name);
        if (!inProgress.add(creation.scope() + " " + ofOwner)) {
            throw inProgress(name);
        }
        return new KeyedRequest(this, creation, ofOwner);
    }

    /** Keys have no spaces, so those of different owners never meet. */
    private static String ofOwner(String owner, String name) {
        return owner.equals(Principal.ADMIN) ? name : owner + " " + name;
    }

    private static ProblemException inProgress(String name) {
        return ProblemException.conflict(
                "A request with the %s %s is in progress; try again later for its answer".formatted(HEADER, key(name)));
    }

    @Nullable
    Made madeBy(String scope, String name, String fingerprint) {
        Made made = sql.sql("""
                        select fingerprint, resource_id, status, location, body from idempotency_key
                        where scope = :scope and name = :name""")
                .param("scope", scope)
                .param("name", name)
                .query(Made.class)
                .optional()
                .orElse(null);
        if (made != null && !made.fingerprint().equals(fingerprint)) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    "The %s %s came with another request before; accepted: the same request, or another key"
                            .formatted(HEADER, key(name)),
                    List.of());
        }
        return made;
    }

    private static String key(String ofOwner) {
        return ofOwner.substring(ofOwner.indexOf(' ') + 1);
    }

    CreationAnswer answer(Creation creation, String resourceId, Object shown) {
        return new CreationAnswer(
                creation.status().value(), creation.address() + resourceId, json.writeValueAsBytes(shown));
    }

    void keep(String scope, String name, String fingerprint, String resourceId, CreationAnswer answer) {
        boolean isShort = answer.body().length <= MOST_BYTES;
        try {
            sql.sql("""
                            insert into idempotency_key
                              (scope, name, fingerprint, resource_id, created_at, status, location, body)
                            values (:scope, :name, :fingerprint, :id, :now, :status, :location, :body)""")
                    .param("scope", scope)
                    .param("name", name)
                    .param("fingerprint", fingerprint)
                    .param("id", resourceId)
                    .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                    .param("status", answer.status())
                    .param("location", answer.location())
                    .param("body", isShort ? answer.body() : null, Types.VARBINARY)
                    .update();
        } catch (DuplicateKeyException otherProcessWasFirst) {
            throw inProgress(name);
        }
    }

    void end(String scope, String name) {
        inProgress.remove(scope + " " + name);
    }

    /**
     * Forgets the response that shows what was made, but not that it was made: the same request still makes nothing
     * new. Call it in the transaction that deletes the resource.
     */
    public void forget(String resourceId) {
        sql.sql("update idempotency_key set status = null, location = null, body = null where resource_id = :id")
                .param("id", resourceId)
                .update();
    }

    void forgetOld() {
        sql.sql("delete from idempotency_key where created_at < :old")
                .param("old", OffsetDateTime.ofInstant(clock.instant().minus(KEPT), ZoneOffset.UTC))
                .update();
    }

    /** Keys expire after a day. */
    @Configuration
    static class Forgetting {

        @Bean
        Task<Void> forgettingOfKeys(IdempotencyKeys keys) {
            return Tasks.recurring("forgetting-of-keys", FixedDelay.ofHours(1))
                    .execute((instance, context) -> keys.forgetOld());
        }
    }
}
