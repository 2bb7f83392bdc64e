package dev.descent.idempotency;

import dev.descent.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that creates something, with the key that its client gave it, or none. Close it once the request has ended, well or not. */
public final class KeyedRequest implements AutoCloseable {

    private final IdempotencyKeys keys;
    private final String scope;
    private final @Nullable String name;
    private String fingerprint = "";

    KeyedRequest(IdempotencyKeys keys, String scope, @Nullable String name) {
        this.keys = keys;
        this.scope = scope;
        this.name = name;
    }

    /**
     * What the same request has made before.
     *
     * @param content all that the request says
     * @return its id
     * @throws dev.descent.problem.ProblemException 422 where the key came with another request
     */
    public Optional<String> alreadyMade(String content) {
        if (name == null) {
            return Optional.empty();
        }
        fingerprint = Sha256.of(content.getBytes(StandardCharsets.UTF_8));
        return keys.madeBy(scope, name, fingerprint);
    }

    /** Remembers what was made; in the transaction that stores it. */
    public void made(String resourceId) {
        if (name != null) {
            keys.keep(scope, name, fingerprint, resourceId);
        }
    }

    @Override
    public void close() {
        if (name != null) {
            keys.end(scope, name);
        }
    }
}
