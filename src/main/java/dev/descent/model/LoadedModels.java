package dev.descent.model;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The models in use, cached up to a total size in bytes. Versions are immutable, so entries never become stale. The
 * memory of an evicted model is freed by the garbage collector once no prediction uses it any more.
 */
@Component
class LoadedModels {

    /** The total size, not counting the most recently used one. */
    private static final long MAX_BYTES = 256L << 20;

    private final Models models;
    private final LoadingCache<ModelVersionId, LoadedModel> cache;

    /** Kept even if it is too large on its own. */
    private volatile @Nullable LoadedModel last;

    LoadedModels(Models models) {
        this.models = models;
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
     */
    LoadedModel get(String modelId, @Nullable Integer version) {
        LoadedModel model =
                cache.get(new ModelVersionId(modelId, version == null ? models.newestVersion(modelId) : version));
        last = model;
        return model;
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
