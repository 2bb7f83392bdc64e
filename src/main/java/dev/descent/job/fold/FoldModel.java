package dev.descent.job.fold;

import dev.descent.core.Name;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.store.StoredFormat;
import java.util.List;

/**
 * The model of a fold, kept for an ensemble.
 *
 * @param weights in the safetensors format
 */
public record FoldModel(Description description, long parameterCount, byte[] weights) {

    /**
     * Everything about it except its weights.
     *
     * @param network including its output layer
     */
    public record Description(
            @Name("encoders") List<ColumnEncoder> encoders,
            @Name("network") NetworkSpec network,
            @Name("target") TargetEncoder target) {

        static final StoredFormat FORMAT = new StoredFormat("model of a fold", 1);
    }
}
