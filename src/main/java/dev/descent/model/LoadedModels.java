package dev.descent.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The models used last, kept in memory up to a number of bytes. A version never changes, so an entry never grows old. */
@Component
class LoadedModels {

    /** In single precision: 256 MiB. */
    private static final long MAX_NUMBERS = 64L << 20;

    private final Models models;
    private final Map<ModelVersionId, LoadedModel> cache = new LinkedHashMap<>(16, 0.75f, true);
    private long numbers;

    LoadedModels(Models models) {
        this.models = models;
    }

    /** @param version null for the newest */
    LoadedModel get(String name, @Nullable Integer version) {
        int number = version == null ? models.newestVersion(name) : version;
        ModelVersionId id = new ModelVersionId(name, number);
        synchronized (cache) {
            LoadedModel known = cache.get(id);
            if (known != null) {
                return known;
            }
        }
        // Outside the lock: reading large weights must not hold up predictions of other models.
        LoadedModel loaded = models.load(name, number);
        synchronized (cache) {
            if (cache.put(id, loaded) == null) {
                numbers += size(loaded);
            }
            var eldest = cache.entrySet().iterator();
            while (numbers > MAX_NUMBERS && cache.size() > 1) {
                numbers -= size(eldest.next().getValue());
                // Its memory is freed once no prediction uses it any more: by the garbage collector.
                eldest.remove();
            }
        }
        return loaded;
    }

    private static long size(LoadedModel loaded) {
        return loaded.predictor().size();
    }
}
