package dev.descent.access.key;

import dev.descent.principal.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is stored.
 *
 * @param kind whether a client holds it or a browser
 * @param owner to whom everything belongs that is created with it
 * @param secretHash the SHA-256 of its secret
 * @param madeFrom the credential that a session stands for, with which it ends
 */
record ApiKey(
        String id,
        Kind kind,
        String name,
        String owner,
        Set<Scope> scopes,
        String secretHash,
        @Nullable String madeFrom,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    enum Kind {
        KEY,
        SESSION
    }

    boolean isValidAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }
}
