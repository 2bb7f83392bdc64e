package dev.descent.access.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.core.Names;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as clients see it.
 *
 * @param secret what to send; only in the answer that creates it
 */
record ApiKeyView(
        @Name("id") String id,
        @Name("object") String object,
        @Name("name") String name,
        @Name("owner") String owner,
        @Name("scopes") List<String> scopes,
        @Name("service_account") boolean serviceAccount,
        @Name("created_at") Instant createdAt,
        @Name("expires_at") @Nullable Instant expiresAt,
        @Name("last_used_at") @Nullable Instant lastUsedAt,

        @Name("key") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String secret) {

    static ApiKeyView of(ApiKey key) {
        return of(key, null);
    }

    static ApiKeyView of(ApiKeys.Made made) {
        return of(made.key(), made.secret());
    }

    private static ApiKeyView of(ApiKey key, @Nullable String secret) {
        return new ApiKeyView(
                key.id(),
                "api_key",
                key.name(),
                key.owner(),
                key.scopes().stream().map(Names::of).sorted().toList(),
                key.kind() == ApiKey.Kind.SERVICE_ACCOUNT,
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                secret);
    }
}
