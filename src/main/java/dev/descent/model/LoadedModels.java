package dev.descent.model;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The models in use, kept in memory up to a number of bytes. A version never changes, so an entry never grows old. The
 * memory of one that goes is freed by the garbage collector, once no prediction uses it any more.
 */
@Component
class LoadedModels {

    /** Of all together, but for the one used last. */
    private static final long MAX_BYTES = 256L << 20;

    private final Models models;
    private final LoadingCache<ModelVersionId, LoadedModel> cache;

    /** Stays, even where it alone is too large. */
    private volatile @Nullable LoadedModel last;

    LoadedModels(Models models) {
        this.models = models;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .weigher((ModelVersionId id, LoadedModel model) -> (int) Math.min(model.bytes(), Integer.MAX_VALUE))
                // At once, and not on some thread of the JVM's: memory is never more than is said here.
                .executor(Runnable::run)
                .build(this::load);
    }

    /**
     * Loads it where it is not in memory: once, however many ask for it at the same time.
     *
     * @param version null for the newest
     */
    LoadedModel get(String name, @Nullable Integer version) {
        LoadedModel model = cache.get(new ModelVersionId(name, version == null ? models.newestVersion(name) : version));
        last = model;
        return model;
    }

    private LoadedModel load(ModelVersionId id) {
        LoadedModel known = last;
        if (known != null && known.id().equals(id)) {
            return known;
        }
        LoadedModel loaded = models.load(id.modelName(), id.version());
        last = loaded;
        return loaded;
    }
}
