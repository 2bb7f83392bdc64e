package dev.descent.access.key;

import dev.descent.core.Name;
import dev.descent.principal.Principal;
import dev.descent.principal.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is stored.
 *
 * @param owner to whom everything belongs that is created with it
 * @param secretHash the SHA-256 of its secret
 * @param madeFrom the credential that a session stands for, with which it ends; of the service's own token,
 *     {@link ServiceToken#version}
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

    /** Who holds it. */
    enum Kind {
        /** A person, with whatever programs they use. */
        @Name("key")
        KEY,

        /** A program that runs by itself: no browser ever gets a session for it. */
        @Name("service_account")
        SERVICE_ACCOUNT,

        /** A browser. */
        @Name("session")
        SESSION
    }

    boolean isValidAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** Whether a client holds it, rather than a browser. */
    boolean isShown() {
        return kind != Kind.SESSION;
    }

    /** Whether somebody may end or replace it: nobody comes to more rights by that. */
    boolean isWithin(Principal principal) {
        return scopes.stream().allMatch(principal::may);
    }
}
