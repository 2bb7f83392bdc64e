package dev.descent.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Remembers what has been used, for somebody to write down from time to time: using something costs no query, and is
 * written at most once an hour for each thing. A crash forgets what was not yet written.
 *
 * @param <K> names a thing
 */
public final class UseTimes<K> {

    /** How often to write. */
    public static final Duration PAUSE = Duration.ofMinutes(1);

    private final Consumer<K> writer;
    private final Set<K> used = ConcurrentHashMap.newKeySet();
    private final Cache<K, Boolean> written =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(1)).build();

    /** @param writer stores that something is in use now */
    public UseTimes(Consumer<K> writer) {
        this.writer = writer;
    }

    public void used(K thing) {
        used.add(thing);
    }

    /** Writes what is due; what cannot be written is tried again. */
    public void write() {
        for (K thing : List.copyOf(used)) {
            if (written.getIfPresent(thing) == null) {
                writer.accept(thing);
                written.put(thing, true);
            }
            used.remove(thing);
        }
    }
}
