package dev.descent.model;

import dev.descent.core.Name;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.store.StoredFormat;
import java.util.List;

/**
 * Everything about a model except its weights: the encoding of raw columns as inputs, the network with its output
 * layer, and the decoding of outputs into predictions.
 */
record ModelDescription(
        @Name("encoders") List<ColumnEncoder> encoders,
        @Name("network") NetworkSpec network,
        @Name("target") TargetEncoder target) {

    /** Its stored form. */
    static final StoredFormat FORMAT = new StoredFormat("model", 1);
}
