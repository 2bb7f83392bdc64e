package dev.descent.idempotency;

import dev.descent.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that creates something, with the key that its client gave it, or none. Close it once the request has ended,
 * well or not.
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
     * Whether the same request came before: then there is its answer, and nothing is to be made.
     *
     * @param content all that the request says
     * @param now what has the id, as it is now: it stands in where no answer was kept
     * @throws dev.descent.problem.ProblemException 422 where the key came with another request
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

    /** Keeps what was made, and the answer that shows it; in the transaction that stores it. */
    public void made(String resourceId, Object shown) {
        answer = keys.answer(creation, resourceId, shown);
        if (name != null) {
            keys.keep(creation.scope(), name, fingerprint, resourceId, answer);
        }
    }

    /** After something was made, now or before. */
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
