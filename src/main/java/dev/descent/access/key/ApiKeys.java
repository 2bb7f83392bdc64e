package dev.descent.access.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.descent.listing.Cursor;
import dev.descent.listing.Ids;
import dev.descent.principal.Principal;
import dev.descent.principal.Scope;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Service;

/**
 * API keys, and the sessions of browsers, which are keys that live for a day's work. A key is {@code dk_<id>_<secret>};
 * only the hash of its secret is stored. What the store says of a key is believed for some seconds, so that predictions
 * need no query for it; a key that another process revokes is refused after that time.
 */
@Service
public class ApiKeys implements Credentials {

    /** What the id of a token starts with that another service issued. */
    public static final String ISSUED_ELSEWHERE = "jwt_";

    private static final Duration AGE_OF_SESSIONS = Duration.ofHours(12);
    private static final int MOST_SESSIONS = 100;
    private static final String PREFIX = "dk_";
    private static final Pattern FORM = Pattern.compile("(dk_[0-9a-z]{26})_([A-Za-z0-9_-]{43})");
    private static final char VERSION = ':';
    private static final Duration BELIEVED = Duration.ofSeconds(5);
    private static final Duration PRECISION_OF_USE = Duration.ofMinutes(1);
    private static final int MOST_KNOWN = 10_000;

    private final ApiKeyStore store;
    private final ServiceToken token;
    private final Clock clock;
    private final Cache<String, Optional<ApiKey>> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(BELIEVED)
            .build();
    private final Cache<String, Boolean> usedLately = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(PRECISION_OF_USE)
            .build();

    ApiKeys(ApiKeyStore store, ServiceToken token, Clock clock) {
        this.store = store;
        this.token = token;
        this.clock = clock;
    }

    /** A new key, and what to send for it, which nobody can look up later. */
    record Made(ApiKey key, String secret) {

        /** How long it is valid. */
        Duration age() {
            return key.expiresAt() == null
                    ? ChronoUnit.FOREVER.getDuration()
                    : Duration.between(key.createdAt(), key.expiresAt());
        }
    }

    /** Compares with this machine's clock: the one of the database would cost a query. */
    @Override
    public Optional<Principal> holderOf(String secret) {
        Instant now = Instant.now();
        Optional<ApiKey> key = find(secret).filter(found -> found.isValidAt(now) && isOriginValid(found, now));
        key.ifPresent(this::noteUse);
        return key.map(ApiKeys::holder);
    }

    /** A session acts as the credential that it stands for. */
    private static Principal holder(ApiKey key) {
        String credential = key.madeFrom() == null ? key.id() : key.madeFrom();
        int version = credential.indexOf(VERSION);
        return new Principal(
                key.owner(),
                key.scopes(),
                version < 0 ? credential : credential.substring(0, version),
                key.expiresAt() == null ? Instant.MAX : key.expiresAt());
    }

    private boolean isOriginValid(ApiKey key, Instant now) {
        String origin = key.madeFrom();
        if (origin == null) {
            return true;
        }
        if (origin.startsWith(PREFIX)) {
            return stored(origin).filter(found -> found.isValidAt(now)).isPresent();
        }
        // Nobody can revoke what was issued elsewhere; the session has its end.
        return origin.startsWith(ISSUED_ELSEWHERE) || origin.equals(token.version());
    }

    /** The key of that secret, valid or not. */
    private Optional<ApiKey> find(String secret) {
        var parts = FORM.matcher(secret);
        return parts.matches()
                ? stored(parts.group(1)).filter(key -> Secret.matches(parts.group(2), key.secretHash()))
                : Optional.empty();
    }

    private Optional<ApiKey> stored(String id) {
        return known.get(id, store::find);
    }

    private void noteUse(ApiKey key) {
        if (usedLately.asMap().putIfAbsent(key.id(), true) == null) {
            store.used(key.id(), clock.instant());
        }
    }

    Made create(ApiKey.Kind kind, String name, String owner, Set<Scope> scopes, @Nullable Instant expiresAt) {
        return add(kind, name, owner, scopes, null, expiresAt);
    }

    /**
     * A session for the browser of a principal. Beyond a hundred of one credential, its oldest one ends.
     *
     * @throws ProblemException 403 for a service account
     */
    Made open(Principal principal) {
        String origin = principal.credential();
        if (store.find(origin)
                .filter(key -> key.kind() == ApiKey.Kind.SERVICE_ACCOUNT)
                .isPresent()) {
            throw new ProblemException(
                    Problem.FORBIDDEN, "The key is of a service account, which opens no sessions", List.of());
        }
        Instant end = clock.instant().plus(AGE_OF_SESSIONS);
        Instant last = principal.validUntil();
        String madeFrom = origin.equals(ServiceToken.ID) ? token.version() : origin;
        Made session = add(
                ApiKey.Kind.SESSION,
                "session",
                principal.owner(),
                principal.scopes(),
                madeFrom,
                last.isBefore(end) ? last : end);
        store.removeOldSessions(madeFrom, MOST_SESSIONS);
        return session;
    }

    private Made add(
            ApiKey.Kind kind,
            String name,
            String owner,
            Set<Scope> scopes,
            @Nullable String madeFrom,
            @Nullable Instant expiresAt) {
        Made made = make(kind, name, owner, scopes, madeFrom, expiresAt);
        store.add(made.key());
        return made;
    }

    private Made make(
            ApiKey.Kind kind,
            String name,
            String owner,
            Set<Scope> scopes,
            @Nullable String madeFrom,
            @Nullable Instant expiresAt) {
        String secret = Secret.next();
        String id = Ids.next(PREFIX);
        ApiKey key = new ApiKey(
                id, kind, name, owner, scopes, Secret.hash(secret), madeFrom, clock.instant(), expiresAt, null);
        return new Made(key, id + "_" + secret);
    }

    List<ApiKey> list(Principal principal, Cursor cursor) {
        return store.list(principal.isAdmin() ? null : principal.owner(), cursor.before(), cursor.limit() + 1);
    }

    /** @throws ProblemException 404 if it is not the principal's */
    ApiKey get(Principal principal, String id) {
        return store.find(id)
                .filter(key -> key.isShown() && principal.owns(key.owner()))
                .orElseThrow(() -> ProblemException.notFound("API key", id));
    }

    /**
     * A new key in the place of another one, which stays valid for a while.
     *
     * @throws ProblemException 403 if the principal may less than the key, 404 if it is not the principal's, 409 if it
     *     has expired
     */
    Made rotate(Principal principal, String id, Duration overlap) {
        ApiKey old = changeable(principal, id);
        Instant now = clock.instant();
        if (!old.isValidAt(now)) {
            throw ProblemException.conflict("The key has expired; create another one");
        }
        Made made = make(old.kind(), old.name(), old.owner(), old.scopes(), null, old.expiresAt());
        store.replace(old, now.plus(overlap), made.key());
        known.invalidate(id);
        return made;
    }

    /** @throws ProblemException 403 if the principal may less than the key, 404 if it is not the principal's */
    void remove(Principal principal, String id) {
        remove(changeable(principal, id));
    }

    /** A key to which less is entrusted must not take the place of another one of its owner. */
    private ApiKey changeable(Principal principal, String id) {
        ApiKey key = get(principal, id);
        if (!key.isWithin(principal)) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "The key %s has scopes that the credential of this request does not have".formatted(id),
                    List.of());
        }
        return key;
    }

    private void remove(ApiKey key) {
        store.remove(key.id());
        known.invalidate(key.id());
    }

    /** Ends the session with that secret, if there is one. */
    void close(String secret) {
        find(secret).filter(key -> !key.isShown()).ifPresent(this::remove);
    }

    /** Sessions are removed once they have expired. */
    @Configuration
    static class Forgetting {

        @Bean
        Task<Void> forgettingOfSessions(ApiKeys keys) {
            return Tasks.recurring("forgetting-of-sessions", FixedDelay.ofHours(1))
                    .execute((instance, context) -> keys.store.removeSessionsExpiredBefore(keys.clock.instant()));
        }
    }
}
