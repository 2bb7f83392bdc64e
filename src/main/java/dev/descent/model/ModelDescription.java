package dev.descent.model;

import dev.descent.core.Name;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.store.StoredFormat;
import java.util.List;

/**
 * What stands beside the weights: the way from raw columns to inputs, the network with its output layer, and the way
 * from outputs to a prediction.
 */
record ModelDescription(
        @Name("encoders") List<ColumnEncoder> encoders,
        @Name("network") NetworkSpec network,
        @Name("target") TargetEncoder target) {

    /** How it is stored. */
    static final StoredFormat FORMAT = new StoredFormat("model", 1);
}
