package dev.descent.access.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.descent.listing.Ids;
import dev.descent.principal.Principal;
import dev.descent.principal.Scope;
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

    static final Duration AGE_OF_SESSIONS = Duration.ofHours(12);

    private static final String PREFIX = "dk_";
    private static final Pattern FORM = Pattern.compile("dk_([0-9a-z]{26})_([A-Za-z0-9_-]{43})");
    private static final Duration BELIEVED = Duration.ofSeconds(5);
    private static final Duration PRECISION_OF_USE = Duration.ofMinutes(1);
    private static final int MOST_KNOWN = 10_000;

    private final ApiKeyStore store;
    private final Clock clock;
    private final Cache<String, Optional<ApiKey>> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(BELIEVED)
            .build();
    private final Cache<String, Boolean> usedLately = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(PRECISION_OF_USE)
            .build();

    ApiKeys(ApiKeyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A new key and its secret, which nobody can look up later. */
    record Made(ApiKey key, String secret) {}

    @Override
    public Optional<Principal> holderOf(String secret) {
        var parts = FORM.matcher(secret);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<ApiKey> key = find(parts.group(1))
                .filter(found -> Secret.matches(parts.group(2), found.secretHash()))
                .filter(found -> found.isValidAt(now) && isAlive(found.madeFrom(), now));
        key.ifPresent(found -> noteUse(found, now));
        return key.map(found -> new Principal(found.owner(), found.scopes(), idOf(found)));
    }

    /** A session acts as the credential that it stands for. */
    private static String idOf(ApiKey key) {
        return key.madeFrom() == null ? key.id() : key.madeFrom();
    }

    private boolean isAlive(@Nullable String madeFrom, Instant now) {
        return madeFrom == null
                || !madeFrom.startsWith(PREFIX)
                || find(madeFrom.substring(PREFIX.length()))
                        .filter(key -> key.isValidAt(now))
                        .isPresent();
    }

    private Optional<ApiKey> find(String number) {
        return known.get(number, missing -> store.find(PREFIX + missing));
    }

    private void noteUse(ApiKey key, Instant now) {
        if (usedLately.asMap().putIfAbsent(key.id(), true) == null) {
            store.used(key.id(), now);
        }
    }

    /** @throws ProblemException 403 if the creator does not have all those scopes itself */
    Made create(String name, String owner, Set<Scope> scopes, @Nullable Instant expiresAt) {
        return add(ApiKey.Kind.KEY, name, owner, scopes, null, expiresAt);
    }

    /** A session for the browser of a principal. */
    Made open(Principal principal) {
        Instant end = clock.instant().plus(AGE_OF_SESSIONS).truncatedTo(ChronoUnit.MICROS);
        return add(ApiKey.Kind.SESSION, "session", principal.owner(), principal.scopes(), principal.credential(), end);
    }

    private Made add(
            ApiKey.Kind kind,
            String name,
            String owner,
            Set<Scope> scopes,
            @Nullable String madeFrom,
            @Nullable Instant expiresAt) {
        String secret = Secret.next();
        String id = Ids.next(PREFIX);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ApiKey key = new ApiKey(id, kind, name, owner, scopes, Secret.hash(secret), madeFrom, now, expiresAt, null);
        store.add(key);
        return new Made(key, id + "_" + secret);
    }

    List<ApiKey> list(Principal principal, String before, int limit) {
        return store.list(principal.isAdmin() ? null : principal.owner(), before, limit);
    }

    /** @throws ProblemException 404 if it is not the principal's */
    ApiKey get(Principal principal, String id) {
        return store.find(id)
                .filter(key -> key.kind() == ApiKey.Kind.KEY && principal.owns(key.owner()))
                .orElseThrow(() -> ProblemException.notFound("API key", id));
    }

    /** A new key in the place of another one, which stays valid for a while. */
    Made rotate(ApiKey old, Duration overlap) {
        Instant end = clock.instant().plus(overlap).truncatedTo(ChronoUnit.MICROS);
        Made made = create(old.name(), old.owner(), old.scopes(), old.expiresAt());
        if (old.isValidAt(end)) {
            store.expire(old.id(), end);
        }
        forget(old.id());
        return made;
    }

    void remove(String id) {
        store.remove(id);
        forget(id);
    }

    /** Ends the session with that secret. */
    void close(String secret) {
        var parts = FORM.matcher(secret);
        if (parts.matches()) {
            remove(PREFIX + parts.group(1));
        }
    }

    private void forget(String id) {
        known.invalidate(id.substring(PREFIX.length()));
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
