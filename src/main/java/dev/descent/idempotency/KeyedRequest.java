package dev.descent.idempotency;

import dev.descent.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that creates something, with or without a key from its client. Close it once the request has ended,
 * successfully or not.
 */
public final class KeyedRequest implements AutoCloseable {

    private final IdempotencyKeys keys;
    private final Creation creation;
    private final @Nullable String name;
    private String fingerprint = "";
    private @Nullable CreationAnswer answer;

    KeyedRequest(IdempotencyKeys keys, Creation creation, @Nullable String name) {
        this.keys = keys;
        this.creation = creation;
        this.name = name;
    }

    /**
     * Whether the same request was made before; if so, its response is available and nothing must be created.
     *
     * @param content the whole content of the request
     * @param now looks up the current state of the resource with that id, in case no response was kept
     * @throws dev.descent.problem.ProblemException 422 if the key was used for a different request
     */
    public boolean isAnswered(String content, Function<String, ?> now) {
        if (name == null) {
            return false;
        }
        fingerprint = Sha256.of(content.getBytes(StandardCharsets.UTF_8));
        IdempotencyKeys.Made made = keys.madeBy(creation.scope(), name, fingerprint);
        if (made != null) {
            CreationAnswer kept = made.answer();
            answer = kept == null ? keys.answer(creation, made.resourceId(), now.apply(made.resourceId())) : kept;
        }
        return made != null;
    }

    /** Keeps what was created and the response that shows it. Call it in the transaction that stores the resource. */
    public void made(String resourceId, Object shown) {
        answer = keys.answer(creation, resourceId, shown);
        if (name != null) {
            keys.keep(creation.scope(), name, fingerprint, resourceId, answer);
        }
    }

    /** Available once the resource has been created, now or before. */
    public CreationAnswer answer() {
        return Objects.requireNonNull(answer);
    }

    @Override
    public void close() {
        if (name != null) {
            keys.end(creation.scope(), name);
        }
    }
}
