package dev.descent.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.descent.problem.ProblemException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The models in use, cached up to a total size in bytes. Versions are immutable, so entries never become stale; they go
 * with their versions. The
 * memory of an evicted model is freed by the garbage collector once no prediction uses it any more.
 */
@Component
public class LoadedModels {

    /** The total size, not counting the most recently used one. */
    private static final long MAX_BYTES = 256L << 20;

    private final Models models;
    private final Consumer<ModelVersionId> useListener;
    private final LoadingCache<ModelVersionId, LoadedModel> cache;

    /** Kept for longer than a request can take that began before. Neither ids of models nor numbers are ever reused. */
    private final Cache<ModelVersionId, Boolean> removed =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(1)).build();

    /** Kept even if it is too large on its own. */
    private volatile @Nullable LoadedModel last;

    @Autowired
    LoadedModels(Models models, ModelUseTimes times) {
        this(models, times::used);
    }

    /** @param useListener told of each use */
    LoadedModels(Models models, Consumer<ModelVersionId> useListener) {
        this.models = models;
        this.useListener = useListener;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .weigher((ModelVersionId id, LoadedModel model) -> (int) Math.min(model.bytes(), Integer.MAX_VALUE))
                // Evicts immediately instead of on another JVM thread, so that memory never exceeds the limit.
                .executor(Runnable::run)
                .build(this::load);
    }

    /**
     * Loads the model unless it is cached: once, however many callers request it at the same time.
     *
     * @param version null for the newest
     * @throws ProblemException 404 for one that does not exist, or no longer
     */
    public LoadedModel get(String modelId, @Nullable Integer version) {
        ModelVersionId id = new ModelVersionId(modelId, version == null ? models.newestVersion(modelId) : version);
        if (models.isGone(id)) {
            remove(id);
        }
        LoadedModel model = cache.get(id);
        last = model;
        if (removed.getIfPresent(id) != null) {
            remove(id);
            throw ProblemException.notFound("version %d of model".formatted(id.version()), model.name());
        }
        useListener.accept(id);
        return model;
    }

    /** After the commit. */
    @TransactionalEventListener
    void remove(ModelRemoval.Removed version) {
        removed.put(version.id(), true);
        remove(version.id());
    }

    private void remove(ModelVersionId id) {
        cache.invalidate(id);
        LoadedModel known = last;
        if (known != null && known.id().equals(id)) {
            last = null;
        }
    }

    private LoadedModel load(ModelVersionId id) {
        LoadedModel known = last;
        if (known != null && known.id().equals(id)) {
            return known;
        }
        LoadedModel loaded = models.load(id);
        last = loaded;
        return loaded;
    }
}
